"""The texts of calls that the translation workbench offers: calls, areas, questions, awards, and answers in public.

Rules are not among them: a published version is never changed, in no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.calls.actions.translating import translate_set_up
from summitry.calls.enums import CallState
from summitry.calls.models import Area, Award, Call, Inquiry, Question
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.translation.sources import SAVED, Rewritten, Source, TextField, register_source


def register() -> None:
    """Offer them."""
    for source in (CALLS, AREAS, QUESTIONS, AWARDS, ANSWERS):
        register_source(source)


def _write(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    translate_set_up(edition, [(one.row, one.texts) for one in changes], by=by, audit=SAVED)


def _calls(edition: Edition) -> QuerySet[Call]:
    return Call.objects.filter(edition=edition).exclude(state=CallState.CANCELLED)


def _of_calls(model: Any) -> Any:
    def rows(edition: Edition) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(call__in=_calls(edition)).select_related("call")
        return found.order_by("call__closes_at", "call_id", *model._meta.ordering)

    return rows


def _answers(edition: Edition) -> QuerySet[Inquiry]:
    rows: QuerySet[Inquiry] = _of_calls(Inquiry)(edition)
    return rows.filter(is_public=True)


CALLS = Source(
    key="calls.call",
    model=Call,
    label=pgettext_lazy("translation", "Call"),
    plural=_("Calls"),
    fields=(
        TextField("name", _("Name")),
        TextField("summary", _("In one or two sentences")),
        TextField("description", _("Description"), is_prose=True),
    ),
    rows=_calls,
    name=lambda call: call.name,
    write=_write,
    order=60,
)
AREAS = Source(
    key="calls.area",
    model=Area,
    label=_("Area of a call"),
    plural=_("Areas of calls"),
    fields=(TextField("name", _("Name")), TextField("description", _("What belongs to it"))),
    rows=_of_calls(Area),
    name=lambda area: area.name,
    within=lambda area: area.call.name,
    write=_write,
    order=61,
)
QUESTIONS = Source(
    key="calls.question",
    model=Question,
    label=_("Question of an entry form"),
    plural=_("Questions of entry forms"),
    fields=(TextField("label", _("Question")), TextField("hint", _("Hint"))),
    rows=_of_calls(Question),
    name=lambda question: question.label,
    within=lambda question: question.call.name,
    write=_write,
    order=62,
)
AWARDS = Source(
    key="calls.award",
    model=Award,
    label=_("Award"),
    plural=_("Awards"),
    fields=(TextField("name", _("Name")), TextField("prize", _("What comes with it"))),
    rows=_of_calls(Award),
    name=lambda award: award.name,
    within=lambda award: award.call.name,
    write=_write,
    order=63,
)
ANSWERS = Source(
    key="calls.inquiry",
    model=Inquiry,
    label=_("Question about a call"),
    plural=_("Questions about calls"),
    fields=(TextField("asked", _("Question")), TextField("answer", _("Answer"), is_prose=True)),
    rows=_answers,
    name=lambda inquiry: inquiry.asked,
    within=lambda inquiry: inquiry.call.name,
    write=_write,
    order=64,
)
