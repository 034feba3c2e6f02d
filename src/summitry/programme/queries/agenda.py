"""Whose agenda a request is about: the account's, or one without an account that a signed cookie knows."""

from __future__ import annotations

import uuid

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.web.actor import actor_of
from summitry.programme.models import Agenda

COOKIE_PREFIX = "agenda_"
COOKIE_AGE = 2 * 365 * 86_400
_signer = Signer(salt="summitry.programme.agenda")


def cookie_name(edition_id: int) -> str:
    """Return the name of the cookie that knows a visitor's agenda in an edition."""
    return f"{COOKIE_PREFIX}{edition_id}"


def cookie_value(agenda: Agenda) -> str:
    """Return the agenda's token, signed so that nobody can guess another's."""
    return _signer.sign(agenda.token.hex)


def token_in(request: HttpRequest, edition_id: int) -> uuid.UUID | None:
    """Return the token in the request's cookie, if its signature is ours."""
    return _token(request.COOKIES.get(cookie_name(edition_id), ""))


def tokens_in(request: HttpRequest) -> list[uuid.UUID]:
    """Return the tokens of all editions that the request carries."""
    found = (_token(value) for name, value in request.COOKIES.items() if name.startswith(COOKIE_PREFIX))
    return [token for token in found if token is not None]


def agenda_for(request: HttpRequest, edition: Edition) -> Agenda | None:
    """Return this visitor's agenda in `edition`, or None where she has not starred anything yet.

    A visitor with neither a session nor an agenda cookie costs no query. Once an agenda belongs to an account, its
    cookie opens it no longer: who signs out leaves nothing behind.
    """
    actor = actor_of(request)
    if actor.account_id is not None:
        return account_agenda(actor, edition)
    token = token_in(request, edition.pk)
    if token is None:
        return None
    return Agenda.objects.filter(edition=edition, token=token, account=None).first()


def account_agenda(actor: Actor, edition: Edition) -> Agenda | None:
    """Return the agenda of the actor's account in `edition`, if there is one."""
    if actor.account_id is None:
        return None
    return Agenda.objects.filter(edition=edition, account_id=actor.account_id).first()


def starred_ids(agenda: Agenda | None) -> frozenset[int]:
    """Return the ids of the sessions in an agenda."""
    if agenda is None:
        return frozenset()
    return frozenset(agenda.stars.values_list("session_id", flat=True))


def _token(signed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(_signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
