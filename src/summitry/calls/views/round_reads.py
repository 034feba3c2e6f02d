"""Who reads what in a round: proposed by the program and approved, and changed by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.advancing import spread_reads
from summitry.calls.actions.assigning import (
    ASSIGNING,
    OPEN_FOR_READS,
    approve_assignment,
    discard_proposal,
    propose_assignment,
)
from summitry.calls.actions.assigning_by_hand import give_entry, set_reads, take_back
from summitry.calls.enums import ComputationState, Task
from summitry.calls.models import Assignment, Computation, Juror, Round, Standing
from summitry.calls.queries.computations import in_force, latest
from summitry.calls.queries.proposal import proposal_shown
from summitry.calls.queries.readers import free_jurors, juror_entries, readers_page
from summitry.calls.queries.shortage import explained
from summitry.calls.views.round_door import address, round_at_work
from summitry.directory.queries.names import display_name, display_names
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for, visible
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.jobs.pages import ProgressPage, address_of, register_page
from summitry.foundation.models import Progress

ANSWERED = frozenset({ComputationState.PROPOSED, ComputationState.IN_FORCE})


@page
def assignment(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show the proposal that waits, or what is in force, or why there is none; compute, approve, put aside."""
    shown, actor = round_at_work(request, edition, call, number, "round_assignment")
    if request.method == "POST":
        return _acted(request, shown, actor)
    newest = latest(shown.call, Task.ASSIGNMENT, shown)
    holds = in_force(shown.call, Task.ASSIGNMENT, shown)
    current = newest if newest is not None and newest.state in ANSWERED else holds
    proposal = proposal_shown(current, shown, actor) if current else None
    loads = proposal.loads if proposal else []
    people = [load.juror.person_id for load in loads]
    names = display_names(people, get_language() or "en", shown.call.edition.fallback) if people else {}
    context = {
        "newest": newest,
        "holds": holds,
        "proposal": proposal,
        "loads": [(load, names[load.juror.person_id]) for load in loads],
        "before": holds.summary if holds and current and holds.pk != current.pk else None,
        "shortage": explained(newest, shown, actor)
        if newest and newest.state == ComputationState.SHORT
        else None,
        "may_approve": policy_for(Computation).may(actor, "approve", Computation(call=shown.call)),
        "is_open": shown.state in OPEN_FOR_READS,
    }
    return render(request, "calls/rounds/assignment.html", context)


def _acted(request: HttpRequest, round_: Round, actor: Actor) -> HttpResponse:
    """Do what a button of the page says."""
    deed = request.POST.get("act", "")
    try:
        if deed == "propose":
            return redirect(address_of(propose_assignment(round_, by=actor)))
        if deed in {"equal", "adaptive"}:
            total = spread_reads(round_, adaptive=deed == "adaptive", by=actor)
            messages.success(request, _("The reads are spread: %(total)d in all.") % {"total": total})
            return redirect(request.path)
        rows = Computation.objects.filter(
            round=round_, task=Task.ASSIGNMENT, number=number_in(request.POST.get("number"))
        )
        computation = rows.select_related("call__edition", "round").first()
        if computation is None:
            raise NotFound
        if deed == "approve":
            approve_assignment(computation, by=actor)
            messages.success(request, _("The assignment is in force."))
        elif deed == "discard":
            discard_proposal(computation, by=actor)
            messages.success(request, _("The proposal is put aside. What was in force still is."))
    except SummitryError as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
    return redirect(request.path)


@page
def reads(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show the entries of a round with their readers; give one to a juror by hand, or take it back."""
    shown, actor = round_at_work(request, edition, call, number, "round_reads")
    if request.method == "POST":
        return _by_hand(request, shown, actor)
    lang = get_language() or "en"
    entry, only_short = number_in(request.GET.get("entry")), request.GET.get("short") == "yes"
    found = readers_page(
        shown, actor, lang, number=number_in(request.GET.get("page")) or 1, entry=entry, only_short=only_short
    )
    may = policy_for(Assignment).may(actor, "edit", Assignment(round=shown, entry_id=0))
    context = {
        "page": found,
        "entry": entry,
        "only_short": only_short,
        "may_edit": may and shown.state in OPEN_FOR_READS,
        "jurors": free_jurors(shown, lang) if may else [],
    }
    return render(request, "calls/rounds/reads.html", context)


def _by_hand(request: HttpRequest, round_: Round, actor: Actor) -> HttpResponse:
    standing = visible_standing(round_, actor, number_in(request.POST.get("entry")))
    if "reads" in request.POST:
        return _reads_set(request, standing, actor)
    entry = standing.entry
    juror = Juror.objects.filter(call=round_.call, pk=number_in(request.POST.get("juror"))).first()
    if juror is None:
        messages.error(request, _("Choose a juror."))
        return redirect(request.get_full_path())
    try:
        if "take" in request.POST:
            row = Assignment.objects.filter(round=round_, entry=entry, juror=juror).first()
            if row is None:
                raise NotFound
            row.round = round_
            take_back(row, by=actor)
            messages.success(request, _("The entry is taken back from her."))
        else:
            give_entry(round_, entry, juror, by=actor)
            messages.success(request, _("The entry is given to her."))
    except SummitryError as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, str(refusal))
    return redirect(request.get_full_path())


@page
def juror(request: HttpRequest, edition: str, call: str, number: int, juror: int) -> HttpResponse:
    """Show what one juror has in a round, and what she is ready to read."""
    shown, actor = round_at_work(request, edition, call, number, "round_reads")
    row = (
        Juror.objects.filter(call=shown.call, pk=juror)
        .select_related("person", "panel", "organisation", "entity")
        .first()
    )
    if row is None or not policy_for(Juror).may(actor, "view", row):
        raise NotFound
    context = {
        "juror": row,
        "name": display_name(row.person, get_language() or "en", shown.call.edition.fallback),
        "rows": juror_entries(shown, row, actor),
    }
    return render(request, "calls/rounds/juror.html", context)


def _reads_set(request: HttpRequest, standing: Standing, actor: Actor) -> HttpResponse:
    text = request.POST["reads"].strip()
    try:
        set_reads(standing, number_in(text) if text.isdecimal() else -1, by=actor)
        messages.success(request, _("The number of its readers is set."))
    except InvalidInput as refusal:
        messages.error(request, " ".join(refusal.fields["reads"]))
    except SummitryError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
    return redirect(request.get_full_path())


def visible_standing(round_: Round, actor: Actor, number: int) -> Standing:
    """Return an entry in a round by its number. Raises NotFound where there is none, or the reader may not know of it."""
    rows = visible(actor, round_.standings.filter(entry__number=number)).select_related("entry")
    standing = rows.first()
    if standing is None:
        raise NotFound
    standing.round = round_
    return standing


def _after(progress: Progress) -> str:
    return address(_round_of(progress), "round_assignment")


def _frame(request: HttpRequest, progress: Progress) -> None:
    request.edition = _round_of(progress).call.edition  # type: ignore[attr-defined]  # read by the frame
    request.nav_current = "calls"  # type: ignore[attr-defined]  # read by the frame


def _round_of(progress: Progress) -> Round:
    return Round.objects.select_related("call__edition").get(pk=progress.details["round"])


register_page(ASSIGNING, ProgressPage(after=_after, back=_after, frame=_frame))
