"""What the secretariat does: import a schedule, read the report, publish; and look at the board of jobs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import EDITION, Site

SCHEDULE = """<?xml version="1.0" encoding="UTF-8"?>
<schedule><version>7</version><conference><title>Side meetings</title><acronym>side26</acronym>
<start>2026-11-09</start><end>2026-11-11</end><days>3</days><time_zone_name>Asia/Shanghai</time_zone_name></conference>
<day index="1" date="2026-11-09" start="2026-11-09T08:00:00+08:00" end="2026-11-09T23:00:00+08:00"><room name="Boat House">
<event id="901" guid="22222222-2222-4222-8222-222222222222"><date>2026-11-09T18:30:00+08:00</date><start>18:30</start>
<duration>01:00</duration><room>Boat House</room><slug>side26-901-lamps</slug><title>Lamps on the water</title><subtitle/>
<track>Side meetings</track><type>meeting</type><language>en</language><abstract/><description>By boat.</description>
<persons><person id="77">Ada Lindström</person></persons><links/></event></room></day></schedule>"""


@pytest.fixture
def console(site: Site, open_page: Callable[..., Page]) -> Page:
    """Return a page signed in as the director."""
    page = open_page(site.links["director"])
    page.locator("main button[type=submit]").click()
    return page


def test_a_schedule_is_imported_after_its_report_was_read(site: Site, console: Page, tmp_path: Path) -> None:
    file = tmp_path / "side.xml"
    file.write_text(SCHEDULE)
    console.goto(f"{site.base}/en/console/{EDITION}/programme/import/")
    console.locator("main input[type=file]").set_input_files(file)
    console.locator("main form button[type=submit]").first.click()
    expect(console.locator("main")).to_contain_text("Lamps on the water")
    console.locator("main form button[type=submit]").first.click()
    expect(console.locator("main .notice-done")).to_contain_text("Imported, and published as version")

    console.goto(site.url("programme/?view=list&day=2026-11-09"))
    expect(console.locator("main")).to_contain_text("Lamps on the water")
    expect(console.locator("main")).to_contain_text("Boat House")


def test_a_file_that_is_no_schedule_is_refused_in_words(site: Site, console: Page, tmp_path: Path) -> None:
    file = tmp_path / "page.xml"
    file.write_text("<html><body>Not found</body></html>")
    console.goto(f"{site.base}/en/console/{EDITION}/programme/import/")
    console.locator("main input[type=file]").set_input_files(file)
    console.locator("main form button[type=submit]").first.click()

    expect(console.locator("main .notice-refused").first).to_contain_text("cannot be imported")
    expect(console.locator("main")).not_to_contain_text("Traceback")


def test_the_board_of_jobs_is_the_administrators(
    site: Site, open_page: Callable[..., Page], console: Page
) -> None:
    assert console.request.get(f"{site.base}/en/console/jobs/").status == 403
    page = open_page(site.links["administrator"])
    page.locator("main button[type=submit]").click()
    page.goto(f"{site.base}/en/console/jobs/")

    expect(page.locator("main .notice-done")).to_be_visible()
