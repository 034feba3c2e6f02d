"""What the pages of the outbox have in common: the mailing asked for, its languages as panels, and both clocks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.utils.translation import get_language

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput
from summitry.foundation.forms import RecordForm
from summitry.foundation.i18n import Text, direction, formats, language_tag, languages
from summitry.foundation.web.actor import actor_of
from summitry.mailing.models import Mailing
from summitry.mailing.queries.outbox import mailing_by_id
from summitry.mailing.queries.recipients import Reach, language_for

NAV = "mail"


class Desk(NamedTuple):
    """Who works at which mailing of which edition."""

    edition: Edition
    actor: Actor
    mailing: Mailing


class Panel(NamedTuple):
    """A language of a message: its words, what is wrong with them, who reads it, and what they get without it."""

    code: str
    tag: str
    dir: str
    label: str
    subject: str
    body: str
    subject_errors: list[str]
    body_errors: list[str]
    readers: int
    instead: str


class Clocks(NamedTuple):
    """An instant by the host city's clock, and by the reader's where that is another."""

    instant: dt.datetime
    host: str
    mine: str
    offset: str


def edition_for(request: HttpRequest, slug: str, nav: str = NAV) -> tuple[Edition, Actor]:
    """Return the edition and who asks. Raises PermissionRefused for whoever may not enter its console."""
    actor = actor_of(request)
    edition = edition_of(request, slug, nav=nav)
    require(actor, "enter", edition)
    return edition, actor


def desk_for(request: HttpRequest, slug: str, pk: int) -> Desk:
    """Return the mailing that a page is about. Raises NotFound like `mailing_by_id`."""
    edition, actor = edition_for(request, slug)
    mailing = mailing_by_id(edition, actor, pk)
    mailing.edition = edition
    return Desk(edition, actor, mailing)


def panels_of(
    edition: Edition, form: RecordForm[Any], problems: Mapping[str, list[str]], reach: Reach
) -> list[Panel]:
    """Return a panel for each language of the edition and of the text; `problems` is by field, as `body_fr`."""
    subject, body = (_words(form, name) for name in ("subject", "body"))
    readers = Counter(addressee.reads for addressee in reach.addressees)
    codes = list(dict.fromkeys([*edition.languages, *subject, *body]))
    written = [code for code in codes if subject.get(code, "").strip() and body.get(code, "").strip()]
    active = get_language() or "en"
    panels = []
    for code in codes:
        given = language_for(code, written, edition.fallback)
        panels.append(
            Panel(
                code,
                language_tag(code),
                direction(code),
                languages.name_in(code, active),
                subject.get(code, ""),
                body.get(code, ""),
                list(problems.get(f"subject_{code}", ())),
                list(problems.get(f"body_{code}", ())),
                sum(count for reads, count in readers.items() if _reads(reads, code, codes)),
                languages.name_in(given, active) if given and given != code else "",
            )
        )
    return panels


def refuse(form: Any, refusal: InvalidInput) -> dict[str, list[str]]:
    """Put an action's refusal beside the form's fields; return what concerns single languages."""
    own = {name: list(words) for name, words in refusal.fields.items() if _field(name) in {"subject", "body"}}
    others = {name: words for name, words in refusal.fields.items() if name not in own}
    for name, words in (others or ({} if own else {"": [str(refusal)]})).items():
        for sentence in words:
            form.add_error(name if name in form.fields else None, sentence)
    return own


def clocks_of(instant: dt.datetime | None, edition: Edition, request: HttpRequest) -> Clocks | None:
    """Return an instant by both clocks, in the reader's language."""
    if instant is None:
        return None
    zone, lang = edition.zone, get_language() or "en"
    own = _own_zone(request) or zone
    mine = "" if instant.astimezone(own).utcoffset() == instant.astimezone(zone).utcoffset() else own
    return Clocks(
        instant,
        _moment(instant, zone, lang),
        _moment(instant, own, lang) if mine else "",
        formats.offset(zone, instant),
    )


def numbers(given: Iterable[str]) -> list[int]:
    """Return what is a row's number among posted values."""
    return [int(value) for value in given if value.isascii() and value.isdecimal() and len(value) < 19]


def _moment(instant: dt.datetime, zone: ZoneInfo, lang: str) -> str:
    day = formats.date(instant.astimezone(zone).date(), lang, "EdMMM")
    return f"{day} {formats.time(instant, zone)}"


def _own_zone(request: HttpRequest) -> ZoneInfo | None:
    name = getattr(request.user, "zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _reads(reads: str, code: str, codes: list[str]) -> bool:
    """Whether the panel `code` is the one that readers of `reads` look to."""
    return (
        language_for(reads, codes, ()) == code if reads.partition("-")[0] == code.partition("-")[0] else False
    )


def _words(form: RecordForm[Any], name: str) -> dict[str, str]:
    value = form[name].value()
    if isinstance(value, Text):
        return dict(value.texts)
    return dict(value or {})


def _field(name: str) -> str:
    return name.partition("_")[0]
