"""What the reviews of a round say: entries by their chance, and, for who decides, how single jurors mark."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.calibrating import (
    CAN_BE_CALIBRATED,
    approve_calibration,
    calibrate_soon,
    discard_calibration,
)
from summitry.calls.enums import ComputationState, Task
from summitry.calls.models import Computation, Round
from summitry.calls.queries.calibration import entries_by_id, may_screen, screened, shown_calibration
from summitry.calls.queries.computations import in_force, latest
from summitry.calls.views.computations import register_computation_page
from summitry.calls.views.round_door import address, round_at_work
from summitry.directory.queries.names import display_names
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import NotFound, PermissionRefused, SummitryError
from summitry.foundation.jobs.pages import address_of

PAGE = 60
ANSWERED = frozenset({ComputationState.PROPOSED, ComputationState.IN_FORCE})


@page
def calibration(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show the newest calibration of a round; compute one, bring it into force, put it aside."""
    shown, actor = round_at_work(request, edition, call, number, "round_calibration")
    if request.method == "POST":
        return _acted(request, shown, actor)
    newest, holds = _computations(shown)
    current = newest if newest is not None and newest.state in ANSWERED else holds
    view = shown_calibration(current, actor) if current else None
    only = request.GET.get("show") == "contested"
    rows = (view.contested if only else view.rows) if view else []
    last = max(1, -(-len(rows) // PAGE))
    place = min(max(number_in(request.GET.get("page")) or 1, 1), last)
    here = rows[(place - 1) * PAGE : place * PAGE]
    entries = entries_by_id([row.entry_id for row in here])
    context = {
        "newest": newest,
        "holds": holds,
        "view": view,
        "rows": [(row, entries[row.entry_id]) for row in here],
        "which": only,
        "place": place,
        "last": last,
        "may_screen": current is not None and may_screen(actor, current),
        "may_approve": policy_for(Computation).may(actor, "approve", Computation(call=shown.call)),
        "can_compute": shown.state in CAN_BE_CALIBRATED,
    }
    return render(request, "calls/rounds/calibration.html", context)


def _acted(request: HttpRequest, round_: Round, actor: Actor) -> HttpResponse:
    deed = request.POST.get("act", "")
    try:
        if deed == "compute":
            return redirect(address_of(calibrate_soon(round_, by=actor)))
        rows = Computation.objects.filter(
            round=round_, task=Task.CALIBRATION, number=number_in(request.POST.get("number"))
        )
        computation = rows.select_related("call__edition", "round").first()
        if computation is None:
            raise NotFound
        if deed == "approve":
            approve_calibration(computation, by=actor)
            messages.success(request, _("The calibration is in force: the round is decided by it."))
        elif deed == "discard":
            discard_calibration(computation, by=actor)
            messages.success(request, _("It is put aside."))
    except SummitryError as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
    return redirect(request.path)


@page
def screening(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show how single jurors mark, and which are conspicuous, to whoever decides and is barred from no entry."""
    shown, actor = round_at_work(request, edition, call, number, "round_calibration")
    newest, holds = _computations(shown)
    current = newest if newest is not None and newest.state in ANSWERED else holds
    if current is None:
        raise NotFound
    if not may_screen(actor, current):
        raise PermissionRefused
    jurors, pairs = screened(current, actor)
    people = {row.juror.person_id for row in jurors}
    people |= {juror.person_id for pair in pairs for juror in (pair.first, pair.second)}
    names = display_names(people, get_language() or "en", shown.call.edition.fallback)
    context = {
        "jurors": [(row, names[row.juror.person_id]) for row in jurors],
        "pairs": [(pair, names[pair.first.person_id], names[pair.second.person_id]) for pair in pairs],
    }
    return render(request, "calls/rounds/screening.html", context)


def _computations(round_: Round) -> tuple[Computation | None, Computation | None]:
    found = (latest(round_.call, Task.CALIBRATION, round_), in_force(round_.call, Task.CALIBRATION, round_))
    for each in found:
        if each is not None:
            each.call = round_.call
    return found


def _link(computation: Computation) -> str:
    round_ = computation.round
    if round_ is None:
        raise NotFound
    round_.call = computation.call
    return address(round_, "round_calibration")


register_computation_page(Task.CALIBRATION, _link)
