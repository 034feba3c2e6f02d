"""What stands in a cell: a value becomes HTML for the page, and plain words or a number for a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from summitry.foundation.i18n import Shown, Text, formats
from summitry.foundation.i18n.marking import shown_html
from summitry.foundation.lists.reader import Reader

NOTHING = SafeString('<span class="muted" aria-hidden="true">–</span>')


class Chip(NamedTuple):
    """A short word with a colour: `tone` is jade, amber, seal or nothing."""

    text: str | Promise
    tone: str = ""


class Local(NamedTuple):
    """An instant of which only the clock time is shown, where the day stands beside it."""

    instant: dt.datetime


def cell_html(value: Any, reader: Reader) -> SafeString:
    """Return a value as the page shows it: texts in their own language, dates by the venue's clock."""
    if isinstance(value, Text):
        value = reader.shown(value)
    if value is None or value is False or (isinstance(value, (str, Sequence)) and not value):
        return NOTHING
    match value:
        case Shown():
            html = format_html("<bdi>{}</bdi>", shown_html(value))
        case Chip():
            tone = f" chip-{value.tone}" if value.tone else ""
            html = format_html('<span class="chip{}">{}</span>', tone, value.text)
        case dt.datetime() | Local():
            instant = value.instant if isinstance(value, Local) else value
            parts = (
                plain(value, reader).rpartition(" ") if instant is value else ("", "", plain(value, reader))
            )
            words = format_html_join(
                " ", "<span>{}</span>", ((part,) for part in (parts[0], parts[2]) if part)
            )
            html = format_html('<time datetime="{}">{}</time>', instant.isoformat(), words)
        case [Chip(), *_rest]:
            html = format_html_join(" ", "{}", ((cell_html(each, reader),) for each in value))
        case [_one, _two, _three, *_rest]:
            html = format_html(
                '<span title="{}"><bdi>{}</bdi> <span class="list-others">+{}</span></span>',
                plain(value, reader),
                plain(value[:2], reader),
                len(value) - 2,
            )
        case str() | Promise() | Sequence():
            html = format_html("<bdi>{}</bdi>", plain(value, reader))
        case _:
            html = conditional_escape(plain(value, reader))
    return html


def plain(value: Any, reader: Reader) -> str:
    """Return a value in words, in the reader's language."""
    if isinstance(value, Text):
        value = reader.shown(value)
    lang, zone = reader.lang, reader.edition.zone
    match value:
        case None:
            words = ""
        case Shown() | Chip() | str() | Promise():
            words = str(value.text if isinstance(value, (Shown, Chip)) else value)
        case bool():
            words = _("Yes") if value else _("No")
        case Local():
            words = formats.time(value.instant, zone)
        case dt.datetime():
            day = value.astimezone(zone).date()
            words = f"{formats.date(day, lang, 'EdMMM')} {formats.time(value, zone)}"
        case dt.date():
            words = formats.date(value, lang, "medium")
        case int() | float():
            words = formats.number(value, lang)
        case Sequence():
            words = formats.listing([plain(each, reader) for each in value], lang)
        case _:
            words = str(value)
    return words


def file_value(value: Any, reader: Reader) -> str | int | float:
    """Return a value as a file holds it: numbers as such, instants without a locale, all else in words."""
    match value:
        case bool():
            return plain(value, reader)
        case int() | float():
            return value
        case dt.datetime():
            return value.astimezone(reader.edition.zone).strftime("%Y-%m-%d %H:%M")
        case dt.date():
            return value.isoformat()
    return plain(value, reader)
