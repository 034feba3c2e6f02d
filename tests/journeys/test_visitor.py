"""What visitors do: find their language, star sessions, sign in, and keep what they had."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.pages import EDITION, Site


def starred(page: Page) -> list[str]:
    """Return the addresses of the sessions on the agenda page."""
    links = page.locator(f"main .tt-title a[href*='/{EDITION}/sessions/']").all()
    return [str(link.get_attribute("href")) for link in links]


def test_stars_set_by_keyboard_survive_sign_in(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site.url("programme/?view=list&day=2026-11-11"))
    stars = page.locator("main button.star")
    for number in (0, 2, 4):
        stars.nth(number).focus()
        with page.expect_response(
            lambda response: "/stars/" in response.url and response.request.method == "POST"
        ):
            page.keyboard.press("Enter")
        expect(stars.nth(number)).to_have_attribute("aria-pressed", "true")
    page.goto(site.url("programme/?view=agenda"))
    before = starred(page)
    assert len(before) == 3

    page.goto(site.links["guest"])
    page.locator("main button[type=submit]").click()
    page.goto(site.url("programme/?view=agenda"))

    assert starred(page) == before
    page.goto(f"{site.base}/en/my/")
    expect(page.locator("main h1")).to_have_text("My summit")
    assert page.locator(f"main a[href*='/{EDITION}/sessions/']").count() >= 3


def test_stars_and_filters_work_without_scripts(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site.url("programme/?view=list&day=2026-11-11"), scripts=False)
    everything = page.locator("main .tt-title").count()
    page.locator("main button.star").first.click()

    assert page.locator("main button.star[aria-pressed=true]").count() == 1
    page.locator("main input[type=search]").fill("open")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert 0 < page.locator("main .tt-title").count() < everything


def test_the_language_switcher_keeps_page_and_query(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site.url("programme/?view=list&day=2026-11-11"))
    page.locator("header .switcher summary").first.click()
    page.locator("header .switcher a[hreflang=ar]").click()

    assert page.url == site.url("programme/?view=list&day=2026-11-11", "ar")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    expect(page.locator("main h1")).to_have_text("البرنامج")


def test_a_person_signs_in_with_a_code_by_mail(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{site.base}/en/account/login/code/")
    page.locator("main input[name=email]").fill("director@rivertown.example")
    page.locator("main button[type=submit]").first.click()
    code = _code_in_mail(site, "director@rivertown.example")
    page.locator("main input[name=code]").fill(code)
    page.locator("main button[type=submit]").first.click()

    page.goto(f"{site.base}/en/console/")
    expect(page.locator("main h1")).to_have_text("Readiness")


def test_search_finds_a_speaker_by_pinyin_and_in_another_script(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = open_page(site.url("speakers/", "zh-hans"))
    names = [text.strip() for text in page.locator("main .person a").all_inner_texts()]
    han = next(name for name in names if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name))

    page.goto(site.url(f"search/?q={han}", "fr"))
    assert page.locator("main .results li").count() >= 1
    page.goto(site.url("search/?q=shuizhen", "en"))
    assert page.locator("main .results li").count() >= 1


def test_the_agenda_is_a_calendar_feed(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site.url("programme/?view=list&day=2026-11-11"))
    with page.expect_response(
        lambda response: "/stars/" in response.url and response.request.method == "POST"
    ):
        page.locator("main button.star").first.click()
    page.goto(site.url("programme/?view=agenda"))
    address = page.locator("main a[href$='.ics']").first.get_attribute("href")
    feed = page.request.get(site.base + str(address)).text() if str(address).startswith("/") else ""

    assert feed.count("BEGIN:VEVENT") == 1
    assert "BEGIN:VTIMEZONE" in feed


def _code_in_mail(site: Site, to: str) -> str:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        mail = site.log.read_text().rpartition(f"To: {to}")[2]
        found = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail, re.MULTILINE)
        if found:
            return found[1]
        time.sleep(0.2)
    raise AssertionError("no sign-in code was mailed")
