"""Tables that are safe to open in a spreadsheet."""

import datetime as dt
import io
import zipfile

import pytest

from summitry.programme.interchange.table import Cell, Sheet, read_table, write_csv, write_xlsx

BERLIN = dt.timezone(dt.timedelta(hours=2))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+41 1", "'+41 1"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=b", "a=b"),
        (-5, "-5"),
        (True, "true"),
        (None, ""),
        (dt.date(2024, 8, 1), "2024-08-01"),
        (dt.datetime(2024, 8, 1, 9, 30, tzinfo=BERLIN), "2024-08-01 09:30"),
        (dt.time(9, 30), "09:30"),
        (dt.timedelta(hours=26, minutes=5), "26:05"),
        ("开幕", "开幕"),
    ],
)
def test_csv_disarms_formulas_and_spells_values_out(cell: Cell, expected: str):
    assert write_csv([[cell, "z"]]).decode("utf-8") == f"\ufeff{expected},z\r\n"


def test_csv_quotes_what_would_break_a_row():
    assert write_csv([['a"b', "c,d", "e\nf"]]) == b'\xef\xbb\xbf"a""b","c,d","e\nf"\r\n'


def test_xlsx_holds_texts_as_texts_and_dates_as_dates():
    rows: list[list[Cell]] = [
        ["Title", "Date", "Start", "Length", "Count", "Moment"],
        [
            "=cmd|' /C calc'!A0",
            dt.date(2024, 8, 1),
            dt.time(9, 30),
            dt.timedelta(hours=26),
            7,
            dt.datetime(2024, 8, 1, 9, 30, tzinfo=BERLIN),
        ],
    ]
    data = write_xlsx([Sheet("Programme", rows)])
    (row,) = read_table(data).rows
    assert row.cells == (*rows[1][:5], dt.datetime(2024, 8, 1, 9, 30))  # noqa: DTZ001 -- cells have no zone
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_xlsx_takes_what_excel_cannot_hold_as_text():
    values: list[Cell] = [2**60, float("inf"), dt.date(1850, 1, 1), "x" * 40_000, "a\x00b"]
    (row,) = read_table(write_xlsx([Sheet("S", [["a", "b", "c", "d", "e"], values])])).rows
    assert row.cells == (str(2**60), "inf", "1850-01-01", "x" * 32_767, "ab")


def test_xlsx_gives_sheets_names_that_excel_takes():
    names = ["Rooms: A/B?", "rooms  a b ", "", "History", "x" * 40, "x" * 40]
    sheets = read_table(write_xlsx([Sheet(name, [["a"]]) for name in names])).sheets
    assert sheets == ("Rooms  A B", "rooms  a b 2", "Sheet", "History 2", "x" * 31, f"{'x' * 27} 2")


def test_xlsx_is_the_same_each_time():
    sheets = [Sheet("S", [["a"], ["b"]])]
    assert write_xlsx(sheets) == write_xlsx(sheets)
