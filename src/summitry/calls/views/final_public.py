"""What everybody in the hall sees of a final: the big screen, by its secret link, and the page on which the public votes."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.calls.actions.public_vote import AlreadyVoted, TooManyVotes, cast_vote
from summitry.calls.forms.finals import VoteForm
from summitry.calls.models import Final, Pitch
from summitry.calls.queries.calls import public_calls
from summitry.calls.queries.final_links import (
    OpenedFinal,
    code_at,
    final_by,
    screen_topic,
    vote_address,
)
from summitry.calls.queries.finals import final_of, podium_of, stage_of, unveiled_places, votes_now
from summitry.calls.views.refusing import refuse
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.by_link import LinkDoor, secret_in
from summitry.foundation import clock
from summitry.foundation.errors import NotFound, SummitryError
from summitry.foundation.typeset.codes import square_code

NAV = "calls"
PART = "X-Part"
COOKIE, SALT = "summitry-vote", "summitry.vote"
DAY = 24 * 3600
TRIES, WINDOW = 200, 600
"""So many posts are looked at from one address of the network within ten minutes, whatever they say."""

by_final: LinkDoor[OpenedFinal] = LinkDoor(
    key="calls.final",
    open=final_by,
    edition=lambda found: found.final.round.call.edition,
    is_current=lambda found: found.is_current,
    again=lambda _found, _secret: "",
    closed="calls/final/closed.html",
)


@by_final
@require_safe
def screen(request: HttpRequest, found: OpenedFinal) -> HttpResponse:
    """Show the stage to the hall: who is on it, the clock, who is next, how many ballots are in, and at last the result."""
    final = found.final
    stage = stage_of(final)
    context: dict[str, Any] = {
        "final": final,
        "call": final.round.call,
        "stage": stage,
        "places": unveiled_places(final),
        "podium": podium_of(final),
        "code": code_at(final, stage.now) if stage.is_voting and final.asks_code else "",
        "drawing": "",
        "vote_url": "",
    }
    if stage.is_voting:
        context["vote_url"] = vote_address(final)
        context["drawing"] = mark_safe(square_code(context["vote_url"], correction="m"))  # noqa: S308 - drawn by us from our own address
    if PART in request.headers:
        return HttpResponse(render_to_string("calls/final/screen_body.html", context, request))
    context |= {"topic": screen_topic(final), "secret": secret_in(request)}
    return render(request, "calls/final/screen.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Take a vote of the public; who votes is known by a random number that her browser was given when she came."""
    final = _voted_on(request, edition, call)
    now = clock.now()
    is_open = votes_now(final, now)
    entries = [
        (pitch.entry_id, _label(pitch)) for pitch in Pitch.objects.filter(final=final).select_related("entry")
    ]
    form = VoteForm(request.POST or None, entries=entries, asks_code=final.asks_code)
    voter = request.get_signed_cookie(COOKIE, "", salt=SALT)
    status, is_taken, refused = HTTPStatus.OK, False, ""
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        address = str(get_adapter().get_client_ip(request))
        if _too_many(address):
            status, refused = HTTPStatus.TOO_MANY_REQUESTS, str(TooManyVotes())
        elif voter and form.is_valid():
            try:
                cast_vote(
                    final,
                    form.cleaned_data["entry"],
                    voter=voter,
                    address=address,
                    code=form.cleaned_data.get("code", ""),
                )
                status, is_taken = HTTPStatus.OK, True
            except AlreadyVoted:
                status, is_taken = HTTPStatus.OK, True
            except SummitryError as refusal:
                refuse(form, refusal)
                status = HTTPStatus(refusal.status)
    context = {
        "call": final.round.call,
        "final": final,
        "form": form,
        "is_open": is_open,
        "now": now,
        "is_taken": is_taken,
        "refused": refused,
        "needs_cookie": request.method == "POST" and not voter,
    }
    response = render(request, "calls/final/vote.html", context, status=status)
    if not voter:
        response.set_signed_cookie(
            COOKIE,
            secrets.token_urlsafe(16),
            salt=SALT,
            max_age=DAY,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def _voted_on(request: HttpRequest, edition: str, slug: str) -> Final:
    shown = edition_of(request, edition, nav=NAV)
    call = public_calls(shown).filter(slug=slug).first()
    final = final_of(call) if call is not None else None
    if final is None or not final.public_share or final.vote_opens_at is None:
        raise NotFound
    return final


def _label(pitch: Pitch) -> str:
    title = str(pitch.entry.title)
    return f"{title} · {pitch.entry.organisation_name}" if pitch.entry.organisation_name else title


def _too_many(address: str) -> bool:
    key = f"calls.voting.{address}"
    cache.add(key, 0, WINDOW)
    return bool(cache.incr(key) > TRIES)
