"""A juror's ballot in a live final, on her phone: marked there, committed by its digest, revealed when ballots are closed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.calls.actions.ballot import commit_ballot, commit_for, reveal_ballot
from summitry.calls.enums import BallotKind, FinalState
from summitry.calls.forms.finals import PlainBallotForm, mark_name, place_name
from summitry.calls.models import Ballot, Call, Criterion, Final, Juror, Pitch
from summitry.calls.queries.final_links import topic_of
from summitry.calls.queries.finals import Stage, final_of, judged_by, stage_of, voter_of
from summitry.calls.record.ballots import content_of_pairs, content_of_scores
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor
from summitry.foundation.errors import NotFound, PermissionRefused, SummitryError
from summitry.foundation.web.actor import actor_of

NAV = "my-reviews"
MOST_BUTTONS = 11
"""Scales with more marks are a box for a number."""


@page
def ballot(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show a juror's ballot; commit it, or reveal it. A page that asks for JSON is told how the final stands."""
    final, juror, actor = _entered(request, edition, call)
    if request.method == "POST":
        return _posted(request, final, juror, actor)
    if _wants_json(request):
        return JsonResponse(_state(stage_of(final), _own(final, juror)))
    return _page(request, final, juror)


def _entered(request: HttpRequest, edition: str, slug: str) -> tuple[Final, Juror, Actor]:
    shown, actor = edition_of(request, edition, nav=NAV), actor_of(request)
    call = Call.objects.filter(edition=shown, slug=slug).first()
    if call is None:
        raise NotFound
    call.edition = shown
    final = final_of(call, number_in(request.GET.get("round")))
    juror = voter_of(final, actor) if final is not None else None
    if final is None or juror is None:
        raise PermissionRefused
    return final, juror, actor


def _posted(request: HttpRequest, final: Final, juror: Juror, actor: Actor) -> HttpResponse:
    what = request.POST.get("do", "")
    if what not in {"commit", "reveal", "plain"}:
        raise NotFound
    if what == "plain":
        return _plainly(request, final, juror, actor)
    refusal: SummitryError | None = None
    try:
        if what == "commit":
            commit_ballot(final, request.POST.get("commitment", ""), by=actor)
        else:
            reveal_ballot(final, request.POST.get("opening", ""), by=actor)
    except PermissionRefused:
        raise
    except SummitryError as error:
        refusal = error
    if _wants_json(request):
        state = _state(stage_of(_fresh(final)), _own(final, juror))
        state |= {"code": refusal.code, "detail": str(refusal)} if refusal else {}
        return JsonResponse(state, status=refusal.status if refusal else HTTPStatus.OK)
    if refusal is not None:
        return _page(
            request,
            final,
            juror,
            refused=str(refusal),
            pasted=request.POST.get("opening", ""),
            status=refusal.status,
        )
    messages.success(request, _("Your ballot is revealed."))
    return redirect(request.get_full_path())


def _plainly(request: HttpRequest, final: Final, juror: Juror, actor: Actor) -> HttpResponse:
    form = _form(request.POST, final, judged_by(final, juror))
    if not form.is_valid():
        return _page(request, final, juror, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if final.ballot == BallotKind.PAIRS:
        content = content_of_pairs(final.pk, juror.pk, form.pairs)
    else:
        content = content_of_scores(final.pk, juror.pk, form.marks)
    try:
        _ballot, opening = commit_for(final, content, by=actor)
    except PermissionRefused:
        raise
    except SummitryError as refusal:
        return _page(request, final, juror, form=form, refused=str(refusal), status=refusal.status)
    return _page(request, final, juror, opening=opening)


def _page(
    request: HttpRequest, final: Final, juror: Juror, *, status: int = 200, **more: Any
) -> HttpResponse:
    pitches = judged_by(final, juror)
    stage, own = stage_of(_fresh(final)), _own(final, juror)
    form = more.pop("form", None) or _form(None, final, pitches)
    context = {
        "call": final.round.call,
        "final": stage.final,
        "stage": stage,
        "juror": juror,
        "own": own,
        "sheets": _sheets(form, final, pitches),
        "form": form,
        "judges_stage": stage.on_stage is None
        or stage.on_stage.entry_id in {one.entry_id for one in pitches},
        "topic": topic_of(final.pk),
        "state": _state(stage, own),
        **more,
    }
    return render(request, "calls/final/ballot.html", context, status=status)


def _form(data: Any, final: Final, pitches: list[Pitch]) -> PlainBallotForm:
    criteria = list(Criterion.objects.filter(round=final.round_id))
    return PlainBallotForm(data, kind=str(final.ballot), pitches=pitches, criteria=criteria)


def _sheets(form: PlainBallotForm, final: Final, pitches: list[Pitch]) -> list[dict[str, Any]]:
    """Return the pitches with their fields: for each criterion its marks as buttons, or a box."""
    if final.ballot == BallotKind.PAIRS:
        return [{"pitch": pitch, "place": form[place_name(pitch)], "scales": []} for pitch in pitches]
    return [
        {
            "pitch": pitch,
            "scales": [
                {"criterion": one, "field": form[mark_name(pitch, one)], "marks": _marks(one)}
                for one in form.criteria
            ],
        }
        for pitch in pitches
    ]


def _marks(criterion: Criterion) -> list[int]:
    marks = range(criterion.lowest, criterion.highest + 1)
    return list(marks) if len(marks) <= MOST_BUTTONS else []


def _state(stage: Stage, own: Ballot | None) -> dict[str, Any]:
    """Return how the final stands, for the script of a ballot's page."""
    clock = stage.clock
    return {
        "state": str(stage.final.state),
        "now": stage.now.timestamp(),
        "on_stage": stage.on_stage.entry_id if stage.on_stage else None,
        "seen": [pitch.entry_id for pitch in stage.pitches if pitch.state != "waiting"],
        "phase": clock.phase,
        "ends_at": clock.ends_at.timestamp() if clock.ends_at and clock.is_running else None,
        "left": clock.shown,
        "commitment": own.commitment if own else "",
        "revealed": bool(own and own.revealed_at),
        "open": stage.final.state in {FinalState.PLANNED, FinalState.RUNNING},
    }


def _own(final: Final, juror: Juror) -> Ballot | None:
    return Ballot.objects.filter(final=final, juror=juror).first()


def _fresh(final: Final) -> Final:
    final.refresh_from_db(fields=["state", "revision"])
    return final


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
