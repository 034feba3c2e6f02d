"""The console's pages of what belongs to a call: its areas, its form, its awards and its quotas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.calls.actions.area import create_area, order_areas, remove_area, update_area
from summitry.calls.actions.award import create_award, order_awards, remove_award, update_award
from summitry.calls.actions.question import (
    create_question,
    order_questions,
    remove_question,
    update_question,
)
from summitry.calls.actions.quota import create_quota, remove_quota, update_quota
from summitry.calls.forms.inquiries import QuotaForm
from summitry.calls.forms.setup import AreaForm, AwardForm, CallPartForm, QuestionForm
from summitry.calls.models import Area, Award, Call, Question, Quota
from summitry.calls.queries.part_lines import lines_of
from summitry.calls.queries.set_up_tabs import set_up_tabs
from summitry.calls.views.door import call_at_work
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import NotFound, SummitryError

TAB = "setup"


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of rows that belong to a call: its form, and what adds, changes, removes and orders one."""

    code: str
    model: type[Any]
    form: type[CallPartForm[Any]]
    add: Callable[..., Any]
    change: Callable[..., Any]
    remove: Callable[..., None]
    order: Callable[..., None] | None = None
    key: str = "slug"


PARTS = {
    part.code: part
    for part in (
        Part("areas", Area, AreaForm, create_area, update_area, remove_area, order_areas),
        Part(
            "form", Question, QuestionForm, create_question, update_question, remove_question, order_questions
        ),
        Part("awards", Award, AwardForm, create_award, update_award, remove_award, order_awards),
        Part("quotas", Quota, QuotaForm, create_quota, update_quota, remove_quota, key="pk"),
    )
}


@page
def rows(request: HttpRequest, edition: str, call: str, part: str) -> HttpResponse:
    """Show the rows of one part of a call's set-up, and move one of them up or down."""
    kind = PARTS[part]
    found, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", kind.model(call=found))
    may_edit = policy_for(kind.model).may(actor, "edit", kind.model(call=found))
    if request.method == "POST" and kind.order is not None:
        return _moved(request, found, actor, kind)
    context = {
        "part": part,
        "lines": lines_of(found, part),
        "may_edit": may_edit,
        "has_order": kind.order is not None,
        "set_up": set_up_tabs(found, actor, part),
    }
    return render(request, f"calls/setup/{part}.html", context)


@page
def row(request: HttpRequest, edition: str, call: str, part: str, key: str = "") -> HttpResponse:
    """Show one row of a part, or a new one; save or remove it."""
    kind = PARTS[part]
    found, actor = call_at_work(request, edition, call, TAB)
    record = _found(kind, found, key) if key else kind.model(call=found)
    require(actor, "view" if key and request.method != "POST" else "edit", record)
    if key and "remove" in request.POST:
        return _removed(request, found, actor, kind, record)
    form = kind.form(request.POST or None, record=record, call=found)
    if form.is_bound and form.save(lambda **values: _written(kind, found, actor, record, form, values)):
        messages.success(request, _("Saved."))
        return redirect(f"calls:{part}", found.edition.slug, found.slug)
    return _page(request, actor, found, kind, record, form, 422 if form.errors else 200)


def _page(
    request: HttpRequest,
    actor: Actor,
    call: Call,
    kind: Part,
    record: Any,
    form: CallPartForm[Any] | None,
    status: int,
    refused: str = "",
) -> HttpResponse:
    context = {
        "part": kind.code,
        "row": record,
        "is_new": record.pk is None,
        "form": form if form is not None else kind.form(record=record, call=call),
        "may_edit": policy_for(kind.model).may(actor, "edit", record),
        "set_up": set_up_tabs(call, actor, kind.code),
        "refused": refused,
    }
    return render(request, "calls/setup/record.html", context, status=status)


def _written(
    kind: Part, call: Call, actor: Actor, record: Any, form: CallPartForm[Any], values: dict[str, Any]
) -> Any:
    if isinstance(form, QuotaForm):
        facts = form.facts
        values = facts if record.pk is None else {n: v for n, v in facts.items() if getattr(record, n) != v}
    if record.pk is not None:
        return kind.change(record, by=actor, **values)
    if kind.model is Question:
        values.setdefault("kind", form.cleaned_data["kind"])
    return kind.add(call, by=actor, **values)


def _removed(request: HttpRequest, call: Call, actor: Actor, kind: Part, record: Any) -> HttpResponse:
    try:
        kind.remove(record, by=actor)
    except SummitryError as refusal:
        return _page(request, actor, call, kind, record, None, refusal.status, str(refusal))
    messages.success(request, _("Removed."))
    return redirect(f"calls:{kind.code}", call.edition.slug, call.slug)


def _moved(request: HttpRequest, call: Call, actor: Actor, kind: Part) -> HttpResponse:
    slugs = list(kind.model.objects.filter(call=call).values_list("slug", flat=True))
    slug = request.POST.get("up") or request.POST.get("down") or ""
    if slug in slugs and kind.order is not None:
        place = slugs.index(slug)
        slugs.insert(max(0, place - 1) if "up" in request.POST else place + 1, slugs.pop(place))
        kind.order(call, slugs, by=actor)
    return redirect(f"calls:{kind.code}", call.edition.slug, call.slug)


def _found(kind: Part, call: Call, key: str) -> Any:
    wanted = {"pk": number_in(key)} if kind.key == "pk" else {"slug": key}
    record = kind.model.objects.filter(call=call, **wanted).first()
    if record is None:
        raise NotFound
    record.call = call
    return record
