"""The secretariat writes to everybody who speaks in one room on one day: preview, hold, release, and recall in time."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.pages import Site


def test_mailing_to_a_room_of_a_day_is_previewed_held_released_and_recalled(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    page = signed_in("director", site.console("mail/new/"))
    page.get_by_label("Name").fill("Silk on Wednesday")
    page.get_by_label("Speakers", exact=False).check()
    page.get_by_role("button", name="Choose recipients").click()

    for group, choice in (("Room", "Silk"), ("Day", "11 Nov")):
        filter_ = page.locator("details.mail-filter").filter(
            has=page.get_by_role("heading", name=group, exact=True)
        )
        if filter_.get_attribute("open") is None:
            filter_.locator("summary").click()
        filter_.get_by_label(choice).first.check()
    expect(page.locator(".mail-count b")).to_have_text(re.compile(r"^[1-9]\d?$"))
    page.get_by_role("button", name="Use these recipients").click()

    page.get_by_label(re.compile(r"^Subject")).first.fill("Your hour in Silk")
    page.get_by_label(re.compile(r"^Text")).first.fill("Dear {name},\n\nplease come ten minutes early.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Preview as any recipient").click()
    letter = page.frame_locator(".mail-frame").locator("body")
    expect(letter).to_contain_text("please come ten minutes early")
    expect(letter).not_to_contain_text("{name}")

    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Hold in the outbox").click()
    expect(page.locator(".page-head .chip").first).to_have_text("Held in the outbox")
    page.get_by_role("button", name=re.compile(r"^Release to \d+ recipients?")).click()
    expect(page.locator(".mail-clock")).to_be_visible()
    page.get_by_role("button", name="Recall").click()
    expect(page.locator(".page-head .chip").first).to_have_text("Recalled")
    assert "Your hour in Silk" not in site.log.read_text()
