"""Encodings, declared truly, falsely or not at all."""

import pytest

from summitry.foundation.tables.source import read_source
from summitry.programme.interchange.frab_json import read_frab_json
from summitry.programme.interchange.frab_xml import read_frab_xml
from summitry.programme.interchange.problems import Problems

XML = '<?xml version="1.0" encoding="{}"?>\n<schedule><conference><title>{}</title></conference></schedule>'
JSON = '{"schedule": {"conference": {"title": "Łódź — 开幕 — افتتاح"}}}'


def title(data: bytes) -> tuple[str, list[str]]:
    reading = read_frab_xml(data)
    assert reading.document is not None
    told = [str(problem.code) for problem in reading.problems if problem.code.startswith("encoding")]
    return reading.document.conference.title, told


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("UTF-8", "utf-8", "Łódź — 开幕 — افتتاح"),
        ("utf-8", "utf-8-sig", "Łódź — 开幕"),
        ("UTF-16", "utf-16", "Łódź — 开幕"),
        ("UTF-16", "utf-16-le", "Łódź — 开幕"),
        ("UTF-16", "utf-16-be", "Łódź — 开幕"),
        ("UTF-8", "utf-16", "Łódź — 开幕"),
        ("UTF-32", "utf-32", "Łódź — 开幕"),
        ("ISO-8859-1", "latin-1", "Café"),
        ("windows-1252", "cp1252", "Café — “Bar”"),
        ("windows-1251", "cp1251", "Открытие форума"),
        ("GB18030", "gb18030", "开幕式"),
        ("Shift_JIS", "shift_jis", "開会式"),
        ("unknown-9", "utf-8", "Café"),
        ("unicode_escape", "utf-8", "Café \\u0041"),
    ],
)
def test_true_declarations_and_byte_order_marks_are_followed(declared: str, encoding: str, text: str):
    assert title(XML.format(declared, text).encode(encoding)) == (text, [])


def test_windows_bytes_labelled_utf_8_are_read_with_a_warning():
    text = "Réunion générale — “l’été”"
    assert title(XML.format("UTF-8", text).encode("cp1252")) == (text, ["encoding-guessed"])


def test_stray_windows_bytes_among_utf_8_are_read_one_by_one():
    data = XML.format("UTF-8", "Łódź 开幕 Caf@").encode().replace(b"@", b"\xe9")
    assert title(data) == ("Łódź 开幕 Café", ["encoding-guessed"])


def test_cyrillic_bytes_labelled_utf_8_are_recognised():
    text = "Открытие международного форума и пленарное заседание участников"
    assert title(XML.format("UTF-8", text).encode("cp1251")) == (text, ["encoding-guessed"])


def test_guess_names_the_line_and_the_byte():
    problems = Problems()
    source = read_source(b"first\nsecond \xe9\n", problems)
    assert source is not None
    assert source.text == "first\nsecond é\n"
    (problem,) = problems.condensed()
    assert (problem.where, problem.params["offset"]) == ("line 2", 13)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_is_read_in_every_unicode_encoding(encoding: str):
    reading = read_frab_json(JSON.encode(encoding))
    assert reading.document is not None
    assert reading.document.conference.title == "Łódź — 开幕 — افتتاح"


def test_cdata_comments_and_instructions_do_not_disturb():
    data = (
        b"\n  <?xml version='1.0'?><!-- a -- ><!DOCTYPE b> --><?style x?>\n<schedule><?php echo ?><conference><!-- c -->"
        b"<title>A<!-- d --><![CDATA[ & ]]>B</title></conference></schedule><!-- e -->"
    ).replace(b"-- >", b"- >")
    assert title(data) == ("A & B", [])


def test_namespaces_are_overlooked():
    data = b'<s:schedule xmlns:s="urn:x"><s:conference><s:title>N</s:title></s:conference></s:schedule>'
    assert title(data) == ("N", [])
