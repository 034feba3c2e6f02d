"""Pages that are built once for everybody, and into which each visitor's own parts are put afterwards.

The shared page is rendered for the public, never from the visitor's request: no name, message, token or star of one
visitor can be in it. A visitor with a session or an agenda then gets a copy with her account menu, her stars and the
changes since she last looked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template, render_to_string
from django.utils.translation import get_language, ngettext

from summitry.editions.models import Edition
from summitry.foundation.access import PUBLIC
from summitry.foundation.web import context as frame
from summitry.foundation.web.actor import actor_of, set_actor
from summitry.foundation.web.page_cache import Page, pages, respond
from summitry.guests.queries.registering import registration_until
from summitry.programme.models import Agenda
from summitry.programme.queries.agenda import agenda_for, cookie_name, starred_ids
from summitry.programme.queries.changes import changes_since
from summitry.programme.queries.programme import Programme, programme_of

ACCOUNT_MENU = "components/account_menu.html"
CHANGES_SLOT = "<!--changes-->"
_HOLLOW = 'value="{}" aria-pressed="false"'
_FULL = 'value="{}" aria-pressed="true"'


@dataclass(frozen=True, slots=True)
class Subject:
    """What a shared page is about: the edition, its programme, and the entry of the navigation that is current."""

    edition: Edition
    programme: Programme
    nav: str


def subject_of(edition: Edition, nav: str) -> Subject:
    """Return the subject of a page in the active language."""
    return Subject(edition, programme_of(edition, get_language() or "en"), nav)


def shared_page(
    request: HttpRequest,
    subject: Subject,
    template: str,
    key: tuple[Any, ...],
    context: Callable[[], Mapping[str, Any]],
    *,
    query: str = "",
) -> HttpResponse:
    """Answer with the page that `template` and `context` make, kept under `key` and the programme's state.

    `key` holds all that the page depends on beyond edition, content version and language; `query` is the normalised
    query string, which language links keep.
    """
    programme = subject.programme
    registration = registration_until(subject.edition)  # the menu leads there as long as it is open
    state = (programme.edition_id, programme.content_version, programme.lang, registration)
    full_key = (template, *state, request.path, *key)
    page = pages.get_or_build(full_key, lambda: _rendered(request, subject, template, context(), query))
    if is_anonymous(request, subject.edition):
        return respond(request, page)
    return _answer(request, page, _personal_parts(request, subject))


def is_anonymous(request: HttpRequest, edition: Edition) -> bool:
    """Whether the visitor carries nothing that could make the page hers."""
    return (
        settings.SESSION_COOKIE_NAME not in request.COOKIES and cookie_name(edition.pk) not in request.COOKIES
    )


def public_context(request: HttpRequest, edition: Edition, nav: str, query: str = "") -> dict[str, Any]:
    """Return the frame's context as the public gets it at this address, whoever asks."""
    twin = HttpRequest()
    twin.method, twin.path, twin.path_info = "GET", request.path, request.path_info
    twin.META = {"QUERY_STRING": query.removeprefix("?"), "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    twin.user = AnonymousUser()
    twin.edition, twin.nav_current = edition, nav  # type: ignore[attr-defined]
    set_actor(twin, PUBLIC)
    return frame.page(twin)


def _rendered(
    request: HttpRequest, subject: Subject, template: str, context: Mapping[str, Any], query: str
) -> str:
    public = public_context(request, subject.edition, subject.nav, query)
    own = {"programme": subject.programme, "changes_slot": CHANGES_SLOT}
    return get_template(template).render({**public, **own, **context})


def _personal_parts(request: HttpRequest, subject: Subject) -> list[tuple[str, str]]:
    """Return what to replace in the shared page, and by what."""
    edition = subject.edition
    parts: list[tuple[str, str]] = []
    actor = actor_of(request)
    if actor.is_signed_in:
        public = public_context(request, edition, subject.nav)
        parts.append(
            (render_to_string(ACCOUNT_MENU, public), render_to_string(ACCOUNT_MENU, request=request))
        )
    agenda = agenda_for(request, edition)
    if agenda is not None:
        parts += star_parts(starred_ids(agenda))
        parts.append((CHANGES_SLOT, changes_note(agenda, edition, subject.programme)))
    return parts


def star_parts(stars: Iterable[int]) -> list[tuple[str, str]]:
    """Return what to replace in a page so that the visitor's stars are full."""
    return [(_HOLLOW.format(pk), _FULL.format(pk)) for pk in sorted(stars)]


def changes_note(agenda: Agenda, edition: Edition, programme: Programme) -> str:
    """Return "2 changes since you last looked", or nothing."""
    if agenda.seen_version >= programme.number:
        return ""
    count = len(changes_since(edition, programme, agenda.seen_version))
    if not count:
        return ""
    text = ngettext(
        "%(count)d change since you last looked", "%(count)d changes since you last looked", count
    )
    return f"<b>{text % {'count': count}}</b>"


def _answer(request: HttpRequest, page: Page, parts: list[tuple[str, str]]) -> HttpResponse:
    if not parts:
        return respond(request, page)
    body = replaced(page.body, parts)
    seal = hashlib.blake2b(repr((page.etag, parts)).encode(), digest_size=12).hexdigest()
    return respond(request, Page(body, f'"{seal}"', level=1))


def replaced(body: bytes, parts: Iterable[tuple[str, str]]) -> bytes:
    """Return a page with a visitor's own parts in it."""
    for old, new in parts:
        body = body.replace(old.encode(), new.encode())
    return body
