"""Writing schedule XML that validates, and that our own reader understands exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from summitry.programme.interchange.arrangement import arranged, with_a_day
from summitry.programme.interchange.assembly import assemble
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.frab_xml.event_writing import carried
from summitry.programme.interchange.frab_xml.frame import Frame
from summitry.programme.interchange.frab_xml.reading import raw_from_element
from summitry.programme.interchange.problems import Problems
from summitry.programme.interchange.remainder import document_remainder, event_remainder

if TYPE_CHECKING:
    from lxml import etree


def write_frab_xml(document: ScheduleDocument) -> bytes:
    """The document as schedule XML in UTF-8.

    Values that the schema does not allow are repaired, always in the same way; what that changes travels in
    processing instructions that other systems pass over. To know what changed, the frame and whatever is not plain
    are read again.
    """
    original = arranged(document)
    frame = Frame(with_a_day(original))
    raw = raw_from_element(_read_again(frame.data(with_plain=False)), Problems())
    understood = assemble(raw).document
    remainder = ""
    if understood is not None:
        remainder = carried(1, document_remainder(original, understood, raw))
        raw_events = [event for day in raw.days for room in day.rooms for event in room.events]
        for written, raw_event, found in zip(frame.odd_events(), raw_events, understood.events, strict=True):
            written.remainder = carried(4, event_remainder(written.event, found, raw_event))
    return frame.data(remainder)


class _Node(ET.Element):
    """An element as far as our reader asks one for what it says. lxml, with which it reads files, would take 4 MB."""

    sourceline = 0

    def getprevious(self) -> None:
        """What stands before the root; nothing does here."""


def _read_again(data: bytes) -> etree._Element:
    parser = ET.XMLParser(target=ET.TreeBuilder(element_factory=_Node))  # noqa: S314 - as above
    parser.feed(data)
    root: Any = parser.close()
    return root  # type: ignore[no-any-return] # what of an element our reader uses, this one has
