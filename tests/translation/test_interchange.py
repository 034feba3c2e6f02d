"""Files: what is written is read again, and what no honest tool writes is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from summitry.translation.errors import FileRefused
from summitry.translation.interchange.records import Entry, Standing, storable
from summitry.translation.interchange.table import read_table, write_table
from summitry.translation.interchange.xliff import CORE, read_xliff, write_xliff

words = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r").filter(storable),
    min_size=1,
    max_size=40,
) | st.sampled_from(
    ["=1+1", "'=x", "''-", "@cmd", "a,b;c\td", '"quoted"', "مرحبا", "数字", "a\n\nb", " edge "]
)
entries = st.lists(
    st.builds(
        Entry,
        id=st.from_regex(r"[a-z]{2,9}\.[a-z]{2,9}:[1-9][0-9]{0,5}:[a-z]{2,9}", fullmatch=True),
        source=words,
        target=words | st.none(),
        standing=st.sampled_from(Standing),
        source_lang=st.just("en"),
        target_lang=st.just("zh-hans"),
        context=words.map(lambda text: text.replace("\n", " ")),
        kind=st.just("Session"),
        field=st.just("Title"),
        terms=st.lists(st.tuples(words, words), max_size=2).map(tuple),
    ),
    max_size=6,
)


def bare(entry: Entry) -> tuple[str, str | None, str | None]:
    return entry.id, entry.source, entry.target


@given(entries)
def test_xliff_says_again_what_was_written(given_entries: list[Entry]) -> None:
    document = read_xliff(write_xliff(given_entries, "en", "zh-hans", "rivertown"))
    assert [bare(entry) for entry in document.entries] == [bare(entry) for entry in given_entries]
    assert [entry.standing for entry in document.entries] == [entry.standing for entry in given_entries]
    assert {entry.target_lang for entry in document.entries} <= {"zh-hans"}
    if given_entries:
        assert (document.edition, document.target_lang) == ("rivertown", "zh-hans")


@given(entries)
def test_table_says_again_what_was_written(given_entries: list[Entry]) -> None:
    document = read_table(write_table(given_entries))
    assert [bare(entry) for entry in document.entries] == [bare(entry) for entry in given_entries]


@given(entries)
def test_no_cell_acts_as_a_formula(given_entries: list[Entry]) -> None:
    text = write_table([replace(entry, context=entry.source or "") for entry in given_entries]).decode(
        "utf-8-sig"
    )
    assert not any(cell.startswith(("=", "+", "@", '"=', '"+', '"@')) for cell in text.split(","))


def test_xliff_is_what_the_standard_says() -> None:
    entry = Entry(
        "a.b:1:title", "Source", "Ziel", Standing.REVIEWED, context="Name", kind="Session", field="Title"
    )
    root = etree.fromstring(write_xliff([entry], "en", "zh-hans", "rivertown"))
    assert (root.tag, root.get("version"), root.get("srcLang"), root.get("trgLang")) == (
        f"{{{CORE}}}xliff",
        "2.0",
        "en",
        "zh-Hans",
    )
    unit = root.find(f".//{{{CORE}}}unit")
    segment = root.find(f".//{{{CORE}}}segment")
    assert unit is not None
    assert segment is not None
    assert (unit.get("id"), segment.get("state")) == ("a.b:1:title", "reviewed")


def xliff(inside: str, head: str = "") -> bytes:
    return (
        f'{head}<xliff xmlns="{CORE}" version="2.1" srcLang="en" trgLang="fr"><file id="f">{inside}</file></xliff>'
    ).encode()


def test_segments_that_a_tool_has_cut_are_joined_and_the_least_state_counts() -> None:
    data = xliff(
        '<group id="g"><unit id="a"><segment state="final"><source>One.</source><target>Un.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="translated"><source>Two.</source><target>Deux.</target></segment></unit></group>'
    )
    (entry,) = read_xliff(data).entries
    assert (entry.source, entry.target, entry.standing) == ("One. Two.", "Un. Deux.", Standing.TRANSLATED)


def test_inline_elements_become_plain_text() -> None:
    data = xliff(
        '<unit id="a"><segment><source>A <pc id="1">bold</pc> <ph id="2" equiv="{name}"/></source>'
        '<target>Un <pc id="1">gras</pc> <mrk id="m" type="term"><ph id="2" equiv="{name}"/></mrk>'
        '<cp hex="0007"/><cp hex="zz"/></target></segment></unit>'
    )
    (entry,) = read_xliff(data).entries
    assert (entry.source, entry.target) == ("A bold {name}", "Un gras {name}")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"<html><body>No</body></html>",
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>',
        b'<xliff version="2.0"/>',
        xliff("").replace(b'version="2.1"', b'version="3.0"'),
        xliff("&lol;", '<!DOCTYPE x [<!ENTITY lol "lol">]>'),
        xliff("", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        xliff("<unit id='a'><segment><source>" + "<pc>" * 60 + "</pc>" * 60 + "</source></segment></unit>"),
        "<!DOCTYPE x>".encode("utf-16") + xliff("").decode().encode("utf-16-le"),
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_xliff_or_no_honest_one_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_xliff(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n1,2\n",
        b"\xff\xfeI",
        b'id,target\n"open',
        b"id,target\n1,\x00\n",
        b"id,target\n1," + b"x" * 200_000,
    ],
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(FileRefused):
        read_table(data)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    for read in (read_table, read_xliff):
        try:
            read(data)
        except FileRefused:
            continue


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tables_of_other_programs_are_read(delimiter: str, encoding: str) -> None:
    text = (
        delimiter.join(["Target", " ID ", "state"])
        + "\r\n"
        + delimiter.join(["数字", "a.b:1:c", "Final"])
        + "\r\n"
    )
    (entry,) = read_table(text.encode(encoding)).entries
    assert (entry.id, entry.target, entry.standing, entry.source) == (
        "a.b:1:c",
        "数字",
        Standing.REVIEWED,
        None,
    )
