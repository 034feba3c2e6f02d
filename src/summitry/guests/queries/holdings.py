"""What is kept of a guest beside her answers, in this room and in rooms above: each says what it holds, why and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.foundation.i18n import Text, formats
from summitry.guests.models import Guest

Rows = Callable[[Guest], Sequence[Mapping[str, Any]]]
Until = Callable[[Guest], dt.date]

MOST_SHOWN = 20
"""So many entries of one holding stand on the page, the last ones; the copy has all of them."""


class Held(NamedTuple):
    """One kind of thing that is kept. `words` name the values of a row; those among `sealed` are shown in the copy only.

    Without `until` it is kept with the records of the edition, and goes when the guest is erased.
    """

    name: str
    label: str | Promise
    why: str | Promise
    rows: Rows
    words: Mapping[str, str | Promise]
    until: Until | None = None
    sealed: frozenset[str] = frozenset()


class Fact(NamedTuple):
    """One value, as a page shows it."""

    label: str
    words: str
    is_sealed: bool


class Kept(NamedTuple):
    """What is kept of one guest of one kind, as a page shows it; `more` entries are in the copy only."""

    name: str
    label: str
    why: str
    until: dt.date | None
    rows: list[list[Fact]]
    more: int


_held: dict[str, Held] = {}


def register_holding(held: Held) -> None:
    """Declare, when the application starts, one kind of thing that a room keeps of guests."""
    _held[held.name] = held


def registered_holdings() -> Mapping[str, Held]:
    """Return all that is declared, by name."""
    return _held


def everything_of(guest: Guest) -> dict[str, dict[str, Any]]:
    """Return all that is kept of a guest by whoever declared it, for her copy: unsealed, with its reason and its last day."""
    return {
        held.name: {
            "why": str(held.why),
            "until": held.until(guest) if held.until else None,
            "rows": [dict(row) for row in held.rows(guest)],
        }
        for held in _held.values()
    }


def kept_of(guest: Guest, lang: str) -> list[Kept]:
    """Return what is kept of a guest by whoever declared it, for a page; nothing where nothing is kept."""
    found = []
    for held in _held.values():
        rows = held.rows(guest)
        if not rows:
            continue
        shown = [_facts(held, row, guest, lang) for row in rows[-MOST_SHOWN:]]
        until = held.until(guest) if held.until else None
        found.append(
            Kept(held.name, str(held.label), str(held.why), until, shown, max(len(rows) - MOST_SHOWN, 0))
        )
    return found


def _facts(held: Held, row: Mapping[str, Any], guest: Guest, lang: str) -> list[Fact]:
    return [
        Fact(
            str(held.words[key]), "" if key in held.sealed else _words(value, guest, lang), key in held.sealed
        )
        for key, value in row.items()
        if value not in (None, "", [])
    ]


def _words(value: Any, guest: Guest, lang: str) -> str:
    if isinstance(value, bool):
        words = pgettext("answer", "Yes") if value else pgettext("answer", "No")
    elif isinstance(value, Choices):
        words = str(value.label)
    elif isinstance(value, Text):
        words = value.shown(lang, guest.edition.fallback).text
    elif isinstance(value, dt.datetime):
        zone = guest.edition.zone
        day = formats.date(value.astimezone(zone).date(), lang, "medium")
        words = _("%(day)s, %(time)s") % {"day": day, "time": formats.time(value, zone)}
    elif isinstance(value, dt.date):
        words = formats.date(value, lang, "medium")
    elif isinstance(value, list):
        words = formats.listing([_words(one, guest, lang) for one in value], lang)
    else:
        words = str(value)
    return words
