"""How a value reads in the reader's language. The qualifier belongs to the value; nothing here says one without it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.i18n import formats
from summitry.insight.enums import Qualifier
from summitry.insight.models.observation import SERIES

_VALUE = "%(value)s"
_SHARES_FROM = 1000  # of small numbers a percentage says less than the difference
# Whole phrases, so that each language puts its words before the value, after it, or on both sides.
_PATTERNS: dict[str, str | Promise] = {
    Qualifier.EXACT: _VALUE,
    Qualifier.ABOUT: gettext_lazy("about %(value)s"),
    Qualifier.MORE_THAN: gettext_lazy("more than %(value)s"),
    Qualifier.NEARLY: gettext_lazy("nearly %(value)s"),
    Qualifier.NOT_STATED: gettext_lazy("not stated"),
}


def around(qualifier: str) -> tuple[str, str]:
    """Return the words before and after a value that was stated with `qualifier`, spaces included."""
    before, _sep, after = str(_PATTERNS[qualifier]).partition(_VALUE)
    return before, after


def counted(number: Decimal, lang: str) -> str:
    """Return a number as the reader's language writes it, without its qualifier."""
    return formats.number(float(number) if number % 1 else int(number), lang)


def dated(iso: str, lang: str) -> str:
    """Return an ISO 8601 day, month or year in words; anything else as it is."""
    try:
        if len(iso) == len("2021"):
            return formats.date(dt.date(int(iso), 1, 1), lang, "y")
        if len(iso) == len("2021-09"):
            return formats.date(dt.date.fromisoformat(f"{iso}-01"), lang, "yMMMM")
        return formats.date(dt.date.fromisoformat(iso), lang)
    except ValueError:
        return iso


def answered(answer: str) -> str:
    """Return "yes" or "no" in the reader's language; anything else as it is."""
    return {"yes": _("yes"), "no": _("no")}.get(answer, answer)


def covered(span: str) -> str:
    """Return what a claim about no single edition covers."""
    return _("the whole series") if span == SERIES else span


def change_on(previous: Decimal, present: Decimal, year: int, lang: str) -> str:
    """Return how an exact number compares with that of an earlier year: "+2 % on 2025", or "+7 on 2025" if small."""
    if present == previous:
        return _("as in %(year)s") % {"year": year}
    difference = abs(present - previous)
    sign = "+" if present > previous else "−"
    if min(present, previous) < _SHARES_FROM or difference / previous < Decimal("0.01"):
        size = counted(difference, lang)
    else:
        size = formats.percent(float(difference / previous), lang)
    return _("%(change)s on %(year)s") % {"change": f"{sign}{size}", "year": year}
