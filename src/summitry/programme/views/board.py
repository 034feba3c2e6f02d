"""The scheduling board: the page, what changed on it, and moves; and the same move as a page of its own."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound, StaleState, SummitryError
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.board import Seen, move_session
from summitry.programme.actions.schedule import draft_of
from summitry.programme.forms.board import BoardQuery, MoveAsked, MoveForm, initial_for
from summitry.programme.models import Session, Version
from summitry.programme.queries.board import Board, Card, board_of, state_of
from summitry.programme.queries.board_words import (
    last_move,
    latest_move,
    moved_words,
    news_since,
    place_words,
)
from summitry.programme.queries.diff import Place
from summitry.programme.views.board_context import board_context

NAV = "board"


class Asked(NamedTuple):
    """Who asks for which board."""

    edition: Edition
    draft: Version
    actor: Actor
    may_move: bool

    def board(self) -> Board:
        """Load the board in the reader's language."""
        return board_of(self.draft, get_language() or "en")


@never_cache
@login_required
@require_safe
def board(request: HttpRequest, edition: str) -> HttpResponse:
    """Show a day of the draft with its clashes, the tray, and handles for those who may move."""
    asked = _asked(request, edition)
    loaded = asked.board()
    context = board_context(loaded, BoardQuery.read(request.GET), may_move=asked.may_move)
    context["after"] = latest_move(asked.edition.pk)
    context["move_form"] = MoveForm(board=loaded, auto_id="move-%s")
    return render(request, "programme/console/board.html", context)


@never_cache
@login_required
@require_safe
def board_state(request: HttpRequest, edition: str) -> HttpResponse:
    """Answer what the board shows now; nothing (204) where it is still in the state that the page knows."""
    asked = _asked(request, edition)
    if request.GET.get("state") == state_of(asked.draft):
        return HttpResponse(status=204)
    return JsonResponse(_answer(request, asked, after=_number(request.GET.get("after"))))


@never_cache
@login_required
@require_POST
def board_move(request: HttpRequest, edition: str) -> HttpResponse:
    """Move a session; a move from an outdated view is refused with what is there now, and who did it."""
    asked = _asked(request, edition)
    try:
        move = MoveAsked.read(_json(request), asked.edition.zone)
        session = _session(asked.edition, pk=move.session_id)
        move_session(asked.draft, session, move.to, by=asked.actor, seen=move.seen)
    except StaleState:
        loaded = asked.board()
        answer = _answer(request, asked, after=move.after, loaded=loaded)
        return JsonResponse({**answer, "stale": _stale(loaded, session, move.to)}, status=409)
    except SummitryError as refusal:
        return JsonResponse({"error": str(refusal)}, status=refusal.status)
    loaded = asked.board()
    answer = _answer(request, asked, after=move.after, loaded=loaded)
    return JsonResponse(
        {**answer, "said": moved_words(loaded, session.pk), "slot": _slot(loaded.cards[session.pk])}
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Move one session by a form: the board's dialog for browsers without scripts."""
    asked = _asked(request, edition)
    require(asked.actor, "schedule", asked.draft)
    session = _session(asked.edition, code=code)
    loaded = asked.board()
    card = loaded.cards[session.pk]
    day = request.GET.get("day", "")
    form = MoveForm(request.POST or None, board=loaded, initial=initial_for(loaded, card, day))
    status, stale = 200, None
    if request.method == "POST":
        is_tray = "tray" in request.POST
        status = 422
        if is_tray or form.is_valid():
            to = None if is_tray else form.place()
            try:
                move_session(asked.draft, session, to, by=asked.actor, seen=_seen(request))
            except StaleState:
                status, stale = 409, _stale(loaded, session, to)
            except InvalidInput as refusal:
                form.add_error(None, str(refusal))
            else:
                moved = asked.board()
                messages.success(request, moved_words(moved, session.pk))
                return redirect(_back(moved, session.pk, day))
    context = {
        "form": form,
        "card": card,
        "where": place_words(loaded, card.place),
        "seen": _seen_json(card),
        "stale": stale,
        "back": _back(loaded, session.pk, day),
    }
    return render(request, "programme/console/board_move.html", context, status=status)


def _asked(request: HttpRequest, slug: str) -> Asked:
    """Return who asks for which board. Raises PermissionRefused for whoever may not see the draft."""
    actor = actor_of(request)
    edition = edition_of(request, slug, nav=NAV)
    require(actor, "view", Version(edition=edition))
    draft = draft_of(edition)
    may_move = policy_for(Version).may(actor, "schedule", draft)
    draft.edition = edition
    return Asked(edition, draft, actor, may_move)


def _answer(request: HttpRequest, asked: Asked, *, after: int, loaded: Board | None = None) -> dict[str, Any]:
    """Return the board as the script takes it: the state, its HTML, and what others did since the move `after`."""
    loaded = loaded or asked.board()
    context = board_context(loaded, BoardQuery.read(request.GET), may_move=asked.may_move)
    latest = latest_move(asked.edition.pk)
    news = news_since(loaded, after, asked.actor.account_id) if after and latest > after else []
    return {
        "state": loaded.state,
        "after": latest,
        "news": news,
        "html": render_to_string("programme/console/board_body.html", context, request),
    }


def _stale(loaded: Board, session: Session, wanted: Place | None) -> dict[str, Any]:
    """Return both sides of a refused move in words."""
    who, when = last_move(session)
    card = loaded.cards[session.pk]
    theirs = place_words(loaded, card.place)
    sentence = _("%(who)s moved it to %(place)s %(when)s.") % {
        "who": who or _("Somebody else"),
        "place": theirs,
        "when": when or _("a moment ago"),
    }
    return {
        "title": card.title.text,
        "sentence": sentence,
        "theirs": theirs,
        "yours": place_words(loaded, wanted),
    }


def _slot(card: Card) -> dict[str, Any]:
    """Return where a session is now, as the script takes it."""
    if card.place is None:
        return {"revision": 0, "place": None}
    start, end = (int(instant.timestamp()) for instant in card.place[1:])
    return {
        "revision": card.revision,
        "place": {"room": str(card.place.room_id or ""), "start": start, "end": end},
    }


def _session(edition: Edition, **which: Any) -> Session:
    session = Session.objects.filter(edition=edition, **which).first()
    if session is None:
        raise NotFound
    return session


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body)
    except ValueError as error:
        raise InvalidInput from error
    if not isinstance(data, dict):
        raise InvalidInput
    return data


def _seen_json(card: Card) -> str:
    """Return what the reader of a form sees, for the form to carry along."""
    place = card.place.to_json() if card.place else None
    return json.dumps({"revision": card.revision, "place": place})


def _seen(request: HttpRequest) -> Seen | None:
    """Return what the reader of the form saw; nothing where she has decided to move it anyway."""
    if "anyway" in request.POST:
        return None
    try:
        seen = json.loads(request.POST.get("seen", ""))
        place = Place.from_json(seen["place"]) if seen["place"] else None
        return Seen(int(seen["revision"]), place)
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInput from error


def _back(loaded: Board, session_id: int, day: str) -> str:
    """Return the address of the board where a session stands on it."""
    on = loaded.day_of(loaded.cards[session_id])
    shown = on.isoformat() if on else day
    address = reverse("programme_console:board", args=[loaded.edition.slug])
    return f"{address}{f'?day={shown}' if shown else ''}#card-{session_id}"


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 0
