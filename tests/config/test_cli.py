"""The command line, run as people run it: exit codes that scripts can trust, and nothing half-done."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.installation import copied, once, prepared

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SCHEDULE = """<?xml version="1.0"?>
<schedule><version>1</version><conference><title>Harbour Days</title><acronym>harbour26</acronym>
<start>2026-05-01</start><end>2026-05-01</end><days>1</days><time_zone_name>Europe/Lisbon</time_zone_name></conference>
<day index="1" date="2026-05-01" start="2026-05-01T09:00:00+01:00" end="2026-05-01T18:00:00+01:00"><room name="Quay">
<event id="7" guid="11111111-1111-4111-8111-111111111111"><date>2026-05-01T10:00:00+01:00</date><start>10:00</start>
<duration>00:45</duration><room>Quay</room><slug>harbour26-7-tides</slug><title>Tides</title><subtitle/><track>Sea</track>
<type>lecture</type><language>en</language><abstract/><description>Long.</description>
<persons><person id="3">Rui Costa</person></persons><links/></event></room></day></schedule>"""


def summitry(
    *arguments: str, data: Path, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "SUMMITRY_DATA": str(data),
        "COLUMNS": "300",
        **(settings or {}),
    }
    command = [sys.executable, "-m", "summitry.config.cli", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `summitry` with a data folder of its own (`data` names another one beside it)."""

    def run_(
        *arguments: str, data: str = "data", settings: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return summitry(*arguments, data=tmp_path / data, settings=settings)

    return run_


@pytest.fixture(scope="session")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one small edition, `harbour-2026`, made once."""

    def make(folder: Path) -> None:
        copied(prepared(tmp_path_factory), folder)
        source = tmp_path_factory.mktemp("harbour") / "in.xml"
        source.write_text(SCHEDULE)
        done = summitry("import-schedule", str(source), "--edition", "harbour-2026", data=folder)
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "harbour", make)


@pytest.fixture
def with_harbour(harbour: Path, tmp_path: Path) -> Path:
    """A copy of that folder, as the data folder of the test."""
    return copied(harbour, tmp_path / "data")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["export-schedule", "--edition", "x"],
        ["serve", "--workers", "0"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_ends_with_two(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("command", [["serve"], ["demo", "--serve"]])
def test_a_port_in_use_is_refused_before_any_work(run: Run, tmp_path: Path, command: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run(*command, "--port", str(port))

    assert result.returncode == 1
    assert f"127.0.0.1:{port}" in result.stderr
    assert "--port" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "data" / "summitry.sqlite3").exists()


@pytest.mark.slow
def test_a_schedule_goes_in_and_comes_out(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.xml", tmp_path / "out.json"
    source.write_text(SCHEDULE)

    rehearsed = run("import-schedule", str(source), "--edition", "harbour-2026", "--dry-run")
    refused = run("export-schedule", "--edition", "harbour-2026", "--format", "frab-json", "-o", str(out))
    taken_in = run("import-schedule", str(source), "--edition", "harbour-2026")
    exported = run("export-schedule", "--edition", "harbour-2026", "--format", "frab-json", "-o", str(out))

    assert [r.returncode for r in (rehearsed, refused, taken_in, exported)] == [0, 1, 0, 0], taken_in.stderr
    event = json.loads(out.read_text())["schedule"]["conference"]["days"][0]["rooms"]["Quay"][0]
    assert (event["id"], event["guid"], event["start"], event["duration"], event["title"]) == (
        7,
        "11111111-1111-4111-8111-111111111111",
        "10:00",
        "00:45",
        "Tides",
    )


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<html>Not found</html>", b'{"schedule": '])
def test_a_file_that_is_no_schedule_is_refused_with_one(
    run: Run, tmp_path: Path, with_harbour: Path, content: bytes
) -> None:
    source = tmp_path / "in.xml"
    source.write_bytes(content)
    before = _rows(with_harbour)
    result = run("import-schedule", str(source), "--edition", "another-2026")

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert _rows(with_harbour) == before


@pytest.mark.slow
def test_a_backup_restores_to_the_same_rows_and_files(run: Run, tmp_path: Path, with_harbour: Path) -> None:
    archive = tmp_path / "all.tar.gz"
    stored = with_harbour / "files" / "stored" / "note.txt"
    stored.parent.mkdir(parents=True)
    stored.write_text("kept")

    assert run("createadmin", "admin@example.org").returncode == 0
    assert run("backup", str(archive)).returncode == 0
    assert run("restore", str(archive), "--check").returncode == 0
    restored = run("restore", str(archive), data="other")
    again = run("restore", str(archive), data="other")

    assert (restored.returncode, again.returncode) == (0, 1), restored.stderr
    assert (tmp_path / "other" / "files" / "stored" / "note.txt").read_text() == "kept"
    assert _rows(tmp_path / "other") == _rows(with_harbour)
    assert run("verify-audit", data="other").returncode == 0


@pytest.mark.slow
@pytest.mark.usefixtures("with_harbour")
def test_a_damaged_backup_is_refused_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    archive, damaged = tmp_path / "all.tar.gz", tmp_path / "damaged.tar.gz"
    run("backup", str(archive))
    with tarfile.open(archive) as whole, tarfile.open(damaged, "w:gz") as part:
        for member in whole.getmembers()[:-1]:
            part.addfile(member, whole.extractfile(member))

    assert run("restore", str(damaged), data="other").returncode == 1
    assert not (tmp_path / "other" / "summitry.sqlite3").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("SUMMITRY_UPLOAD_MB", "many"),
        ("SUMMITRY_TRUSTED_PROXIES", "-1"),
        ("SUMMITRY_JOBS", "some"),
        ("SUMMITRY_CLOCK", "2026-11-10T10:42"),
        ("SUMMITRY_LOG", "LOUD"),
        ("SUMMITRY_MAIL_URL", "ftp://mail.example"),
        ("SUMMITRY_URL", "summit.example"),
        ("DATABASE_URL", "nonsense"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_by_name(run: Run, name: str, content: str) -> None:
    result = run("doctor", settings={name: content})

    assert result.returncode == 1
    assert name in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", [["backup", "all.tar.gz"], ["verify-audit"]])
def test_a_database_that_is_not_prepared_is_refused(run: Run, command: list[str]) -> None:
    result = run(*command)

    assert result.returncode == 1
    assert "summitry serve" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_a_refusal_prints_names_as_they_are(run: Run) -> None:
    result = run("restore", "[/odd].tar.gz")

    assert result.returncode == 1
    assert "[/odd].tar.gz" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_doctor_names_the_remedy(run: Run, tmp_path: Path) -> None:
    result = run("doctor")

    assert "SUMMITRY_MAIL_URL" in result.stdout
    assert "migrations pending" in result.stdout


def _rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    kept = {}
    with sqlite3.connect(folder / "summitry.sqlite3") as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT LIKE 'foundation_search_fts%' AND name NOT IN ('django_session', 'django_migrations',"
            " 'django_content_type', 'auth_permission', 'foundation_workerbeat')"
        )
        for (name,) in tables.fetchall():
            kept[name] = sorted(database.execute(f'SELECT * FROM "{name}"').fetchall(), key=str)
    return kept


@pytest.mark.slow
@pytest.mark.usefixtures("with_harbour")
def test_roles_are_given_and_taken_back(run: Run) -> None:
    given = run("grant", "mei@example.org", "editor", "--edition", "harbour-2026")
    unknown = run("grant", "mei@example.org", "emperor")
    nowhere = run("grant", "mei@example.org", "editor", "--edition", "no-such-edition")
    taken = run("grant", "mei@example.org", "editor", "--edition", "harbour-2026", "--withdraw")

    assert [r.returncode for r in (given, unknown, nowhere, taken)] == [0, 1, 1, 0]
    assert "editor (edition 1)" in given.stdout
    assert "no role" in taken.stdout
