"""The console's pages of a live final: the stage manager's desk with its steps, and how the final is planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from summitry.calls.actions.advancing import decide_round
from summitry.calls.actions.counting import close_ballots, count_ballots, reopen_ballots
from summitry.calls.actions.final import draw_order, move_pitch, plan_final, renew_screen, update_final
from summitry.calls.actions.final_stage import (
    begin_clock,
    begin_questions,
    next_pitch,
    start_final,
    step_back,
    stop_clock,
    unveil_place,
    veil_place,
)
from summitry.calls.enums import FinalState, RoundState
from summitry.calls.forms.finals import FinalForm
from summitry.calls.models import Call, Final, Juror, Round
from summitry.calls.queries.final_links import screen_address, topic_of, vote_address
from summitry.calls.queries.finals import (
    final_of,
    is_masked,
    live_rounds,
    missing_jurors,
    places_in,
    podium_of,
    stage_of,
)
from summitry.calls.record.canonical import canonical
from summitry.calls.views.door import call_at_work
from summitry.directory.queries.names import display_names
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import NotFound, PermissionRefused, SummitryError

TAB = "final"
PART = "X-Part"
"""A request with this header gets the changing part of the page alone."""
ASKED = {"close": FinalState.RUNNING, "count": FinalState.COMMITTED}
"""Steps that cannot be taken back, each asked for once more on a page of its own."""
STEPS: dict[str, Callable[..., object]] = {
    "next": next_pitch,
    "back": step_back,
    "clock": begin_clock,
    "stop": stop_clock,
    "questions": begin_questions,
    "unveil": unveil_place,
    "veil": veil_place,
}
"""Steps that compare what the page showed."""
DEEDS: dict[str, Callable[..., object]] = {
    "start": start_final,
    "close": close_ballots,
    "reopen": reopen_ballots,
    "count": count_ballots,
    "draw": draw_order,
    "renew": renew_screen,
}


@page
def final(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the stage manager's desk; without a plan, lead to where it is made."""
    shown, actor = _entered(request, edition, call)
    found = final_of(shown, number_in(request.GET.get("round")))
    if found is None:
        return render(request, "calls/final/none.html", {"rounds": list(live_rounds(shown))})
    asked = request.GET.get("ask", "")
    if asked in ASKED and ASKED[asked] == found.state:
        return render(
            request, "calls/final/ask.html", {"final": found, "asked": asked, "stage": stage_of(found)}
        )
    if PART in request.headers:
        return _part(request, _context(found, actor), None)
    context = _context(found, actor) | {"topic": topic_of(found.pk)}
    return render(request, "calls/final/desk.html", context)


@page
@require_POST
def step(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Take a step: `step`, the round's number, the `revision` that the page showed."""
    shown, actor = _entered(request, edition, call)
    found = final_of(shown, number_in(request.POST.get("round")))
    if found is None:
        raise NotFound
    refusal: SummitryError | None = None
    try:
        _take(request, found, actor)
    except PermissionRefused:
        raise
    except SummitryError as error:
        refusal = error
    if PART in request.headers:
        fresh = final_of(shown, found.round.number) or found
        return _part(request, _context(fresh, actor), refusal)
    if refusal is not None:
        messages.warning(request, str(refusal))
    return redirect(_address(shown, found))


@page
def plan(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show and change how a final is held; plan the one of a live round."""
    shown, actor = _entered(request, edition, call)
    number = number_in(request.GET.get("round"))
    record = final_of(shown, number)
    if record is None:
        round_ = live_rounds(shown).filter(number=number).first() if number else live_rounds(shown).last()
        if round_ is None:
            raise NotFound
        round_.call = shown
        record = Final(round=round_)
    form = FinalForm(request.POST or None, record=record, edition=shown.edition)
    if form.is_bound and form.save(_writer(record, form, actor)) is not None:
        messages.success(request, _("The final is saved."))
        return redirect(_address(shown, record))
    context = {"form": form, "final": record, "screen": screen_address(record) if record.pk else ""}
    return render(request, "calls/final/plan.html", context, status=422 if form.errors else 200)


@page
def tally(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Send what was counted and what came of it, as a file from which anybody can count again."""
    shown, actor = _entered(request, edition, call)
    found = final_of(shown, number_in(request.GET.get("round")))
    if found is None or not found.tally or is_masked(found, actor):
        raise NotFound
    name = f"tally-{shown.slug}-{found.round.number}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(canonical(found.tally), content_type="application/json", headers=headers)


def _entered(request: HttpRequest, edition: str, call: str) -> tuple[Call, Actor]:
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "edit", Final(round=Round(call=shown)))
    return shown, actor


def _writer(record: Final, form: FinalForm, actor: Actor) -> Callable[..., Final]:
    def write(**changes: Any) -> Final:
        if record.pk:
            return update_final(record, by=actor, **changes)
        given = {name: form.cleaned_data[name] for name in form.record_fields}
        return plan_final(record.round, by=actor, **given)

    return write


def _take(request: HttpRequest, found: Final, actor: Actor) -> None:
    what = request.POST.get("step", "")
    if what in STEPS:
        revision = number_in(request.POST.get("revision")) if "revision" in request.POST else None
        STEPS[what](found, by=actor, revision=revision)
    elif what in DEEDS:
        DEEDS[what](found, by=actor)
    elif what in {"earlier", "later"}:
        steps = 1 if what == "later" else -1
        move_pitch(found, number_in(request.POST.get("entry")), steps, by=actor)
    elif what == "decide":
        decide_round(Round.objects.select_related("call__edition").get(pk=found.round_id), by=actor)
    else:
        raise NotFound


def _part(request: HttpRequest, context: dict[str, Any], refusal: SummitryError | None) -> HttpResponse:
    context["refusal"] = str(refusal) if refusal is not None else ""
    body = render_to_string("calls/final/desk_body.html", context, request)
    return HttpResponse(body, status=refusal.status if refusal is not None else 200)


def _context(found: Final, actor: Actor) -> dict[str, Any]:
    call = found.round.call
    context: dict[str, Any] = {"final": found, "stage": stage_of(found), "masked": is_masked(found, actor)}
    if found.state == FinalState.PLANNED:
        context["may_start"] = policy_for(Round).may(actor, "edit", found.round)
    if found.state == FinalState.COMMITTED:
        context["missing"] = _names(call, list(missing_jurors(found)))
    if found.state == FinalState.REVEALED:
        rows = Juror.objects.filter(pk__in=found.tally["missing"]).select_related("person").order_by("pk")
        context["missing"] = _names(call, list(rows))
        context["places"] = [] if context["masked"] else places_in(found)
        context["podium"] = podium_of(found)
        state = Round.objects.values_list("state", flat=True).get(pk=found.round_id)
        may = policy_for(Call).may(actor, "decide", call) and not context["masked"]
        context["may_decide"] = may and state == RoundState.CLOSED
    context["screen_url"] = screen_address(found)
    context["ballot_url"] = reverse("calls:final_ballot", args=[call.edition.slug, call.slug])
    context["vote_url"] = vote_address(found) if found.public_share else ""
    return context


def _names(call: Call, jurors: list[Juror]) -> list[Any]:
    names = display_names(
        [juror.person_id for juror in jurors], get_language() or "en", call.edition.fallback
    )
    return [names[juror.person_id] for juror in jurors]


def _address(call: Call, found: Final) -> str:
    address = reverse("calls:final", args=[call.edition.slug, call.slug])
    return f"{address}?round={found.round.number}"
