"""The console's import: three steps without JavaScript, nothing written before the last one."""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, EDITOR
from summitry.foundation.access import Scope
from summitry.foundation.grants import grant_role
from summitry.foundation.jobs import run_pending
from summitry.foundation.jobs import views as progress_views
from summitry.foundation.models import Progress
from summitry.programme.actions.exchange import waiting as upload_limits_module
from summitry.programme.interchange.frab_json import write_frab_json
from summitry.programme.interchange.frab_xml import write_frab_xml
from summitry.programme.models import Session, Version
from tests.directory.make import make_account
from tests.editions.make import make_edition
from tests.programme.exchange.make import changed, document, event, everything, imported
from tests.programme.make import SYSTEM, at

FIRST = document(event(1), event(2), event(3, room="Lotus"))
START = "/en/console/rivertown/programme/import/"
COLUMNS, REPORT = f"{START}columns/", f"{START}report/"
TABLE = """Titel;Beginn;Raum;Wer
Opening;2026-11-09 09:00;Moon;Ada Reyes
"Water; and stones";2026-11-09 10:00;Lotus;Ada Reyes; Bo
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is done between two requests here, so no page needs to wait for it."""
    monkeypatch.setattr(progress_views, "PATIENCE", 0)


@pytest.fixture
def edition(transactional_db: None) -> Edition:
    return make_edition("rivertown")


@pytest.fixture
def director(client: Client, edition: Edition) -> Client:
    account = make_account()
    grant_role(account, DIRECTOR.code, Scope("edition", edition.pk), by=SYSTEM)
    client.force_login(account)
    return client


def sent(client: Client, address: str, data: dict[str, Any]) -> HttpResponse:
    """Post, let the work be done that this asks for, and return the page at which it ends."""
    response = client.post(address, data)
    if response.status_code == 302:
        run_pending()
        return looked(client, response["Location"])
    return response  # type: ignore[return-value]


def looked(client: Client, address: str) -> HttpResponse:
    """Open a page, and let the work be done that it asks for."""
    response = client.get(address)
    while response.status_code == 302:
        run_pending()
        response = client.get(response["Location"])
    return response  # type: ignore[return-value]


def upload(client: Client, data: bytes, name: str = "schedule.xml") -> HttpResponse:
    return sent(client, START, {"file": SimpleUploadedFile(name, data)})


def fingerprint(html: str) -> str:
    (found,) = re.findall(r'name="plan" value="([0-9a-f]{64})"', html)
    return str(found)


def waiting() -> list[str]:
    return default_storage.listdir("waiting")[1] if default_storage.exists("waiting") else []


def test_file_is_reported_then_imported_and_published(director: Client, edition: Edition) -> None:
    before = everything()
    html = upload(director, write_frab_xml(FIRST)).content.decode()
    assert "What would change" in html
    assert len(waiting()) == 1
    assert {name for name, rows in everything().items() if rows != before[name]} == {"foundation.Progress"}
    page = sent(director, REPORT, {"plan": fingerprint(html), "then": "publish"}).content.decode()
    assert "Imported, and published as version 1." in page
    assert Version.objects.filter(edition=edition, number=1, label="1.0").exists()
    assert waiting() == []


def test_import_into_the_draft_publishes_nothing(director: Client, edition: Edition) -> None:
    html = upload(director, write_frab_json(FIRST), "schedule.json").content.decode()
    page = sent(director, REPORT, {"plan": fingerprint(html), "then": "draft"}).content.decode()
    assert "Imported into the draft." in page
    assert Session.objects.filter(edition=edition).count() == 3
    assert not Version.objects.filter(edition=edition, number__isnull=False).exists()


def test_report_shows_what_moves_from_where_to_where(director: Client, edition: Edition) -> None:
    imported(FIRST, edition)
    html = upload(director, write_frab_xml(changed(FIRST, 1, starts_at=at(15)))).content.decode()
    assert "<del><bdi>2026-11-09 09:00–10:00</bdi></del>" in html
    assert "<ins><bdi>2026-11-09 15:00–16:00</bdi></ins>" in html


