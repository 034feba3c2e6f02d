"""The commands: exit codes that scripts can trust, reports that name the place, and nothing half-written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

from summitry.editions.models import Edition
from summitry.programme.cli import export_schedule, import_schedule
from summitry.programme.interchange.detect import read_schedule
from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml
from summitry.programme.models import Version
from tests.programme.exchange.make import changed, document, event, everything, imported
from tests.programme.make import at

pytestmark = pytest.mark.django_db
FIRST = document(event(1), event(2), event(3, room="Lotus"))
XML = write_frab_xml(FIRST)


def run_import(path: Path, slug: str = "moon26", **options: bool) -> tuple[int, str]:
    text = io.StringIO()
    console = Console(file=text, width=200)
    code = import_schedule(path, slug, stdout=console, stderr=console, **options)
    return code, text.getvalue()


def run_export(slug: str, key: str, path: Path) -> tuple[int, str]:
    text = io.StringIO()
    console = Console(file=text, width=200)
    code = export_schedule(slug, key, path, stdout=console, stderr=console)
    return code, text.getvalue()


def test_import_opens_the_edition_and_publishes(tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML)
    code, report = run_import(path)
    assert code == 0
    assert "New edition moon26: Moon Days 2026, 2026-11-09 to 2026-11-09, times in Asia/Shanghai." in report
    assert report.splitlines()[-1] == "Imported into moon26 and published as version 1."
    assert Version.objects.get(number=1).label == "1.0"


def test_second_import_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML)
    run_import(path)
    before = everything()
    code, report = run_import(path)
    assert (code, report.splitlines()[-1]) == (
        0,
        "Everything in the file is here already. Nothing was changed.",
    )
    assert everything() == before


def test_dry_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML)
    before = everything()
    code, report = run_import(path, dry_run=True)
    assert (code, report.splitlines()[-1]) == (0, "This was a dry run. Nothing was written.")
    assert everything() == before
    run_import(path)
    path.write_bytes(write_frab_json(changed(FIRST, 1, starts_at=at(15))))
    before = everything()
    code, report = run_import(path, dry_run=True)
    line = next(line for line in report.splitlines() if line.startswith("Moved"))
    assert line.split() == "Moved Talk 1 Time 2026-11-09 09:00–10:00 2026-11-09 15:00–16:00".split()
    assert everything() == before


def test_draft_is_not_published(tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML)
    code, report = run_import(path, draft=True)
    assert (code, report.splitlines()[-1]) == (0, "Imported into moon26. No new version was published.")
    assert not Version.objects.filter(number__isnull=False).exists()


def test_clashing_guids_are_refused_by_name_until_accepted(tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML.replace(FIRST.events[1].guid.encode(), FIRST.events[0].guid.encode()))
    before = everything()
    code, report = run_import(path)
    assert code == 1
    assert 'Error  /schedule/day[1]/room[1]/event[2] id="2"' in report
    assert f"The GUID {FIRST.events[0].guid} is also that of another event" in report
    assert "Refused: The file contradicts itself." in report
    assert everything() == before
    code, report = run_import(path, accept=True)
    assert code == 0
    assert Edition.objects.get(slug="moon26").sessions.count() == 3


def bomb() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]><schedule>&l9;</schedule>'.encode()


def zipped(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", data)
    return stream.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.xml": (b"", "The file is empty."),
    "spaces.json": (b" \n\t ", "The file is empty."),
    "zeros.xml": (bytes(5000), "The file is empty."),
    "bomb.xml": (bomb(), "document type declaration"),
    "entity.xml": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><version>&x;</version></schedule>',
        "document type declaration",
    ),
    "cut.xml": (XML[: len(XML) // 2], "This is not well-formed XML"),
    "page.xml": (b"<html><title>Sign in</title></html>", "This is a web page"),
    "other.xml": (b"<rss/>", "This is not a schedule"),
    "deep.json": (b"[" * 100_000, "nests values more than"),
    "list.json": (b"[1, 2]", "This is not a schedule"),
    "cut.json": (write_frab_json(FIRST)[:-400], "This is not valid JSON"),
    "nan.json": (b'{"schedule": NaN}', ""),
    "image.json": (b"\x89PNG\r\n\x1a\n" + bytes(100), "looks like this format: PNG"),
    "noise.bin": (bytes(range(256)) * 20, "The text is not valid utf-16"),
    "wide.xml": (XML.decode().encode("utf-16")[:-7], "The text is not valid utf-16"),
    "table.csv": (b"a,b\n1,2\n", "No column was chosen for"),
    "broken.xlsx": (zipped(b"<broken"), "The spreadsheet cannot be read"),
    "bomb.xlsx": (zipped(b"<a>" + b" " * 120_000_000), "The file is larger than"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_a_sentence_and_nothing_written(name: str, tmp_path: Path) -> None:
    data, sentence = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(data)
    imported(FIRST, slug="known")
    before = everything()
    for slug in ("moon26", "known"):
        code, report = run_import(path, slug)
        assert code == 1, report
        assert sentence in report
        assert "Nothing was written." in report.splitlines()[-1]
        assert "Traceback" not in report
    assert everything() == before


def test_missing_file_folder_and_reserved_slug_are_refused(tmp_path: Path) -> None:
    before = everything()
    code, report = run_import(tmp_path / "absent.xml")
    assert (code, "cannot be read: No such file or directory." in report) == (1, True)
    code, report = run_import(tmp_path)
    assert (code, "cannot be read: Is a directory." in report) == (1, True)
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML)
    for slug in ("console", "No Slug"):
        code, report = run_import(path, slug)
        assert (code, "An edition cannot have the address" in report) == (1, True)
    assert everything() == before


def test_markup_in_a_file_is_printed_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "schedule.xml"
    path.write_bytes(XML)
    run_import(path)
    path.write_bytes(write_frab_xml(changed(FIRST, 1, title="[bold red]not markup[/] \\[")))
    code, report = run_import(path, dry_run=True)
    assert (code, "[bold red]not markup[/] \\[" in report) == (0, True)


@pytest.mark.parametrize("key", ["frab-xml", "frab-json", "ics", "csv", "xlsx"])
def test_export_writes_the_published_version(key: str, tmp_path: Path) -> None:
    imported(FIRST, slug="moon26")
    path = tmp_path / "out"
    code, report = run_export("moon26", key, path)
    assert (code, report) == (0, f"Wrote version 1 of moon26 to {path}, {path.stat().st_size:,} bytes.\n")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out"]
    if key.startswith("frab"):
        assert read_schedule(path.read_bytes()).document == FIRST


def test_export_refuses_what_is_not_there(tmp_path: Path) -> None:
    assert run_export("nowhere", "ics", tmp_path / "a") == (1, "Refused: There is no edition “nowhere”.\n")
    imported(FIRST, slug="moon26", publish=False)
    code, report = run_export("moon26", "ics", tmp_path / "a")
    assert (code, report) == (1, "Refused: Nothing of the schedule of moon26 is published yet.\n")
    imported(FIRST, Edition.objects.get(slug="moon26"))
    code, report = run_export("moon26", "ics", tmp_path / "absent" / "a")
    assert (code, "cannot be written: No such file or directory." in report) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_export_to_standard_output_is_the_file_alone(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    imported(FIRST, slug="moon26")
    assert run_export("moon26", "frab-json", Path("-")) == (0, "")
    assert json.loads(capsysbinary.readouterr().out)["schedule"]["version"] == "1.0"
