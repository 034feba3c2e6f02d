"""What juries give to other rooms: whom letters can be written to, and what is kept of a guest who is a juror."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from summitry.calls.enums import JurorState
from summitry.calls.models import Call, Juror
from summitry.calls.permissions import OFFICE
from summitry.calls.queries.conflict_lines import own_conflicts
from summitry.calls.queries.jurors import own_address
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, policy_for, within
from summitry.guests.models import Guest
from summitry.guests.queries.holdings import Held
from summitry.mailing.audiences import Audience, Filter, Placeholder, Question, Recipient
from summitry.mailing.notices import person_recipient

WRITTEN = frozenset({JurorState.INVITED, JurorState.ACCEPTED})
"""Who knows that she is asked: nobody learns by a letter to all that she was proposed."""


def find(question: Question) -> Iterable[Recipient]:
    """Return the jurors of an edition's calls on whom the asker works."""
    rows = within(question.actor, Juror.objects.filter(call__edition=question.edition, state__in=WRITTEN))
    calls, states = question.among("call"), question.among("state")
    if calls is not None:
        rows = rows.filter(call__slug__in=calls)
    if states is not None:
        rows = rows.filter(state__in=states)
    for juror in rows.select_related("person__account", "call__edition").order_by("pk"):
        yield person_recipient(
            juror.person,
            reason=juror.call.name,
            context={"call": juror.call.name, "page": own_address(juror.call)},
        )


def _calls(question: Question) -> Sequence[tuple[str, str]]:
    lang, chain = get_language() or "en", question.edition.fallback
    rows = within(question.actor, Call.objects.filter(edition=question.edition))
    return [(call.slug, call.name.shown(lang, chain).text) for call in rows]


def _may_write(actor: Actor, edition: Edition) -> bool:
    if policy_for(Call).may(actor, "edit", Call(edition=edition)):
        return True
    ids = actor.scope_ids("call", OFFICE)
    return bool(ids) and Call.objects.filter(edition=edition, pk__in=ids).exists()


JURORS = Audience(
    key="jurors",
    label=_("Jurors"),
    summary=_("Whoever was invited to a jury, or sits on one."),
    filters=(
        Filter("call", _("Call"), _calls),
        Filter(
            "state",
            _("How far they are"),
            lambda _question: [(state, state.label) for state in JurorState if state in WRITTEN],
        ),
    ),
    find=find,
    placeholders=(
        Placeholder("call", _("The call’s name")),
        Placeholder("page", _("The address of the juror’s own page")),
    ),
    open_to=_may_write,
    is_personal=True,
)


def juries(guest: Guest) -> Sequence[Mapping[str, Any]]:
    """Return on which juries a guest sits, what she said of herself, and how many conflicts she declared."""
    rows = Juror.objects.filter(call__edition=guest.edition_id, person=guest.person_id).select_related("call")
    return [
        {
            "call": row.call.name,
            "state": row.get_state_display(),
            "words": row.words,
            "declared": own_conflicts(row.pk).count(),
        }
        for row in rows
    ]


HOLDINGS = (
    Held(
        "juries",
        _("Juries on which you sit"),
        _("So that entries are read by who knows the subject, and by nobody in conflict."),
        juries,
        {
            "call": _("Call"),
            "state": _("State"),
            "words": _("Field of work"),
            "declared": _("Conflicts that you declared"),
        },
    ),
)