def test_report_that_became_stale_is_shown_anew_and_nothing_is_written(
    director: Client, edition: Edition
) -> None:
    imported(FIRST, edition)
    html = upload(director, write_frab_xml(changed(FIRST, 1, title="Mine"))).content.decode()
    imported(changed(FIRST, 1, title="Theirs"), edition)
    before = everything()
    page = sent(director, REPORT, {"plan": fingerprint(html), "then": "publish"}).content.decode()
    assert "The schedule changed since this report was made. Nothing was written" in page
    assert "Prepare a new report" in page
    assert {name for name, rows in everything().items() if rows != before[name]} == {"foundation.Progress"}
    html = looked(director, REPORT).content.decode()
    sent(director, REPORT, {"plan": fingerprint(html), "then": "publish"})
    assert Session.objects.filter(title__en="Mine").exists()


def test_table_is_explained_before_it_is_reported(director: Client, edition: Edition) -> None:
    page = upload(director, TABLE.encode(), "programm.csv")
    html = page.content.decode()
    assert page.wsgi_request.path == COLUMNS  # type: ignore[attr-defined]
    assert '<th scope="row" id="name-0"><bdi>Titel</bdi></th>' in html
    assert "<span><bdi>Opening</bdi></span><span><bdi>Water; and stones</bdi></span>" in html
    chosen = {"column-0": "title", "column-1": "start", "column-2": "room", "column-3": "speakers"}
    report = sent(director, COLUMNS, chosen).content.decode()
    sent(director, REPORT, {"plan": fingerprint(report), "then": "publish"})
    found = {
        str(session.title): [row.person.reference_name for row in session.appearances.order_by("position")]
        for session in Session.objects.filter(edition=edition)
    }
    assert found == {"Opening": ["Ada Reyes"], "Water; and stones": ["Ada Reyes"]}


def test_table_without_a_title_says_what_is_missing(director: Client, edition: Edition) -> None:
    upload(director, TABLE.encode(), "programm.csv")
    html = sent(director, COLUMNS, {"column-1": "start"}).content.decode()
    assert "This file cannot be imported." in html
    assert "No column was chosen for “title”, which is needed." in html
    assert 'name="plan"' not in html


def test_choice_that_does_not_exist_is_no_choice(director: Client, edition: Edition) -> None:
    upload(director, TABLE.encode(), "programm.csv")
    response = sent(director, COLUMNS, {"column-0": "nonsense", "column-1": "start"})
    assert response.status_code == 200
    assert Session.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("schedule.xml", b"<schedule><day", "This is not well-formed XML"),
        (
            "schedule.xml",
            b"<!DOCTYPE a [<!ENTITY b 'c'>]><schedule/>",
            "The file contains a document type declaration.",
        ),
        ("schedule.json", b"{", "This is not valid JSON"),
        ("photo.xml", b"\x89PNG\r\n\x1a\n" + bytes(200), "the content looks like this format: PNG"),
        ("table.xlsx", b"PK\x03\x04 broken", "The spreadsheet cannot be read"),
    ],
)
def test_unreadable_file_gets_a_sentence_and_no_button(
    name: str, data: bytes, sentence: str, director: Client, edition: Edition
) -> None:
    html = upload(director, data, name).content.decode()
    assert sentence in html
    assert 'name="plan"' not in html
    assert Session.objects.count() == 0


