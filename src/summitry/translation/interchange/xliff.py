"""XLIFF 2: the exchange format of translation tools (OASIS, versions 2.0 and 2.1; the core, and the glossary on writing).

A file has one source and one target language. Every text is a unit whose id is ours; the edition stands in `original`.
Reading is hardened: no document types, no entities, no network, bounded size; inline elements become plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from lxml import etree

from summitry.foundation.i18n import language_tag
from summitry.translation.errors import FileRefused
from summitry.translation.interchange.records import (
    LARGEST,
    MOST,
    Document,
    Entry,
    Standing,
    storable,
    stripped,
)

CORE = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
VERSIONS = frozenset({"2.0", "2.1", "2.2"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PREFIX = "summitry"
_ORDER = (Standing.INITIAL, Standing.TRANSLATED, Standing.REVIEWED)
_STATES = {
    "initial": Standing.INITIAL,
    "translated": Standing.TRANSLATED,
    "reviewed": Standing.REVIEWED,
    "final": Standing.REVIEWED,
}
_DEEPEST = 40


def write_xliff(entries: Iterable[Entry], source_lang: str, target_lang: str, edition: str) -> bytes:
    """Return texts, all from one language into one other, as an XLIFF 2 file."""
    root = etree.Element(
        f"{{{CORE}}}xliff",
        {"version": "2.0", "srcLang": language_tag(source_lang), "trgLang": language_tag(target_lang)},
        nsmap={None: CORE, "gls": GLOSSARY},  # type: ignore[dict-item] # the stubs forget the default namespace
    )
    file = etree.SubElement(
        root,
        f"{{{CORE}}}file",
        {"id": "texts", "original": edition, "canResegment": "no", _SPACE: "preserve"},
    )
    for entry in entries:
        _write_unit(file, entry)
    if not len(file):
        root.remove(file)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def read_xliff(data: bytes) -> Document:
    """Read an XLIFF 2 file. Raises FileRefused for what is none, or for what no honest tool writes."""
    root = _root(data)
    source_lang, target_lang = (root.get(name, "").lower() for name in ("srcLang", "trgLang"))
    entries: list[Entry] = []
    edition = ""
    for file in root.iterchildren(f"{{{CORE}}}file"):
        edition = edition or file.get("original", "")
        for unit in file.iter(f"{{{CORE}}}unit"):
            entries.append(_read_unit(unit, source_lang, target_lang))
            if len(entries) > MOST:
                raise FileRefused(reason=_("too many texts"))
    return Document(tuple(entries), edition, target_lang)


def _write_unit(file: etree._Element, entry: Entry) -> None:
    unit = etree.SubElement(file, f"{{{CORE}}}unit", {"id": entry.id, "name": stripped(entry.context)[:200]})
    if entry.terms:
        glossary = etree.SubElement(unit, f"{{{GLOSSARY}}}glossary")
        for term, wording in entry.terms:
            item = etree.SubElement(glossary, f"{{{GLOSSARY}}}glossEntry")
            etree.SubElement(item, f"{{{GLOSSARY}}}term").text = stripped(term)
            etree.SubElement(item, f"{{{GLOSSARY}}}translation").text = stripped(wording)
    notes = [("context", f"{entry.kind} · {entry.field} · {entry.context}"), ("limit", entry.note)]
    box = etree.SubElement(unit, f"{{{CORE}}}notes")
    for category, words in notes:
        if words:
            etree.SubElement(box, f"{{{CORE}}}note", {"category": category}).text = stripped(words)
    attributes = {"id": "1", "state": str(entry.standing)}
    if entry.state:
        attributes["subState"] = f"{_PREFIX}:{entry.state}"
    segment = etree.SubElement(unit, f"{{{CORE}}}segment", attributes)
    etree.SubElement(segment, f"{{{CORE}}}source").text = entry.source or ""
    if entry.target is not None:
        etree.SubElement(segment, f"{{{CORE}}}target").text = entry.target


def _read_unit(unit: etree._Element, source_lang: str, target_lang: str) -> Entry:
    """Tools may cut a text into several segments: their texts are joined again, and the least of their states counts."""
    sources: list[str] = []
    targets: list[str] = []
    standings: list[Standing] = []
    state, has_target = "", False
    for part in unit.iterchildren(f"{{{CORE}}}segment", f"{{{CORE}}}ignorable"):
        source, target = part.find(f"{{{CORE}}}source"), part.find(f"{{{CORE}}}target")
        source_text = _text(source) if source is not None else ""
        is_segment = part.tag == f"{{{CORE}}}segment"
        sources.append(source_text)
        if target is not None:
            has_target = has_target or is_segment
            targets.append(_text(target))
        elif not is_segment:
            targets.append(source_text)  # what lies between segments stays as it is
        if is_segment:
            state = state or part.get("subState", "")
            standings.append(_STATES.get(part.get("state", ""), Standing.INITIAL))
    standing = min(standings, key=_ORDER.index, default=Standing.INITIAL)
    words = "".join(targets)
    return Entry(
        id=unit.get("id", ""),
        source="".join(sources),
        target=words if has_target and words else None,
        standing=standing,
        source_lang=source_lang,
        target_lang=target_lang,
        context=unit.get("name", ""),
        state=state.removeprefix(f"{_PREFIX}:") if state.startswith(f"{_PREFIX}:") else "",
        where=str(unit.sourceline),
    )


def _text(element: etree._Element) -> str:
    """The words in `element`: what spans enclose, what placeholders stand for, characters given by number."""
    return "".join(_pieces(element, 0))


def _pieces(element: etree._Element, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise FileRefused(reason=_("elements are nested too deeply"))
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            name = etree.QName(child).localname
            if name == "cp":
                yield _character(child.get("hex", ""))
            elif name == "ph":
                yield child.get("equiv", "")
            else:
                yield from _pieces(child, depth + 1)
        yield child.tail or ""


def _character(hexadecimal: str) -> str:
    try:
        character = chr(int(hexadecimal, 16))
    except (ValueError, OverflowError):
        return ""
    return character if storable(character) else ""


def _root(data: bytes) -> etree._Element:
    if len(data) > LARGEST:
        raise FileRefused(reason=_("it is too large"))
    head = data.replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise FileRefused(reason=_("document types and entities are not accepted"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        reason = str(error) or _("it is not XML")
        raise FileRefused(reason=reason[:200]) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused(reason=_("document types and entities are not accepted"))
    name = etree.QName(root)
    if name.localname != "xliff":
        raise FileRefused(reason=_("it is not XLIFF"))
    if name.namespace != CORE or root.get("version") not in VERSIONS:
        version = root.get("version", "")
        raise FileRefused(
            reason=_("only XLIFF 2 is read, this is version %(version)s") % {"version": version}
        )
    return root
