"""The format is told by the content."""

import pytest

from summitry.foundation.tables.findings import FileCode
from summitry.programme.interchange.detect import read_schedule, sniff
from summitry.programme.interchange.problems import Problem, ProblemCode, Severity
from summitry.programme.interchange.sentences import SENTENCES, sentence


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<schedule/>", "xml"),
        (b"\xef\xbb\xbf \n<schedule/>", "xml"),
        ("<schedule/>".encode("utf-16"), "xml"),
        ("<schedule/>".encode("utf-16-be"), "xml"),
        (b" " * 5000 + b"<schedule/>", "xml"),
        (b'{"schedule": 1}', "json"),
        ('{"schedule": 1}'.encode("utf-16-le"), "json"),
        (b"[]", "json"),
        (b"", None),
        (b"Title,Start", None),
    ],
)
def test_sniff_looks_at_the_first_character(data: bytes, expected: str | None):
    assert sniff(data) == expected


@pytest.mark.parametrize(
    ("data", "filename", "seen"),
    [
        (b"PK\x03\x04", "programme.xlsx", "XLSX"),
        (b"PK\x03\x04", "programme", "ZIP"),
        (b"\xd0\xcf\x11\xe0", "old.xls", "XLS"),
        (b"\x1f\x8b", "schedule.xml.gz", "gzip"),
        (b"BEGIN:VCALENDAR", "a.ics", "iCalendar"),
        (b"a;b", "a.csv", "CSV"),
        (b"hello", "schedule.xml", "text"),
    ],
)
def test_read_schedule_says_what_it_saw(data: bytes, filename: str, seen: str):
    reading = read_schedule(data, filename)
    (problem,) = reading.problems
    assert (reading.document, problem.code, problem.params["seen"]) == (None, "unknown-format", seen)


def test_every_kind_of_problem_has_its_sentence():
    assert set(SENTENCES) == {*ProblemCode, *FileCode}


def test_sentence_fills_in_the_parameters():
    problem = Problem(Severity.ERROR, "", FileCode.TOO_LARGE, {"size": 60, "limit": 50})
    assert sentence(problem) == "The file is larger than 50 MB."
