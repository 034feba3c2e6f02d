"""The chair's selection: what is proposed under the quotas, what it rests on, and what she decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.algorithms.selection import Result
from summitry.calls.actions.computing import compute_soon
from summitry.calls.actions.deciding import decide, decide_as_proposed, draw_lot
from summitry.calls.actions.selecting import adopt_selection, ask_selection
from summitry.calls.enums import CallState, Task, Verdict
from summitry.calls.forms.awards import DecisionForm
from summitry.calls.models import Call, Computation, Entry
from summitry.calls.queries.computations import OPEN
from summitry.calls.queries.selection import (
    Line,
    Proposal,
    candidates_of,
    is_masked,
    lines_of,
    newest_of,
    proposal_in_force,
    proposal_shown,
)
from summitry.calls.queries.selection_words import account_of
from summitry.calls.views.computations import register_computation_page
from summitry.calls.views.door import call_at_work
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import NotFound, StaleState, SummitryError
from summitry.foundation.jobs.pages import address_of

TAB = "selection"


def _link(computation: Computation) -> str:
    return reverse("calls:selection", args=[computation.call.edition.slug, computation.call.slug])


register_computation_page(Task.SELECTION, _link)


@page
def selection(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the candidates with what speaks for each, the proposal with its price, and take what the chair does."""
    shown, actor = call_at_work(request, edition, call, TAB, "approve")
    if request.method == "POST":
        try:
            return _done(request, shown, actor)
        except SummitryError as refusal:
            messages.error(request, _words(refusal))
            return redirect("calls:selection", edition, call)
    return render(request, "calls/console/selection.html", _context(shown, actor))


@page
def decision(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Decide about one candidate, with the reason where it is not as proposed."""
    shown, actor = call_at_work(request, edition, call, TAB, "decide")
    proposal = proposal_in_force(shown) or proposal_shown(shown)
    line = next((one for one in lines_of(shown, actor, proposal) if one.entry.number == number), None)
    if line is None:
        raise NotFound
    form = DecisionForm(request.POST or None, decision=line.decision)
    if form.is_valid():
        given = form.cleaned_data
        try:
            decide(line.entry, Verdict(given["verdict"]), by=actor, reason=given["reason"])
        except SummitryError as refusal:
            form.refuse(refusal)
        else:
            return redirect("calls:selection", edition, call)
    context = {"line": line, "proposal": proposal, "form": form}
    return render(request, "calls/console/decision.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, call: Call, actor: Actor) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "compute":
        progress = compute_soon(ask_selection(call, by=actor), by=actor)
        return redirect(address_of(progress))
    if act == "adopt":
        proposal = proposal_shown(call)
        if proposal is None or str(proposal.computation.number) != request.POST.get("number"):
            raise StaleState
        adopt_selection(proposal.computation, by=actor)
    elif act == "follow":
        made = decide_as_proposed(call, by=actor)
        words = ngettext("%(count)d entry was decided.", "%(count)d entries were decided.", len(made))
        messages.success(request, words % {"count": len(made)})
    elif act == "lot":
        _lot(request, call, actor)
    return redirect("calls:selection", call.edition.slug, call.slug)


def _lot(request: HttpRequest, call: Call, actor: Actor) -> None:
    numbers = [number_in(one) for one in request.POST.getlist("entry")]
    entries = dict(candidates_of(call).filter(number__in=numbers).values_list("pk", "number"))
    drawn = draw_lot(call, entries, number_in(request.POST.get("places")), by=actor)
    listed = ", ".join(str(entries[key]) for key in drawn)
    messages.success(request, _("Drawn by lot: %(numbers)s. The record keeps how.") % {"numbers": listed})


def _words(refusal: SummitryError) -> str:
    fields = getattr(refusal, "fields", None) or {}
    return " ".join(str(words) for found in fields.values() for words in found) or str(refusal)


def _context(call: Call, actor: Actor) -> dict[str, Any]:
    masked = is_masked(call, actor)
    proposal = None if masked else proposal_shown(call)
    newest = newest_of(call)
    lines = lines_of(call, actor, proposal)
    policy = policy_for(Call)
    return {
        "call": call,
        "lines": lines,
        "proposal": proposal,
        "account": account_of(call, proposal, lines) if proposal else None,
        "holds": proposal_in_force(call),
        "newest": newest,
        "is_open": newest is not None and newest.state in OPEN,
        "is_masked": masked,
        "may_decide": policy.may(actor, "decide", call) and call.state != CallState.ANNOUNCED and not masked,
        "undecided": sum(line.decision is None for line in lines),
        "ties": _ties(proposal, lines),
    }


def _ties(proposal: Proposal | None, lines: list[Line]) -> list[tuple[list[Entry], int]]:
    """Return the groups inside which the proposal is indifferent, with their places, as far as the reader sees all of one."""
    if proposal is None or not isinstance(proposal.answer, Result):
        return []
    entries = {line.entry.pk: line.entry for line in lines}
    return [
        ([entries[key] for key in tie.keys], tie.places)
        for tie in proposal.answer.ties
        if tie.open and all(key in entries for key in tie.keys)
    ]
