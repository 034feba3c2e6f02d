"""Files that are broken, or meant to break us: a clear problem, no document, no exception, no time lost."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.sentences import sentence

MB = 1024 * 1024
BOMB = "<!DOCTYPE s [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><schedule>&c;</schedule>"
EXTERNAL = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><version>&x;</version></schedule>'
REMOTE = '<?xml version="1.0"?>\n<!-- hello -->\n<!DOCTYPE s SYSTEM "http://127.0.0.1:9/s.dtd">\n<schedule/>'


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        (b"", "empty-file", ""),
        (b" \r\n\t", "empty-file", ""),
        (b"\0\0\0\0", "empty-file", ""),
        (BOMB.encode(), "dtd-refused", "line 1"),
        (BOMB.encode("utf-16"), "dtd-refused", "line 1"),
        (EXTERNAL.encode(), "dtd-refused", "line 1"),
        (REMOTE.encode(), "dtd-refused", "line 3"),
        (b"<schedule>&undefined;</schedule>", "xml-syntax", "line 1"),
        (b"<schedule>\n<conference>\n</schedule>", "xml-syntax", "line 3"),
        (b"<schedule>\n<title>R&D</title></schedule>", "xml-syntax", "line 2"),
        (b"<schedule>" + b"<a>" * 5000, "xml-syntax", "line 1"),
        (b"<schedule>" + b"<a/>" * 700_000, "too-complex", ""),
        (b"<rss><channel/></rss>", "wrong-root", "line 1"),
        (b"<schedule/>", "no-days", "conference"),
        (b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title>", "html-page", "line 1"),
        (b"\n<HTML lang=en><title>Log in", "html-page", "line 2"),
        (b'{"schedule": {"conference": ', "json-syntax", "line 1"),
        (b'{"schedule": {"conference": {"x": NaN}}}', "json-syntax", ""),
        (b'{"schedule": {"conference": {"x": -Infinity}}}', "json-syntax", ""),
        (b"[" * 100_000, "too-deep", ""),
        (b'{"a":' * 100_000, "too-deep", ""),
        (b'{"schedule":{"conference":{"x":' + b"[" * 70 + b"]" * 70 + b"}}}", "too-deep", ""),
        (b"[[]," + b"[]," * 400_000 + b"[]]", "too-complex", ""),
        (b"[1, 2, 3]", "wrong-root", ""),
        (b'{"talks": []}', "wrong-root", ""),
        (b'{"schedule": {"2025-11-01": {}}}', "wrong-root", ""),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "unknown-format", ""),
        (b"PK\x03\x04 and so on", "unknown-format", ""),
        (b"%PDF-1.7", "unknown-format", ""),
        (b"just some words", "unknown-format", ""),
        (b"\xff\xfe<\0s\0\xd8", "encoding-unreadable", "line 1"),
    ],
)
def test_bad_file_gives_one_clear_error(data: bytes, code: str, where: str):
    began = time.perf_counter()
    reading = read_schedule(data, "schedule.xml")
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert reading.document is None
    assert [(problem.code, problem.where) for problem in errors] == [(code, where)]
    assert all(sentence(problem) for problem in reading.problems)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("start", [b"<schedule>", b'{"schedule":', b"Title,Start\n"])
def test_file_beyond_the_limit_is_refused(start: bytes):
    reading = read_schedule(start + b" " * (50 * MB) + b"x")
    assert reading.document is None
    assert [problem.code for problem in reading.problems] == ["too-large"]


def test_too_many_events_are_refused():
    events = b'<event id="1"/>' * 20_001
    reading = read_schedule(
        b'<schedule><conference><title>T</title></conference><day date="2024-08-01"><room name="A">%s</room></day></schedule>'
        % events
    )
    assert (reading.document, [problem.code for problem in reading.problems]) == (None, ["too-complex"])


def test_many_problems_of_one_kind_are_counted():
    events = b"<event><start>x</start></event>" * 500
    reading = read_schedule(
        b'<schedule><conference><title>T</title></conference><day date="2024-08-01"><room name="A">%s</room></day></schedule>'
        % events
    )
    missing = [problem for problem in reading.problems if problem.code == "start-missing"]
    assert (len(missing), sum(problem.count for problem in missing)) == (100, 500)


def test_character_names_of_html_are_replaced():
    reading = read_schedule(
        b"<schedule><conference><title>Caf&eacute;&nbsp;&amp; &lt;Bar&gt;&#11;</title></conference></schedule>"
    )
    assert reading.document is not None
    assert reading.document.conference.title == "Café\xa0& <Bar>"
    assert reading.problems[0].code == "entities-replaced"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_answered(data: bytes):
    for start in (b"", b"<", b"{", b"<schedule>", b'{"schedule":{"conference":{', b"\xff\xfe", b"PK\x03\x04"):
        reading = read_schedule(start + data)
        assert reading.document is not None or any(
            problem.severity == "error" for problem in reading.problems
        )
