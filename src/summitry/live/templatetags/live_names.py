"""Names, words and instants in the templates of the interpretation plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from django import template

from summitry.foundation.i18n import Shown

register = template.Library()


@register.simple_tag
def interpreter_name(names: Mapping[int, Shown], pk: int) -> str:
    """Return an interpreter's name by id."""
    return names[pk].text if pk in names else ""


@register.simple_tag
def word_in(words: Sequence[tuple[str, str]], lang: str) -> str:
    """Return a term's word in a language."""
    return dict(words).get(lang, "")


@register.simple_tag
def venue_iso(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Return an instant in ISO 8601 with the venue's offset, for the second clock."""
    return instant.astimezone(zone).isoformat()
