"""Cleans a third-party SVG drawing: what can run, load or style is refused or rewritten; editors' leftovers go.

What stays is shapes, paint and references within the file, as presentation attributes: such a drawing is safe to serve
under the strictest content policy, even when it is opened by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
SHAPES = frozenset(
    "svg g path rect circle ellipse line polyline polygon use symbol defs clipPath mask marker pattern "
    "linearGradient radialGradient stop text tspan title desc".split()
)
DROPPED = frozenset(("metadata", "style"))
OWN_PROPERTIES = frozenset(
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset opacity display visibility overflow color stop-color stop-opacity clip-path "
    "clip-rule mask font-family font-size font-weight font-style text-anchor letter-spacing word-spacing paint-order "
    "marker-start marker-mid marker-end vector-effect".split()
)
RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
FOREIGN_REFERENCE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|@import|expression\(", re.IGNORECASE)


class UnsafeDrawingError(Exception):
    """The drawing contains something that this module will not pass on."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A cleaned drawing and the size of its view box, which gives the ratio."""

    content: bytes
    width: float
    height: float


def clean(source: bytes) -> Drawing:
    """Return the cleaned drawing. Raises UnsafeDrawingError for scripts, outside references and anything unknown."""
    try:
        root = fromstring(source, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise UnsafeDrawingError(f"not plain XML ({error})") from error
    if root.tag != f"{SVG}svg":
        raise UnsafeDrawingError("not an SVG drawing")
    rules = _rules(root)
    _clean_element(root, rules)
    width, height = _size(root)
    register_namespace("", SVG[1:-1])
    register_namespace("xlink", XLINK[1:-1])
    return Drawing(tostring(root, encoding="utf-8"), width, height)


def _rules(root: Element) -> dict[str, str]:
    """Collect `.name{…}` rules of embedded style sheets, so that they can become attributes."""
    return {name: body for style in root.iter(f"{SVG}style") for name, body in RULE.findall(style.text or "")}


def _clean_element(element: Element, rules: dict[str, str]) -> None:
    attributes = dict(element.attrib)
    style = ";".join(rules.get(name, "") for name in attributes.pop("class", "").split())
    style += ";" + attributes.pop("style", "")
    attributes |= _presentation(style)
    element.attrib.clear()
    for name, value in attributes.items():
        if _keeps(name, value):
            element.set(name, value)
    if element.tag not in {f"{SVG}text", f"{SVG}tspan", f"{SVG}title", f"{SVG}desc"}:
        element.text = None
    for child in list(element):
        if (
            not isinstance(child.tag, str)
            or not child.tag.startswith(SVG)
            or child.tag[len(SVG) :] in DROPPED
        ):
            element.remove(child)
            continue
        if child.tag[len(SVG) :] not in SHAPES:
            raise UnsafeDrawingError(f"element <{child.tag[len(SVG) :]}>")
        if child.tag != f"{SVG}tspan":
            child.tail = None
        _clean_element(child, rules)


def _presentation(style: str) -> dict[str, str]:
    declarations = (declaration.partition(":") for declaration in style.split(";"))
    pairs = {name.strip(): value.strip() for name, _, value in declarations}
    return {name: value for name, value in pairs.items() if name in OWN_PROPERTIES}


def _keeps(name: str, value: str) -> bool:
    """Say whether an attribute stays. Raises UnsafeDrawingError where dropping it would hide an attack."""
    if name.lower().startswith("on"):
        raise UnsafeDrawingError(f"attribute {name}")
    if name in {"href", f"{XLINK}href"} and not value.startswith("#"):
        raise UnsafeDrawingError(f"reference to {value[:60]}")
    if FOREIGN_REFERENCE.search(value):
        raise UnsafeDrawingError(f"reference in {name}: {value[:60]}")
    return not name.startswith("{") or name == f"{XLINK}href"


def _size(root: Element) -> tuple[float, float]:
    """Return the view box's size, adding the view box where the drawing only has a width and a height."""
    if "viewBox" not in root.attrib:
        root.set("viewBox", f"0 0 {root.get('width', '')} {root.get('height', '')}")
    try:
        _, _, width, height = map(float, re.split(r"[\s,]+", root.attrib["viewBox"].strip()))
    except ValueError as error:
        raise UnsafeDrawingError("no usable view box") from error
    if width <= 0 or height <= 0:
        raise UnsafeDrawingError("an empty view box")
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    return width, height
