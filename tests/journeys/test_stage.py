"""Stage and booth: what one presses, the other sees within a second; by keyboard, without scripts, and on paper."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

from tests.journeys.pages import EDITION, Site

SOON = 1_000
# A second press in the same moment was meant once.
TWO_PRESSES = """() => {
  for (const _ of [1, 2]) document.body.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', bubbles: true}));
}"""


@pytest.fixture
def stage(site: Site, open_page: Callable[..., Page]) -> Iterator[Page]:
    """Return the stage manager's live view of a session that waits, at its beginning."""
    page = signed_in(open_page, site.links["editor"])
    page.goto(waiting(site, page) + "live/")
    yield page
    back = page.locator("#run-back:not([disabled])")
    while back.count():
        with contextlib.suppress(TookTooLong):  # it may be switched off between the look and the press
            back.click(timeout=3000)
        page.wait_for_timeout(700)


def signed_in(open_page: Callable[..., Page], link: str, **options: object) -> Page:
    page = open_page(link, **options)
    page.locator("main button[type=submit]").click()
    return page


def waiting(site: Site, page: Page) -> str:
    """The address of the first session of the day that has a cue sheet and has not begun."""
    page.goto(f"{site.base}/en/console/{EDITION}/run/")
    link = page.locator(".run-row.is-waiting a.bold").last
    return site.base + (link.get_attribute("href") or "")


def now(page: Page) -> str:
    return page.locator(".run-now .run-what").inner_text()


def test_booth_sees_the_next_cue_within_a_second(
    site: Site, open_page: Callable[..., Page], stage: Page
) -> None:
    link = re.search(r"interpreter [^\n]*\n\s*(http\S+)", site.log.read_text())
    booth = signed_in(open_page, link[1] if link else "", width=390)
    booth.goto(stage.url.removesuffix("live/") + "live/booth/")
    expect(booth.locator("html")).to_have_attribute("data-live", "on")
    expect(booth.locator("#run-next")).to_have_count(0)
    stage.locator("#run-next").click()
    expect(booth.locator(".run-now .run-what")).to_have_text("Doors open", timeout=SOON)
    stage.wait_for_timeout(700)
    stage.locator("#run-next").click()
    expect(booth.locator(".run-now .run-what")).to_have_text("Opening", timeout=SOON)


def test_session_is_run_by_keyboard_alone(stage: Page) -> None:
    stage.evaluate(TWO_PRESSES)
    expect(stage.locator(".run-now .run-what")).to_have_text("Doors open")
    stage.wait_for_timeout(800)
    assert now(stage) == "Doors open"
    stage.keyboard.press("Enter")
    expect(stage.locator(".run-now .run-what")).to_have_text("Opening")
    stage.wait_for_timeout(700)
    stage.keyboard.press("b")
    expect(stage.locator(".run-now .run-what")).to_have_text("Doors open")


def test_session_is_run_without_scripts(site: Site, open_page: Callable[..., Page], stage: Page) -> None:
    plain = signed_in(open_page, site.links["editor"], scripts=False)
    plain.goto(stage.url)
    plain.locator("#run-next").click()
    expect(plain.locator(".run-now .run-what")).to_have_text("Doors open")
    plain.locator("#run-back").click()
    expect(plain.locator(".run-now .run-what")).to_have_text("Not begun yet")


def test_cues_are_moved_by_keyboard_and_keep_the_focus(site: Site, stage: Page) -> None:
    stage.goto(stage.url.removesuffix("live/"))
    rows = stage.locator(".run-sheet tbody tr")
    second = rows.nth(1).get_attribute("id")
    rows.nth(1).locator("a").first.focus()
    stage.keyboard.press("Alt+ArrowUp")
    expect(rows.first).to_have_attribute("id", second or "")
    expect(rows.first).to_be_focused()
    stage.keyboard.press("Alt+ArrowDown")
    expect(rows.nth(1)).to_have_attribute("id", second or "")


def test_cue_sheet_prints_on_one_page(stage: Page) -> None:
    stage.goto(stage.url.removesuffix("live/") + "print/")
    pdf = stage.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
