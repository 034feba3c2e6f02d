"""Every page kind: accessible, within 320 px, silent in the console, inside its weight budget, complete without scripts."""

from __future__ import annotations

import gzip
import re
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from summitry.foundation.i18n import direction, language_tag
from tests.journeys.looks import complaints, in_languages, outside, violations_everywhere
from tests.journeys.pages import EDITION, EVERYWHERE, PUBLIC, WIDTHS, Site

KINDS = [*PUBLIC, *EVERYWHERE, "forum", "session", "speaker", "not-found"]
BUDGET_KB = {"timetable": 30}
HTML_BUDGET_KB = 15
CSS_BUDGET_KB = 20
JS_BUDGET_KB = 25


def address(site: Site, kind: str, lang: str) -> str:
    """Return the address of a page kind; detail pages are found by following the first link of their list."""
    if kind in PUBLIC:
        return site.url(PUBLIC[kind], lang)
    if kind in EVERYWHERE:
        return f"{site.base}/{lang}/{EVERYWHERE[kind]}"
    if kind == "not-found":
        return site.url("forums/no-such-forum/", lang)
    folder = {"forum": "forums", "session": "sessions", "speaker": "speakers"}[kind]
    source = site.url("programme/?view=list" if kind == "session" else f"{folder}/", lang)
    html = urllib.request.urlopen(source, timeout=20).read().decode()
    found = re.search(rf'href="(/{lang}/{EDITION}/{folder}/[^/"?]+/)"', html)
    assert found, f"{source} links no {kind}"
    return site.base + found[1]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A reader without an account, who goes from page to page."""
    page = browser.new_page(timezone_id="Europe/Paris", reduced_motion="reduce")
    yield page
    page.context.close()


@pytest.mark.parametrize(("kind", "lang"), in_languages(KINDS))
def test_page_is_accessible_fits_320_pixels_and_keeps_the_console_silent(
    site: Site, page: Page, kind: str, lang: str
) -> None:
    with complaints(page) as heard:
        page.goto(address(site, kind, lang))
        found = violations_everywhere(page, contrast=lang == "en")
        beside = outside(page)
    if kind == "not-found":
        heard = [message for message in heard if "404" not in message]
    assert (found, beside, heard) == ({}, [], [])
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language_tag(lang),
        direction(lang),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_page_stays_inside_its_budget(site: Site, kind: str) -> None:
    url = address(site, kind, "en")
    if kind == "not-found":
        pytest.skip("an error page has no budget of its own")
    html = urllib.request.urlopen(url, timeout=20).read()
    text = html.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    scripts = re.findall(r'<script[^>]+src="([^"]+)"', text)

    def weight(paths: list[str]) -> float:
        return (
            sum(len(gzip.compress(urllib.request.urlopen(site.base + path).read())) for path in paths) / 1000
        )

    assert len(gzip.compress(html)) / 1000 <= BUDGET_KB.get(kind, HTML_BUDGET_KB)
    assert weight(sheets) <= CSS_BUDGET_KB
    assert weight(scripts) <= JS_BUDGET_KB
    assert len(sheets) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_without_scripts_every_session_of_the_day_is_there(
    site: Site, open_page: Callable[..., Page], width: int
) -> None:
    with_scripts = open_page(site.url("programme/?view=list"), width=width)
    without = open_page(site.url("programme/"), width=width, scripts=False)
    selector = f"a[href*='/{EDITION}/sessions/']"
    expected = {link.get_attribute("href") for link in with_scripts.locator(selector).all()}

    assert {link.get_attribute("href") for link in without.locator(selector).all()} >= expected
    assert len(expected) > 40
