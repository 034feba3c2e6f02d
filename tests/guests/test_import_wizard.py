"""The console's import of guests, and the command: steps without JavaScript, nothing written before the last one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from summitry.editions.actions.uploaded_table import MB
from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation.jobs import run_pending
from summitry.foundation.jobs import views as progress_views
from summitry.guests.actions.importing import working
from summitry.guests.cli import import_guests
from summitry.guests.models import Guest
from tests.directory.make import make_person, name
from tests.editions.make import make_edition
from tests.guests.make import make_category
from tests.guests.test_importing import CHEN, ZHAO, sheet
from tests.guests.test_invitation_pages import office

START = "/en/console/rivertown/guests/import/"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is done between two requests here, so no page needs to wait for it."""
    monkeypatch.setattr(progress_views, "PATIENCE", 0)


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    found = make_edition("rivertown")
    make_category(found, "Delegates", slug="delegate")
    return found


def sent(client: Client, address: str, data: dict[str, Any]) -> Any:
    """Post, let the work be done that this asks for, and return the page at which it ends."""
    response = client.post(address, data)
    while response.status_code == 302:
        run_pending()
        response = client.get(response["Location"])
    return response


def upload(client: Client, data: bytes, file: str = "guests.csv") -> Any:
    return sent(client, START, {"file": SimpleUploadedFile(file, data)})


ROWS = [(*row[:4], "", *row[5:]) for row in (CHEN, ZHAO)]
BAD = ("Ann", "", "no address", "delegate", "", "", "", "", "")
COLUMNS = {f"column-{n}": field for n, field in enumerate(("name", "native", "email", "category"))}


def test_a_list_goes_through_the_steps(edition: Edition):
    browser = office(edition)
    known = make_person(name("native", "zh-hans", "赵厚麟"))
    columns = upload(browser, sheet(*ROWS, BAD))
    assert columns.status_code == 200
    assert [column.target for column in columns.context["columns"]] == [
        "name", "native", "email", "category", "entity", "organisation", "post", "attendance", "language",
    ]  # fmt: skip
    report = sent(browser, f"{START}columns/", COLUMNS)
    body = report.content.decode()
    assert Guest.objects.count() == 0
    assert "赵厚麟" in body
    assert "“no address” is no e-mail address." in body
    table = browser.get(f"{START}report/problems.csv").getvalue().decode("utf-8-sig")
    assert table.splitlines() == ["Cell,What is wrong", "C4,“no address” is no e-mail address."]
    given = {"plan": report.context["result"]["fingerprint"], "row-3": str(known.pk), "rest": "leave"}
    result = sent(browser, f"{START}report/", given)
    assert "2 guests were imported." in result.content.decode()
    assert Guest.objects.filter(person=known).exists()
    assert browser.get(f"{START}report/").status_code == 302


def test_a_report_that_has_become_another_is_not_carried_out(edition: Edition):
    browser = office(edition)
    upload(browser, sheet(*ROWS))
    report = sent(browser, f"{START}columns/", COLUMNS)
    make_person(name("native", "zh-hans", "赵厚麟"))
    shown = sent(browser, f"{START}report/", {"plan": report.context["result"]["fingerprint"]})
    assert Guest.objects.count() == 0
    assert "Nothing was written" in shown.content.decode()


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"PK\x03\x04 and so on"])
def test_a_hostile_upload_is_refused_in_words(edition: Edition, data: bytes):
    assert upload(office(edition), data).status_code == 422
    assert Guest.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(edition: Edition, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(working, "FILE_LIMIT", MB)
    shown = upload(office(edition), b"x" * (MB + 1))
    assert (shown.status_code, "at most 1 MB" in shown.content.decode()) == (422, True)


def test_the_import_is_for_the_guest_office(edition: Edition):
    browser = office(edition, PARTNER.code)
    for page in ("", "columns/", "report/", "report/problems.csv"):
        assert browser.get(START + page).status_code == 403


def test_the_command_reports_and_imports(
    edition: Edition, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "guests.csv"
    path.write_bytes(sheet(*ROWS, BAD))
    assert import_guests(path, "rivertown", dry_run=True) == 0
    said = capsys.readouterr()
    assert "2 new guests" in said.out
    assert "C4: error: “no address” is no e-mail address." in said.err
    assert Guest.objects.count() == 0
    for words in ("2 guests were imported.", "Nothing was changed."):
        assert import_guests(path, "rivertown") == 0
        assert words in capsys.readouterr().out
    assert import_guests(path, "nowhere") == 1
    assert import_guests(tmp_path / "absent.csv", "rivertown") == 1
