"""Writing schedule XML that validates, and that our own reader understands exactly."""

from lxml import etree

from summitry.programme.interchange.arrangement import arranged, with_a_day
from summitry.programme.interchange.assembly import assemble
from summitry.programme.interchange.document import ScheduleDocument
from summitry.programme.interchange.frab_xml.event_writing import carried
from summitry.programme.interchange.frab_xml.frame import Frame
from summitry.programme.interchange.frab_xml.reading import raw_from_element
from summitry.programme.interchange.problems import Problems
from summitry.programme.interchange.remainder import document_remainder, event_remainder


def write_frab_xml(document: ScheduleDocument) -> bytes:
    """The document as schedule XML in UTF-8.

    Values that the schema does not allow are repaired, always in the same way; what that changes travels in
    processing instructions that other systems pass over. To know what changed, the frame and whatever is not plain
    are read again.
    """
    original = arranged(document)
    frame = Frame(with_a_day(original))
    raw = raw_from_element(_read_again(frame.text(with_plain=False)), Problems())
    understood = assemble(raw).document
    remainder = ""
    if understood is not None:
        remainder = carried(1, document_remainder(original, understood, raw))
        raw_events = [event for day in raw.days for room in day.rooms for event in room.events]
        for written, raw_event, found in zip(frame.odd_events(), raw_events, understood.events, strict=True):
            written.remainder = carried(4, event_remainder(written.event, found, raw_event))
    return frame.text(remainder).encode()


def _read_again(text: str) -> etree._Element:
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(text.encode(), parser)
