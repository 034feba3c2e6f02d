"""The layouts an edition begins with: folded, half and full cards and labels, each as one may print it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.gates.enums import BadgeElement as E
from summitry.gates.queries.badge_elements import Element


@dataclass(frozen=True, slots=True)
class Design:
    """A layout to begin with."""

    name: str | Promise
    width: int
    height: int
    elements: tuple[Element, ...]


def _card(width: float, height: float) -> tuple[Element, ...]:
    """Photo and names above, the code and the category below, for upright cards from A7 on."""
    by = width / 105
    inner, down = width - 16 * by, height / 148
    rows: list[tuple[str, float, float, float, float, bool]] = [
        # kind, from above, height, size, least, bold
        (E.NAME, 60, 20, 24, 13, True),
        (E.SECOND_NAME, 80, 9, 15, 9, False),
        (E.LINE, 89, 8, 10, 7, False),
        (E.ORGANISATION, 97, 8, 11, 7, True),
    ]
    texts = tuple(
        Element(
            kind=kind, x=round(8 * by, 1), y=round(y * down, 1), w=round(inner, 1), h=round(h * down, 1),
            size=round(size * by, 1), least=max(5.0, round(least * by, 1)), bold=bold,
        )
        for kind, y, h, size, least, bold in rows
    )  # fmt: skip
    code = max(20.0, round(26 * by, 1))
    band = round(14 * down, 1)
    foot = round(height - band, 1)
    below = round(foot - code - 1, 1)
    half = round((inner - code) / 2, 1)
    return (
        Element(kind=E.PHOTO, x=round((width - 33 * by) / 2, 1), y=round(16 * down, 1), w=round(33 * by, 1), h=round(42 * down, 1)),
        *texts,
        Element(kind=E.CODE, x=round((width - code) / 2, 1), y=below, w=code, h=code),
        Element(kind=E.FLAG, x=round(8 * by, 1), y=below, w=half, h=round(9 * down, 1)),
        Element(kind=E.ENTITY, x=round(8 * by, 1), y=round(below + 9 * down, 1), w=half, h=round(10 * down, 1), size=round(9 * by, 1), least=5.0),
        Element(kind=E.ZONES, x=round(width - 8 * by - half, 1), y=below, w=half, h=round(20 * down, 1), size=round(9 * by, 1), least=5.0),
        Element(kind=E.BAND, x=0, y=foot, w=width, h=band),
        Element(kind=E.CATEGORY, x=round(8 * by, 1), y=foot, w=round(inner, 1), h=round(band * 0.62, 1), size=round(15 * by, 1), least=6.0, bold=True),
        Element(kind=E.TOKEN, x=round(8 * by, 1), y=round(foot + band * 0.62, 1), w=round(inner, 1), h=round(band * 0.36, 1), size=round(7 * by, 1), least=4.0),
    )  # fmt: skip


def _label(width: float, height: float) -> tuple[Element, ...]:
    code = min(22.0, height - 8)
    inner = round(width - code - 9, 1)
    rows: list[tuple[str, float, float, float, bool]] = [
        (E.NAME, 0.08, 0.32, 16, True),
        (E.SECOND_NAME, 0.4, 0.16, 10, False),
        (E.ORGANISATION, 0.57, 0.16, 9, False),
        (E.CATEGORY, 0.75, 0.16, 9, True),
    ]
    texts = tuple(
        Element(kind=kind, x=3, y=round(y * height, 1), w=inner, h=round(h * height, 1), size=size, least=6.0, bold=bold, align="start")
        for kind, y, h, size, bold in rows
    )  # fmt: skip
    place = round(width - code - 3, 1)
    return (
        *texts,
        Element(kind=E.CODE, x=place, y=4, w=code, h=code),
        Element(kind=E.TOKEN, x=place, y=round(4 + code, 1), w=code, h=3.5, size=5, least=4),
    )


def _folded(width: float, height: float) -> tuple[Element, ...]:
    """Both sides of a badge that is folded across the middle: the back stands on its head."""
    half = height / 2
    front = tuple(replace(each, y=round(each.y + half, 1)) for each in _card(width, half))
    back = tuple(
        replace(each, x=round(width - each.x - each.w, 1), y=round(half - each.y - each.h, 1), turn=180)
        for each in _card(width, half)
    )
    return (*back, *front)


DESIGNS: Mapping[str, Design] = {
    "a6": Design(_("Card A6, 105 × 148 mm"), 105, 148, _card(105, 148)),
    "a7": Design(_("Card A7, 74 × 105 mm"), 74, 105, _card(74, 105)),
    "folded": Design(_("Folded badge, 82 × 203 mm"), 82, 203, _folded(82, 203)),
    "label": Design(_("Label 100 × 50 mm"), 100, 50, _label(100, 50)),
    "small": Design(_("Label 83 × 50 mm"), 83, 50, _label(83, 50)),
}
"""By their keys."""
