"""What the secretariat corrected in a forum, as its institution reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from summitry.foundation.i18n import Text
from summitry.foundation.lists import field_name
from summitry.programme.models import Forum


@dataclass(frozen=True, slots=True)
class Wording:
    """What a field said before and says now, in one language (empty for a field without languages)."""

    lang: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """One correction: of what, which field, who made it and when, and what it changed."""

    label: str
    field: str
    by: str
    at: dt.datetime
    is_open: bool
    wordings: tuple[Wording, ...]


def corrections_of(forum: Forum) -> list[Corrected]:
    """Return the corrections in a forum, the latest first; one query."""
    return [
        Corrected(
            row.object_label,
            field_name(row.object_type, row.field),
            str(row.by or ""),
            row.made_at,
            row.acknowledged_at is None,
            _wordings(row.before, row.after),
        )
        for row in forum.corrections.select_related("by")
    ]


def _wordings(before: Any, after: Any) -> tuple[Wording, ...]:
    if isinstance(before, dict) and isinstance(after, dict):
        old, new = Text.from_json(before), Text.from_json(after)
        langs = dict.fromkeys((*old.texts, *new.texts))
        return tuple(
            Wording(lang, old.get(lang), new.get(lang)) for lang in langs if old.get(lang) != new.get(lang)
        )
    return (Wording("", _plain(before), _plain(after)),)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
