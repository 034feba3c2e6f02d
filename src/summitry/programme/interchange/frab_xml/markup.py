"""XML as text: content and attribute values escaped as libxml2 writes them, elements on lines of their own.

Writing hundreds of events so takes a fraction of what building a tree and printing it takes. Nothing here knows what a
schedule is.
"""

from collections.abc import Iterable, Mapping

from summitry.programme.interchange.texts import clean

DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"
_STEP = "  "
_BETWEEN = "\x1f"
"""A character that no clean text holds."""


def content(text: str) -> str:
    """``text`` between two tags."""
    return escaped(clean(text))


def escaped(text: str) -> str:
    """Clean ``text`` between two tags. A carriage return must be a reference, or a parser would make it a line feed."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;") if "\r" in text else text


def quoted(text: str) -> str:
    """``text`` as an attribute's value with its quotes. White space has to be references, or it would become spaces."""
    text = content(text).replace('"', "&quot;")
    if "\n" in text or "\t" in text:
        text = text.replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def attributes(values: Mapping[str, str] | Iterable[tuple[str, str]]) -> str:
    """The attributes of a tag, each after a space; the names have to be legal."""
    pairs = values.items() if isinstance(values, Mapping) else values
    return "".join(f" {name}={quoted(value)}" for name, value in pairs)


def contents(texts: Iterable[str], *, are_clean: bool) -> list[str]:
    """Several texts between tags, escaped in one go. That they ``are_clean`` already may be known (see ``plain``)."""
    together = _BETWEEN.join(texts if are_clean else map(clean, texts))
    return escaped(together).split(_BETWEEN)


def leaf(depth: int, name: str, text: str, given: str = "") -> str:
    """An element that holds nothing but ``text``; ``given`` are its finished attributes."""
    return filled_leaf(depth, name, content(text), given)


def filled_leaf(depth: int, name: str, inner: str, given: str = "") -> str:
    """The same for escaped text."""
    if inner:
        return f"{_STEP * depth}<{name}{given}>{inner}</{name}>\n"
    return f"{_STEP * depth}<{name}{given}/>\n"


def branch(depth: int, name: str, inner: str, given: str = "") -> str:
    """An element that holds finished elements."""
    if inner:
        return f"{_STEP * depth}<{name}{given}>\n{inner}{_STEP * depth}</{name}>\n"
    return f"{_STEP * depth}<{name}{given}/>\n"


def instruction(depth: int, target: str, text: str) -> str:
    """A processing instruction; ``text`` must not hold its end."""
    return f"{_STEP * depth}<?{target} {text}?>\n"
