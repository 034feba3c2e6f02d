"""XML that is written as text is what a library would have written, however hostile the strings."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from summitry.programme.interchange.document import (
    Conference,
    Event,
    EventPerson,
    Generator,
    Reference,
    ScheduleDocument,
    Track,
)
from summitry.programme.interchange.frab_xml import read_frab_xml, write_frab_xml
from summitry.programme.interchange.frab_xml.markup import attributes, branch, contents, leaf
from summitry.programme.interchange.texts import clean
from tests.programme.interchange.test_plain import PLAIN
from tests.programme.interchange.test_writing import CONFERENCE, document
from tests.programme.interchange.wild import GUID_B

HOSTILE = st.one_of(
    st.text(max_size=20),
    st.text(
        st.sampled_from("<>&\"'?]! \t\n\r\x00\x0b\x1f\x7f\x85\u2028\ufffe\ufffdé中\U0001f600;#x26"),
        max_size=12,
    ),
    st.sampled_from(
        ["]]>", "<![CDATA[", "&amp;", "&#13;", "?>", "-->", "</event>", "\r\n", "\x1f\x1f", "<?summitry x?>"]
    ),
)
RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def printed(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", pretty_print=True)


@RELAXED
@given(text=HOSTILE, values=st.dictionaries(st.sampled_from(["name", "guid", "href"]), HOSTILE))
def test_elements_are_written_as_the_library_writes_them(text: str, values: dict[str, str]) -> None:
    element = etree.Element("title", {name: clean(value) for name, value in values.items()})
    element.text = clean(text) or None
    assert leaf(0, "title", text, attributes(values)) == printed(element)
    parent = etree.Element("room")
    parent.append(element)
    assert branch(0, "room", leaf(1, "title", text, attributes(values))) == printed(parent)


@RELAXED
@given(texts=st.lists(HOSTILE, min_size=1))
def test_texts_escaped_together_are_those_escaped_one_by_one(texts: list[str]) -> None:
    alone = [leaf(0, "a", text).removesuffix("\n") for text in texts]
    assert [f"<a>{each}</a>" if each else "<a/>" for each in contents(texts, are_clean=False)] == alone
    assert contents(map(clean, texts), are_clean=True) == contents(texts, are_clean=False)


REFERENCES = st.lists(
    st.builds(
        Reference,
        url=st.one_of(HOSTILE, st.just("https://example.org/?a=1&b=<")),
        title=HOSTILE,
        type=HOSTILE,
    ),
    max_size=2,
).map(tuple)
PERSONS = st.lists(
    st.builds(EventPerson, name=HOSTILE, id=st.one_of(st.none(), st.integers(-5, 5)), url=HOSTILE), max_size=2
).map(tuple)
EVENTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(
            (
                "title",
                "subtitle",
                "track",
                "type",
                "language",
                "abstract",
                "description",
                "code",
                "slug",
                "url",
            ),
            HOSTILE,
        ),
        **dict.fromkeys(
            ("logo", "recording_license", "feedback_url", "origin_url", "video_download_url"), HOSTILE
        ),
        "do_not_record": st.sampled_from([None, True, False]),
        "links": REFERENCES,
        "attachments": REFERENCES,
        "persons": PERSONS,
        "extra": st.dictionaries(HOSTILE, HOSTILE, max_size=2),
        "duration": st.integers(-100, 10_000).map(lambda minutes: dt.timedelta(minutes=minutes)),
    },
)
CONFERENCES = st.builds(
    lambda name, track, color: replace(
        CONFERENCE,
        title=name,
        colors={"primary": "#a0b0c0", color: name, "xmlns": name, "xml-space": name},
        tracks=(Track(name=track, slug=track, color=track),),
    ),
    HOSTILE, HOSTILE, HOSTILE,
)  # fmt: skip


@RELAXED
@given(facts=EVENTS, others=EVENTS, conference=CONFERENCES, name=HOSTILE)
def test_hostile_documents_are_well_formed_and_settled(
    facts: dict[str, Any], others: dict[str, Any], conference: Conference, name: str
) -> None:
    """A parser reads the text, prints it to the letter, and our reader, once it has read it, reads the same for ever."""
    events: tuple[Event, ...] = (replace(PLAIN, **facts), replace(PLAIN, guid=GUID_B, id=2, **others))
    written = write_frab_xml(_hostile(document(*events, conference=conference), name))
    tree = etree.fromstring(written)
    assert etree.tostring(tree, encoding="utf-8", xml_declaration=True) + b"\n" == written
    assert tree.xpath("count(//event)") == 2
    assert {child.tag for child in tree.iter(etree.Element)} <= KNOWN
    found = read_frab_xml(written).document
    assert found is not None
    assert read_frab_xml(write_frab_xml(found)).document == found


def _hostile(written: ScheduleDocument, name: str) -> ScheduleDocument:
    return replace(written, version=name, url=name, generator=Generator(name=name, version=name, url=name))


KNOWN = set(
    "schedule generator url version conference title acronym start end days timeslot_duration base_url logo"
    " time_zone_name color track day room event subtitle type date duration abstract slug persons person language"
    " description recording license optout links link attachments attachment video_download_url feedback_url"
    " origin_url".split()
)
