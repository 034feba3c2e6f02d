"""A plain event is not read again when it is written, and still nothing of it is lost."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.programme.interchange.addresses import http_address, is_plain_address
from summitry.programme.interchange.document import EventPerson, Reference, ScheduleDocument
from summitry.programme.interchange.frab_json import read_frab_json, write_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml, write_frab_xml
from summitry.programme.interchange.plain import is_plain
from tests.programme.interchange.test_writing import CONFERENCE, EVENT, document
from tests.programme.interchange.wild import GUID_B

PLAIN = replace(
    EVENT,
    url="http://127.0.0.1:8000/en/summit/sessions/talk/",
    code="talk-of-the-town",
    slug="summit-talk-of-the-town",
    subtitle="开幕式",
    abstract="One.\n\nTwo.",
    persons=(
        EventPerson(
            name="Ada", id=5, guid=GUID_B, url="https://example.org/ada", extra={"biography": "B\nb"}
        ),
        EventPerson(name="Bo"),
    ),
    extra={"translations": {"title": {"fr": "Discours"}}},
)
ODD: list[dict[str, Any]] = [
    {"title": "two\nlines"},
    {"title": "a\x00b"},
    {"abstract": "\nmargin"},
    {"abstract": "margin "},
    {"room": " "},
    {"url": ""},
    {"url": "https://example.org/ä"},
    {"duration": dt.timedelta(seconds=90)},
    {"duration": dt.timedelta(hours=100)},
    {"duration": dt.timedelta(minutes=-1)},
    {"starts_at": dt.datetime(1800, 1, 1, tzinfo=dt.UTC)},
    {"do_not_record": False},
    {"do_not_stream": True},
    {"logo": "https://example.org/l.png"},
    {"recording_license": "CC0"},
    {"video_download_url": "https://example.org/v"},
    {"links": (Reference(url="https://example.org/"),)},
    {"persons": (EventPerson(name=" ", id=1),)},
    {"persons": (EventPerson(name="Ada", guid="nobody"),)},
    {"persons": (EventPerson(name="Ada", url="mailto:a@example.org"),)},
    {"persons": (EventPerson(name="Ada", extra={"biography": None}),)},
    {"persons": (EventPerson(name="Ada", extra={"avatar": None}),)},
]


def test_what_our_own_editions_say_is_plain() -> None:
    assert is_plain(PLAIN)


@pytest.mark.parametrize("odd", ODD)
def test_whatever_might_be_changed_on_its_way_is_not_plain(odd: dict[str, Any]) -> None:
    assert not is_plain(replace(PLAIN, **odd))


def survives(written: ScheduleDocument) -> None:
    for reading in (read_frab_xml(write_frab_xml(written)), read_frab_json(write_frab_json(written))):
        assert reading.document == written
        assert "remainder-stale" not in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Argentina/Buenos_Aires", "Etc/GMT-2", ""])
def test_plain_events_survive_beside_odd_ones(zone: str) -> None:
    odd = replace(PLAIN, guid=GUID_B, id=2, slug="Odd Slug", logo="/l.png", extra={"fee": 5})
    survives(document(PLAIN, odd, conference=replace(CONFERENCE, time_zone=zone or "UTC")))
    survives(document(odd, replace(PLAIN, slug=""), conference=replace(CONFERENCE, time_zone=zone or "UTC")))


_texts = st.text(st.one_of(st.characters(), st.sampled_from(" \n\r\t\x0b\x85\u2028&<>]?")), max_size=12)


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(
    facts=st.fixed_dictionaries({}, optional=dict.fromkeys(("title", "subtitle", "track", "type"), _texts)),
    blocks=st.fixed_dictionaries({}, optional=dict.fromkeys(("abstract", "description"), _texts)),
    name=_texts,
    minutes=st.integers(0, 99 * 60),
)
def test_any_event_that_is_plain_survives(
    facts: dict[str, Any], blocks: dict[str, Any], name: str, minutes: int
) -> None:
    persons = (EventPerson(name=name, id=7, extra={"biography": name}),)
    event = replace(PLAIN, **facts, **blocks, duration=dt.timedelta(minutes=minutes), persons=persons)
    if is_plain(event):
        survives(document(event))


@given(address=st.from_regex(r"https?://[a-z0-9._-]+(:[0-9]{1,5})?(/[A-Za-z0-9/._~-]*)?", fullmatch=True))
def test_plain_address_is_legal_as_it_is(address: str) -> None:
    if is_plain_address(address):
        assert http_address(f" {address}") == address


def test_any_port_below_65000_is_plain() -> None:
    ports = ("1", "80", "8000", "10000", "59999", "64999", "0", "080", "65000", "65536", "100000")
    plain = [port for port in ports if is_plain_address(f"http://127.0.0.1:{port}/en/")]
    assert plain == ["1", "80", "8000", "10000", "59999", "64999"]
