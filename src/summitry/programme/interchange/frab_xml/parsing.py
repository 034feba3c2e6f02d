"""From untrusted text to an element tree, in bounded time and memory, or to a problem that names the place."""

from __future__ import annotations

import html
import re
import sys
from typing import TYPE_CHECKING

from summitry.foundation.tables.findings import FileCode
from summitry.programme.interchange.problems import ProblemCode, Problems
from summitry.programme.interchange.texts import clean

if TYPE_CHECKING:
    from lxml import etree

MAX_TAGS = 600_000
_DECLARATION = re.compile(r"\s*(<\?xml\b[^>]{0,400}\?>)?\s*")
_SPACE = re.compile(r"\s*")
_REFERENCE = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([A-Za-z][A-Za-z0-9]{1,30}));")
_POSITION = re.compile(r", line \d+, column \d+$")
_BUILT_IN = frozenset(("amp", "lt", "gt", "quot", "apos"))


def parse_xml(text: str, problems: Problems) -> etree._Element | None:
    """The root element. Document types are refused whole: no schedule needs one, and every XML attack does."""
    if text.count("<") > MAX_TAGS:
        problems.error(FileCode.TOO_COMPLEX, "", limit=MAX_TAGS)
        return None
    cleaned = clean(text)
    if len(cleaned) != len(text):
        problems.note(ProblemCode.CONTROL_CHARACTERS, "")
    declaration = _DECLARATION.match(cleaned)
    skipped = declaration.end() if declaration else 0
    # Line breaks stay, so that the line numbers of problems are those of the file.
    body = "\n" * cleaned.count("\n", 0, skipped) + cleaned[skipped:]
    if not _prolog_is_plain(body, problems):
        return None
    return _parse(body, problems)


def _prolog_is_plain(body: str, problems: Problems) -> bool:
    """Whether the first markup other than comments and instructions is an element, and not one of a web page."""
    position = _end_of_prolog(body)
    start = body[position : position + 20].lower()
    where = f"line {body.count(chr(10), 0, position) + 1}"
    if start.startswith(("<!doctype html", "<html")):
        problems.error(ProblemCode.HTML_PAGE, where, title=_page_title(body))
        return False
    if start.startswith("<!"):
        problems.error(FileCode.DTD_REFUSED, where)
        return False
    return True


def _end_of_prolog(body: str) -> int:
    position = 0
    while True:
        space = _SPACE.match(body, position)
        position = space.end() if space else position
        for opening, closing in (("<!--", "-->"), ("<?", "?>")):
            if body.startswith(opening, position) and (end := body.find(closing, position)) >= 0:
                position = end + len(closing)
                break
        else:
            return position


def _page_title(body: str) -> str:
    match = re.search(r"<title[^>]{0,200}>([^<]{0,200})", body[:20_000], re.IGNORECASE)
    return html.unescape(match[1]).strip() if match else ""


def _parse(body: str, problems: Problems) -> etree._Element | None:
    from lxml import etree  # noqa: PLC0415 - heavy: 4 MB that only a process which reads a file need hold

    try:
        root = _element_of(body)
    except etree.XMLSyntaxError as error:
        repaired = _REFERENCE.sub(_legal_reference, body) if body.count("&") <= MAX_TAGS else body
        if repaired == body:
            _tell(error, problems)
            return None
        try:
            root = _element_of(repaired)
        except etree.XMLSyntaxError:
            _tell(error, problems)
            return None
        problems.warning(ProblemCode.ENTITIES_REPLACED, f"line {error.lineno or 1}")
    if root.getroottree().docinfo.internalDTD is not None:
        problems.error(FileCode.DTD_REFUSED, "")
        return None
    return root


def _element_of(body: str) -> etree._Element:
    from lxml import etree  # noqa: PLC0415 - as above

    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        strip_cdata=True,
    )
    return etree.fromstring(body.encode("utf-8"), parser)


def _legal_reference(match: re.Match[str]) -> str:
    """HTML's names for characters, which XML does not know, and references to characters that XML does not allow."""
    hexadecimal, decimal, name = match.groups()
    if name:
        known = match[0] if name in _BUILT_IN else html.unescape(match[0])
        return match[0] if known == match[0] else html.escape(known, quote=False)
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return match[0] if number <= sys.maxunicode and clean(chr(number)) else ""


def _tell(error: etree.XMLSyntaxError, problems: Problems) -> None:
    line, column = error.position
    reason = _POSITION.sub("", str(error.msg or ""))
    problems.error(ProblemCode.XML_SYNTAX, f"line {line}", column=column, reason=reason[:200])
