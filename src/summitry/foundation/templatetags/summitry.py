"""Tags for translated content, dates and numbers; every template has them without `{% load %}`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from summitry.foundation.i18n import Shown, Text, direction, formats, language_tag, languages
from summitry.foundation.i18n.marking import shown_html

register = template.Library()


def _active() -> str:
    return get_language() or "en"


@register.simple_tag(takes_context=True)
def tr(context: Context, text: Text | Shown | None) -> SafeString:
    """Show a translated text to this reader, by the edition's fallback chain: `{% tr forum.title %}`."""
    if not text:
        return SafeString("")
    if isinstance(text, Text):
        edition = context.get("edition")
        text = text.shown(_active(), edition.fallback if edition else ())
    return shown_html(text)


@register.filter
def plain(text: Text | Shown | None) -> str:
    """Return the words alone, for attributes and titles."""
    return str(text) if text else ""


@register.filter
def lang_tag(code: str) -> str:
    """Return a language code as a BCP 47 tag."""
    return language_tag(code)


@register.filter
def lang_dir(code: str) -> str:
    """Return `ltr` or `rtl` for a language code."""
    return direction(code)


@register.filter
def lang_name(code: str) -> str:
    """Return a language's name for this reader."""
    return languages.name_in(code, _active())


@register.filter
def fdate(day: dt.date, pattern: str = "long") -> str:
    """Return a date in the reader's language; of a moment, first say where: `moment|timezone:edition.zone|fdate`."""
    return formats.date(day.date() if isinstance(day, dt.datetime) else day, _active(), pattern)


@register.simple_tag
def fdates(first: dt.date, last: dt.date) -> str:
    """Return two days as one phrase in the reader's language."""
    return formats.date_range(first, last, _active())


@register.simple_tag
def ftime(instant: dt.datetime, zone: ZoneInfo) -> str:
    """Return the clock time of an instant in a zone."""
    return formats.time(instant, zone)


@register.filter
def fnumber(value: float | None, decimals: int | None = None) -> str:
    """Return a number in the reader's language, with so many decimals as asked for."""
    return "" if value is None else formats.number(value, _active(), decimals)


@register.filter
def fpercent(share: float) -> str:
    """Return a share (0.02 means 2 %) as a percentage in the reader's language."""
    return formats.percent(share, _active())


@register.filter
def flist(items: Sequence[Any]) -> str:
    """Return items joined as the reader's language joins them."""
    return formats.listing([str(item) for item in items], _active())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon of the sprite; decorative unless it is given a label."""
    reference = f"{static('summitry/img/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, reference
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', reference
    )