def test_empty_missing_and_huge_files_are_refused_at_the_door(
    director: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The file is empty." in upload(director, b"").content.decode()
    missing = director.post(START, {})
    assert (missing.status_code, "Please choose a file." in missing.content.decode()) == (422, True)
    monkeypatch.setattr(settings, "UPLOAD_LIMIT", 1_000_000)
    huge = director.post(START, {"file": SimpleUploadedFile("a.xml", bytes(1_000_001))})
    assert (huge.status_code, "at most 1 MB" in huge.content.decode()) == (422, True)
    assert waiting() == []


def test_limits_are_told_for_each_kind_of_file_and_kept(
    director: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = director.get(START).content.decode()
    assert "(frab, pretalx, wafer and others): at most 50 MB" in page
    assert "Excel or OpenDocument table: at most 50 MB and 20,000 rows" in page
    assert "CSV or TSV table: at most 20 MB and 20,000 rows" in page
    monkeypatch.setattr(upload_limits_module, "TEXT_TABLE_LIMIT", 1_000_000)
    large = (TABLE + "x;" * 500_000).encode()
    refused = director.post(START, {"file": SimpleUploadedFile("a.csv", large)})
    assert "as CSV or TSV it can have at most 1 MB" in refused.content.decode()
    assert waiting() == []


def test_columns_chosen_before_are_kept_when_somebody_changed_the_schedule_meanwhile(
    director: Client, edition: Edition
) -> None:
    upload(director, TABLE.encode(), "programm.csv")
    chosen = {"column-0": "title", "column-1": "start", "column-2": "", "column-3": "speakers"}
    report = sent(director, COLUMNS, chosen).content.decode()
    imported(FIRST, edition)
    outdated = sent(director, REPORT, {"plan": "0" * 64, "then": "publish"}).content.decode()
    assert fingerprint(outdated) == fingerprint(report)
    page = looked(director, COLUMNS).content.decode()
    assert re.findall(r'<option value="(\w*)" selected>', page) == ["title", "start", "speakers"]


def test_report_is_read_in_the_language_of_its_page_not_of_its_making(
    director: Client, edition: Edition
) -> None:
    upload(director, b"<schedule><day")
    french = director.get(REPORT.replace("/en/", "/fr/")).content.decode()
    assert "This is not well-formed XML" not in french
    assert Progress.objects.count() == 1


def test_contradictions_need_a_tick(director: Client, edition: Edition) -> None:
    data = write_frab_xml(FIRST)
    for number in (2, 3):
        data = data.replace(FIRST.events[number - 1].guid.encode(), FIRST.events[0].guid.encode())
    html = upload(director, data).content.decode()
    assert "The file contradicts itself." in html
    assert 'name="accept" required' in html
    refused = director.post(REPORT, {"plan": fingerprint(html), "then": "publish"})
    assert refused.status_code == 409
    assert Session.objects.count() == 0
    sent(director, REPORT, {"plan": fingerprint(html), "then": "publish", "accept": "on"})
    assert Session.objects.count() == 3


def test_second_upload_replaces_the_first_and_old_ones_of_others_go(
    director: Client, edition: Edition
) -> None:
    upload(director, write_frab_xml(FIRST))
    (first,) = waiting()
    yesterday = dt.datetime.now().timestamp() - 90_000  # noqa: DTZ005 - the age of a file on disk
    stray = Path(default_storage.path(f"waiting/{'0' * 32}"))
    stray.write_bytes(b"<schedule/>")
    os.utime(stray, (yesterday, yesterday))
    upload(director, write_frab_xml(FIRST))
    assert len(waiting()) == 1
    assert waiting() != [first]


def test_steps_without_a_file_lead_to_the_first(director: Client, edition: Edition) -> None:
    for address in (COLUMNS, REPORT):
        assert director.get(address)["Location"] == START


def test_only_who_may_edit_the_edition_gets_in(client: Client, edition: Edition) -> None:
    assert client.get(START).status_code == 302
    account = make_account()
    grant_role(account, EDITOR.code, Scope("edition", edition.pk), by=SYSTEM)
    client.force_login(account)
    for address in (START, COLUMNS, REPORT):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403


def test_another_session_does_not_see_the_upload(director: Client, edition: Edition) -> None:
    upload(director, write_frab_xml(FIRST))
    other = Client()
    account = make_account()
    grant_role(account, DIRECTOR.code, Scope("edition", edition.pk), by=SYSTEM)
    other.force_login(account)
    assert other.get(REPORT)["Location"] == START


@pytest.mark.parametrize("lang", ["zh-hans", "ar"])
def test_wizard_speaks_the_language_of_its_address(lang: str, director: Client, edition: Edition) -> None:
    imported(FIRST, edition)
    upload(director, write_frab_xml(changed(FIRST, 1, title="Another")))
    for address in (START, REPORT):
        assert director.get(address.replace("/en/", f"/{lang}/")).status_code == 200
