"""Tables of every kind become columns and rows of real values."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped] # no annotations in it
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.programme.interchange.table import Sheet, TableReading, read_table, write_csv, write_xlsx
from tests.programme.interchange.workbooks import (
    archive,
    changed,
    ods,
    ods_empty,
    ods_row,
    ods_text,
    ods_time,
)

FIXTURES = Path(__file__).parent / "fixtures"
SHEET = "xl/worksheets/sheet1.xml"


def cells(reading: TableReading) -> list[tuple[Any, ...]]:
    return [row.cells for row in reading.rows]


def codes(reading: TableReading) -> list[str]:
    return [str(problem.code) for problem in reading.problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_of_any_delimiter_and_encoding_is_read(delimiter: str, encoding: str):
    text = 'Titre,Début,Notes\r\n"Cérémonie, ouverture; a|b",09:00,"two\nlines"\r\n论坛,007,\r\n'
    if delimiter != ",":
        text = text.replace(",", delimiter).replace(f"Cérémonie{delimiter}", "Cérémonie,")
    reading = read_table(text.encode(encoding), "a.csv")
    assert reading.columns == ("Titre", "Début", "Notes")
    assert cells(reading) == [("Cérémonie, ouverture; a|b", "09:00", "two\nlines"), ("论坛", "007", None)]
    assert codes(reading) == []


def test_csv_in_windows_encoding_is_read_with_a_warning():
    reading = read_table("Titre;Salle\nRéunion d’été;Café\n".encode("cp1252"))
    assert (cells(reading), codes(reading)) == ([("Réunion d’été", "Café")], ["encoding-guessed"])


def test_separator_line_of_excel_is_followed_and_counted():
    reading = read_table(b"sep=|\nA|B\n1|2\n")
    assert (reading.columns, [(row.number, row.cells) for row in reading.rows]) == (
        ("A", "B"),
        [(3, ("1", "2"))],
    )


def test_title_lines_and_empty_rows_do_not_disturb_row_numbers():
    reading = read_table(b"Programme of the summit\n\nTitle,Start\n\nA,09:00\n,\nB,10:00\n")
    assert reading.columns == ("Title", "Start")
    assert [(row.number, row.cells) for row in reading.rows] == [(5, ("A", "09:00")), (7, ("B", "10:00"))]


def test_repeated_and_missing_headings_get_names():
    reading = read_table(b"A,,A\n1,2,3,4\n")
    assert (reading.columns, cells(reading)) == (("A", "B", "A (2)"), [("1", "2", "3")])
    assert codes(reading) == ["column-repeated", "cells-beyond-header"]


def test_single_column_is_read():
    reading = read_table(b"Title\nA\nB\n")
    assert (reading.columns, cells(reading)) == (("Title",), [("A",), ("B",)])


def test_xlsx_gives_real_values_and_never_computes():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        date, time, length, moment = (
            workbook.add_format({"num_format": text})
            for text in ("yyyy-mm-dd", "hh:mm", "[h]:mm", "yyyy-mm-dd hh:mm")
        )
        sheet = workbook.add_worksheet("Programme")
        sheet.write_row(
            0, 0, ["Date", "Time", "Length", "Moment", "Number", "Text", "Formula", "Part", "Flag"]
        )
        sheet.write_datetime(1, 0, dt.datetime(2024, 8, 1), date)  # noqa: DTZ001 -- cells have no zone
        sheet.write_datetime(1, 1, dt.time(9, 30), time)
        sheet.write_datetime(1, 2, dt.timedelta(hours=26), length)
        sheet.write_datetime(1, 3, dt.datetime(2024, 8, 1, 9, 30), moment)  # noqa: DTZ001 -- as above
        sheet.write_number(1, 4, 7)
        sheet.write_string(1, 5, "007")
        sheet.write_formula(1, 6, '=HYPERLINK("http://evil.example","x")', None, "stored")
        sheet.write_number(1, 7, 0.5)
        sheet.write_boolean(1, 8, True)
    reading = read_table(stream.getvalue(), "a.xlsx")
    assert reading.sheets == ("Programme",)
    assert cells(reading) == [
        (
            dt.date(2024, 8, 1),
            dt.time(9, 30),
            dt.timedelta(hours=26),
            dt.datetime(2024, 8, 1, 9, 30),  # noqa: DTZ001 -- as above
            7,
            "007",
            "stored",
            0.5,
            True,
        )
    ]


def test_sheet_is_chosen_by_name():
    data = write_xlsx([Sheet("One", [["A", "B"], ["1", "2"]]), Sheet("Two", [["C", "D"], ["3", "4"]])])
    assert read_table(data).columns == ("A", "B")
    assert read_table(data, sheet="Two").columns == ("C", "D")
    assert read_table(data, sheet="absent").sheets == ("One", "Two")


def test_ods_with_a_million_empty_rows_is_read():
    data = ods(
        ods_row(ods_text("Title"), ods_text("Start"), ods_empty(16_382))
        + ods_row(ods_text("Opening"), ods_time("09:30"))
        + ods_row(ods_empty(16_384), repeated=1_048_574)
    )
    reading = read_table(data, "a.ods")
    assert (reading.columns, cells(reading)) == (("Title", "Start"), [("Opening", dt.time(9, 30))])


def test_xls_is_read():
    reading = read_table((FIXTURES / "small.xls").read_bytes(), "small.xls")
    assert reading.columns == ("Title", "Date", "Start", "Duration", "Number")
    assert cells(reading) == [("Ouverture — 开幕", dt.date(2024, 8, 1), dt.time(9, 30), 45, "007")]


def test_workbook_that_kills_its_reader_is_refused():
    sound = (FIXTURES / "small.xls").read_bytes()
    # The record that tells the size of the sheet; the reader reserves as much memory as it says.
    record = sound.index(b"\x00\x02\x0e\x00") + 4
    reading = read_table(sound[: record + 4] + b"\xff" * 4 + b"\x00\x00\xff\xff" + sound[record + 12 :])
    assert (reading.columns, codes(reading)) == ((), ["spreadsheet-unreadable"])


def test_count_that_kills_the_reader_is_refused():
    data = changed(
        write_xlsx([Sheet("S", [["A", "B"], ["1", "2"]])]),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b'uniqueCount="4"', b'uniqueCount="2147483648"'),
    )
    assert codes(read_table(data)) == ["spreadsheet-unreadable"]


def far_cell(cell: str, row: str = ' r="1048576"') -> bytes:
    return changed(
        write_xlsx([Sheet("S", [["A", "B"], ["1", "2"]])]),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", f"<row{row}>{cell}</row></sheetData>".encode()),
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "spreadsheet-unreadable"),
        (b"PK\x03\x04 and so on", "spreadsheet-unreadable"),
        (write_xlsx([Sheet("S", [["A"]])])[:2000], "spreadsheet-unreadable"),
        (archive({"word/document.xml": b"<document/>"}), "spreadsheet-unreadable"),
        (archive({"xl/workbook.xml": b"<!DOCTYPE x><x/>"}), "dtd-refused"),
        (archive({"content.xml": b" " * (101 * 2**20)}), "too-large"),
        (archive({f"m{number}": b"" for number in range(2001)}), "too-large"),
        (far_cell('<c r="XFD1048576"><v>1</v></c>'), "too-many-rows"),
        (far_cell('<c r="XFD3"><v>1</v></c>', ' r="3"'), "too-many-columns"),
        (far_cell("<c><v>1</v></c>"), "too-many-rows"),
        (far_cell("<c/>" * 300 + "<c><v>1</v></c>", ""), "too-many-columns"),
        (ods(ods_row(ods_text("a"), ods_text("b"), repeated=1_048_576)), "too-many-rows"),
        (ods(ods_row(ods_text("a", repeated=16_384))), "too-many-columns"),
        (ods(ods_row(ods_empty(3), repeated=1_048_575) + ods_row(ods_text("a"))), "too-many-rows"),
        (b"Title,Start\n" + b"a,b\n" * 20_001, "too-many-rows"),
        (b",".join(b"c%d" % number for number in range(201)) + b"\n" + b"," * 200, "too-many-columns"),
        (b"Title,Start\n" + b"," * 4_000_001, "too-complex"),
        (b"a,b\n" + b"x" * (21 * 2**20), "too-large"),
        (b'a,b\n"' + b"x" * 200_000, "spreadsheet-unreadable"),
        (b"\n \n,,\n", "no-rows"),
        (b"<schedule/>", "not-a-table"),
    ],
)
def test_bad_table_gives_one_clear_error(data: bytes, code: str):
    reading = read_table(data, "table")
    errors = [str(problem.code) for problem in reading.problems if problem.severity == "error"]
    assert (reading.columns, reading.rows, errors) == ((), (), [code])


def test_formatting_at_the_far_corner_does_no_harm():
    reading = read_table(far_cell('<c r="XFD1048576" s="1"/>'))
    assert cells(reading) == [("1", "2")]


def test_table_without_rows_is_told():
    reading = read_table(b"Title,Start\n")
    assert (reading.columns, reading.rows, codes(reading)) == (("Title", "Start"), (), ["no-rows"])


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a,b\n"]),
)
def test_any_bytes_are_answered(data: bytes, start: bytes):
    reading = read_table(start + data)
    assert reading.columns or any(problem.severity == "error" for problem in reading.problems)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 2**32), st.binary(min_size=1, max_size=8))
def test_workbook_with_changed_bytes_is_answered(position: int, change: bytes):
    workbook = bytearray(write_xlsx([Sheet("S", [["A", "B"], ["1", 2], [dt.date(2024, 8, 1), "x"]])]))
    start = position % len(workbook)
    workbook[start : start + len(change)] = change
    reading = read_table(bytes(workbook))
    assert reading.columns or any(problem.severity == "error" for problem in reading.problems)


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff", min_codepoint=0x20),
    max_size=20,
).filter(lambda text: not text or text.strip())


@settings(deadline=None)
@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=5))
def test_written_csv_reads_back_the_same(rows: list[list[str]]):
    reading = read_table(write_csv([["A", "B"], *rows]))
    assert [row.cells for row in reading.rows] == [
        tuple(cell or None for cell in row) for row in rows if any(row)
    ]


@settings(deadline=None, max_examples=20)
@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=5))
def test_written_xlsx_reads_back_the_same(rows: list[list[str]]):
    reading = read_table(write_xlsx([Sheet("S", [["A", "B"], *rows])]))
    assert [row.cells for row in reading.rows] == [
        tuple(cell or None for cell in row) for row in rows if any(row)
    ]
