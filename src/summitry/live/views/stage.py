"""The live view of a session for stage, booth and stream; steps and arrivals are pressed here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, number_in
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import NotFound, SummitryError
from summitry.live.actions.arrival import set_arrival
from summitry.live.actions.run import finish_run, next_cue, skip_cue, step_back
from summitry.live.enums import Focus, Step
from summitry.live.models import Arrival, Cue, Run
from summitry.live.queries.green_room import guests_of
from summitry.live.queries.rundown import (
    following_in_room,
    room_of,
    run_of,
    rundown_now,
    session_to_run,
)
from summitry.live.queries.turns import booths_now
from summitry.live.views.day import NAV
from summitry.programme.models import Appearance, Session

PART = "X-Part"
"""A request with this header gets the changing part of the page alone."""


@never_cache
@login_required
@require_safe
def live_view(request: HttpRequest, edition: str, code: str, focus: str = Focus.STAGE) -> HttpResponse:
    """Show how a session runs, now."""
    shown, actor = at_work(request, edition, NAV)
    return _page(request, actor, shown, session_to_run(actor, shown, code), _focus(focus))


@never_cache
@login_required
@require_POST
def step(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Take a step: `step`, the `revision` that the page showed, and the `cue` to skip or to put back in."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    try:
        _take(request, actor, session)
        refusal = None
    except SummitryError as error:
        refusal = error
    return _answer(request, actor, shown, code, refusal)


@never_cache
@login_required
@require_POST
def arrival(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Note where somebody is: `appearance`, `state`, and the state that the page `showed`."""
    shown, actor = at_work(request, edition, NAV)
    session = session_to_run(actor, shown, code)
    rows = Appearance.objects.filter(session=session, pk=number_in(request.POST.get("appearance")))
    appearance = rows.select_related("person", "session").first()
    if appearance is None:
        raise NotFound
    try:
        state = request.POST.get("state", "")
        set_arrival(appearance, state, by=actor, expected=request.POST.get("showed") or None)
        refusal = None
    except SummitryError as error:
        refusal = error
    return _answer(request, actor, shown, code, refusal)


def _take(request: HttpRequest, actor: Actor, session: Session) -> None:
    revision = number_in(request.POST["revision"]) if "revision" in request.POST else None
    what = request.POST.get("step")
    if what == Step.NEXT:
        next_cue(session, by=actor, revision=revision)
    elif what == Step.BACK:
        step_back(session, by=actor, revision=revision)
    elif what == Step.FINISH:
        finish_run(session, by=actor, revision=revision)
    elif what in (Step.SKIP, Step.RESTORE):
        cue = Cue.objects.filter(session=session, pk=number_in(request.POST.get("cue"))).first()
        if cue is None:
            raise NotFound
        cue.session = session
        skip_cue(cue, by=actor, revision=revision, is_skipped=what == Step.SKIP)
    else:
        raise NotFound


def _answer(
    request: HttpRequest, actor: Actor, edition: Edition, code: str, refusal: SummitryError | None
) -> HttpResponse:
    """Answer a script with the page's changing part, and a browser without scripts with the whole page."""
    focus = _focus(request.POST.get("focus") or Focus.STAGE)
    if PART not in request.headers:
        if refusal is not None:
            messages.warning(request, str(refusal))
        return redirect("live:live_focus", edition.slug, code, focus)
    session = session_to_run(actor, edition, code)
    return _part(request, _context(actor, session, focus), refusal)


def _page(
    request: HttpRequest, actor: Actor, edition: Edition, session: Session, focus: Focus
) -> HttpResponse:
    context = _context(actor, session, focus)
    if PART in request.headers:
        return _part(request, context, None)
    return render(request, "live/stage.html", context)


def _part(request: HttpRequest, context: dict[str, Any], refusal: SummitryError | None) -> HttpResponse:
    context["refusal"] = str(refusal) if refusal is not None else ""
    body = render_to_string("live/stage_body.html", context, request)
    return HttpResponse(body, status=refusal.status if refusal is not None else 200)


def _context(actor: Actor, session: Session, focus: Focus) -> dict[str, Any]:
    told = rundown_now(session)
    lang = get_language() or "en"
    run = run_of(session)
    return {
        "session": session,
        "told": told,
        "room": room_of(told.place),
        "focus": focus,
        "focuses": Focus.choices,
        "following_session": following_in_room(told),
        "guests": guests_of(session, lang),
        "booths": booths_now(session, lang, told.now) if session.interpreted or focus == Focus.BOOTH else [],
        "may_run": policy_for(Run).may(actor, "run", run),
        "may_note": policy_for(Arrival).may(actor, "edit", Arrival(appearance=Appearance(session=session))),
    }


def _focus(asked: str) -> Focus:
    if asked not in Focus.values:
        raise NotFound
    return Focus(asked)
