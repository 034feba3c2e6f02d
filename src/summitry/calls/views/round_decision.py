"""Deciding a round: who goes on by the calibration in force, and what the chair decides otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.calls.actions.advancing import decide_round, reopen_decision, set_stand
from summitry.calls.enums import RoundState, Stand
from summitry.calls.forms.rounds import StandForm
from summitry.calls.models import Standing
from summitry.calls.queries.advancing import Proposed, has_grounds, is_masked_in, proposal_for
from summitry.calls.queries.calibration import entries_by_id
from summitry.calls.queries.rounds import next_of, places_of
from summitry.calls.views.round_door import address, round_at_work
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import policy_for, require, visible
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError

PAGE = 60


@page
def decision(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show who would go on, or went on, from a round; decide it, or open the decision again."""
    shown, actor = round_at_work(request, edition, call, number, "round_decision")
    if request.method == "POST":
        try:
            if "decide" in request.POST:
                decide_round(shown, by=actor)
                messages.success(request, _("The round is decided. Entrants are not told by it."))
            elif "reopen" in request.POST:
                reopen_decision(shown, by=actor)
                messages.success(request, _("The decision is open again."))
        except SummitryError as refusal:
            if refusal.status == 403:
                raise
            messages.error(request, str(refusal))
        return redirect(request.path)
    rows = proposal_for(shown, actor)
    only = request.GET.get("show", "")
    chosen = [row for row in rows if _is_shown(row, only)]
    last = max(1, -(-len(chosen) // PAGE))
    place = min(max(number_in(request.GET.get("page")) or 1, 1), last)
    rows_here = chosen[(place - 1) * PAGE : place * PAGE]
    entries = entries_by_id([row.standing.entry_id for row in rows_here])
    context = {
        "rows": [(row, entries[row.standing.entry_id]) for row in rows_here],
        "counts": [
            (stand, sum(row.stand == stand for row in rows))
            for stand in (Stand.ADVANCED, Stand.RESERVE, Stand.OUT)
        ],
        "contested": sum(row.is_contested for row in rows),
        "set": sum(row.is_set for row in rows),
        "which": only,
        "place": place,
        "last": last,
        "places": places_of(shown),
        "following": next_of(shown),
        "has_grounds": has_grounds(shown),
        "is_masked": is_masked_in(shown, actor),
        "may_decide": policy_for(type(shown.call)).may(actor, "decide", shown.call),
        "is_decided": shown.state == RoundState.DECIDED,
        "is_closed": shown.state == RoundState.CLOSED,
    }
    return render(request, "calls/rounds/decision.html", context)


@page
def one(request: HttpRequest, edition: str, call: str, number: int, entry: int) -> HttpResponse:
    """Decide about one entry otherwise than the proposal, with a reason."""
    shown, actor = round_at_work(request, edition, call, number, "round_decision")
    rows = visible(actor, Standing.objects.filter(round=shown, entry__number=entry))
    standing = rows.select_related("entry__area").first()
    if standing is None:
        raise NotFound
    standing.round = shown
    require(actor, "decide", standing)
    form = StandForm(request.POST or None, initial={"stand": standing.stand, "reason": standing.reason})
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data
            set_stand(standing, Stand(data["stand"]), by=actor, reason=data["reason"])
        except InvalidInput as refusal:
            for field, said in refusal.fields.items():
                form.add_error(field, said)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This is set; the rest follows when the round is decided."))
            return redirect(address(shown, "round_decision"))
    proposed = next((row for row in proposal_for(shown, actor) if row.standing.pk == standing.pk), None)
    context = {"form": form, "standing": standing, "proposed": proposed}
    return render(request, "calls/rounds/stand.html", context, status=422 if form.errors else 200)


def _is_shown(row: Proposed, only: str) -> bool:
    if only == "contested":
        return row.is_contested
    return row.is_set if only == "set" else True
