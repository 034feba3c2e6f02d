"""The elements of a badge: where each stands, how large it is set, and what is refused of what an editor sends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from summitry.foundation.errors import InvalidInput
from summitry.gates.enums import BadgeElement as E

SET_IN_TYPE = frozenset(
    {
        E.NAME,
        E.SECOND_NAME,
        E.LINE,
        E.ORGANISATION,
        E.DELEGATION,
        E.ENTITY,
        E.CATEGORY,
        E.ZONES,
        E.TEXT,
        E.TOKEN,
    }
)
"""Kinds that are text; the others are drawn."""
OF_GUEST = frozenset({E.NAME, E.SECOND_NAME, E.LINE})
"""Texts that a guest can abbreviate herself."""
ALIGNMENTS = ("start", "center", "end")
TURNS = (0, 180)
MOST = 40
SMALLEST_TYPE, LARGEST_TYPE = 4.0, 120.0
LONGEST_TEXT = 200
SMALLEST_CODE = 15.0
"""Millimetres: a smaller code is not read reliably at arm's length."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element: its box in millimetres from the upper left corner, and how it is set.

    Text is set in `size` points, or smaller where it does not fit, but never below `least`. `align` is along the direction
    of the text. `turn` is for the side of a folded badge that stands on its head.
    """

    kind: str
    x: float
    y: float
    w: float
    h: float
    size: float = 12.0
    least: float = 8.0
    bold: bool = False
    align: str = "center"
    colour: str = "#000000"
    text: str = ""
    turn: int = 0

    @property
    def is_text(self) -> bool:
        """Whether it is set in type."""
        return self.kind in SET_IN_TYPE

    @property
    def label(self) -> str:
        """What it is called."""
        return str(E(self.kind).label)


def elements_of(stored: Sequence[Mapping[str, Any]]) -> tuple[Element, ...]:
    """Return stored elements, which were checked when they were stored."""
    return tuple(Element(**each) for each in stored)


def stored(elements: Sequence[Element]) -> list[dict[str, Any]]:
    """Return elements as they are kept."""
    return [asdict(each) for each in elements]


def checked_elements(given: Any, width: float, height: float) -> tuple[Element, ...]:
    """Return the elements of a badge of this size as somebody wants them.

    Raises InvalidInput; its fields are `<place>-<name>` for what is wrong with one element, `""` for the whole.
    """
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise InvalidInput(fields={"": [_("Elements are a list, each with a kind and a place.")]})
    if len(given) > MOST:
        raise InvalidInput(fields={"": [_("At most %(most)d elements fit on a badge.") % {"most": MOST}]})
    wrong: dict[str, list[str]] = {}
    found = []
    for place, each in enumerate(given):
        element, faults = _checked(each, width, height)
        wrong |= {f"{place}-{name}": [words] for name, words in faults.items()}
        if element is not None:
            found.append(element)
    if wrong:
        raise InvalidInput(fields=wrong)
    return tuple(found)


def scaled(element: Element, by: float) -> Element:
    """Return an element for a badge of another size."""
    sides = {name: round(getattr(element, name) * by, 1) for name in ("x", "y", "w", "h")}
    return replace(element, **sides, size=round(element.size * by, 1), least=round(element.least * by, 1))


# --- One element ---------------------------------------------------------------------------------------------------
def _checked(given: Mapping[str, Any], width: float, height: float) -> tuple[Element | None, dict[str, str]]:
    if given.get("kind") not in E.values:
        return None, {"kind": _("Choose what stands here.")}
    faults: dict[str, str] = {}
    numbers = {
        name: _number(given.get(name, standard), low, high, faults, name)
        for name, standard, low, high in (
            ("x", 0, 0, width),
            ("y", 0, 0, height),
            ("w", 0, 1, width),
            ("h", 0, 1, height),
            ("size", 12, SMALLEST_TYPE, LARGEST_TYPE),
            ("least", 8, SMALLEST_TYPE, LARGEST_TYPE),
        )
    }
    colour = str(given.get("colour") or "#000000").lower()
    if not _COLOUR.fullmatch(colour):
        faults["colour"] = _("A colour is written as in #1f4f8b.")
    text = " ".join(str(given.get("text") or "").split())
    if len(text) > LONGEST_TEXT:
        faults["text"] = _("At most %(most)d characters.") % {"most": LONGEST_TEXT}
    align, turn = given.get("align") or "center", given.get("turn") or 0
    if align not in ALIGNMENTS or str(turn) not in map(str, TURNS):
        faults["align"] = _("Choose one of the list.")
    if faults:
        return None, faults
    element = Element(
        kind=str(given["kind"]),
        **numbers,
        bold=bool(given.get("bold")),
        align=align,
        colour=colour,
        text=text,
        turn=int(turn),
    )
    return _as_a_whole(element, width, height)


def _as_a_whole(element: Element, width: float, height: float) -> tuple[Element | None, dict[str, str]]:
    faults = {}
    if element.x + element.w > width + 0.01:
        faults["w"] = _("This reaches over the edge of the badge.")
    if element.y + element.h > height + 0.01:
        faults["h"] = _("This reaches over the edge of the badge.")
    if element.is_text and element.least > element.size:
        faults["least"] = _("The least size is not larger than the size.")
    if element.kind == E.CODE and min(element.w, element.h) < SMALLEST_CODE:
        faults["w"] = _("A code needs %(least)d mm at least.") % {"least": SMALLEST_CODE}
    if element.kind == E.TEXT and not element.text:
        faults["text"] = _("Write what is to stand here.")
    return (None if faults else element), faults


def _number(given: Any, low: float, high: float, faults: dict[str, str], name: str) -> float:
    try:
        value = round(float(str(given).replace(",", ".")), 1)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        faults[name] = _("A number from %(low)g to %(high)g.") % {"low": low, "high": high}
        return low
    return value
