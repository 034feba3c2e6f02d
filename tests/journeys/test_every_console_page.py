"""Every page kind of the console, the speakers' page and the guests': accessible, within 320 px, silent, inside its budget, and complete
without scripts. Each is loaded in English, many in another language too; widths and schemes are changed on the loaded page.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from playwright.sync_api import Browser, Page, StorageState

from summitry.foundation.i18n import direction, language_tag
from tests.journeys.looks import (
    complaints,
    in_languages,
    only_with_scripts,
    outside,
    violations_everywhere,
)
from tests.journeys.pages import BY_ROLE, Site

BY_LINK = {
    "page": ("page", ""),
    "assistant": ("assistant", ""),
    "link-test": ("page", "link/"),
    "invitation": ("invitation", ""),
    "my-summit": ("own", ""),
    "my-application": ("own", "application/"),
    "my-badge": ("own", "badge/"),
    "my-meetings": ("own", "meetings/"),
    "my-data": ("own", "privacy/"),
}
"""Pages without an account: whose link leads there, and what follows in it."""
ROLE_OF = {kind: role for role, kinds in BY_ROLE.items() for kind in kinds}
KINDS = [*ROLE_OF, *BY_LINK]
HTML_BUDGET_KB = 25
CSS_BUDGET_KB = 27
JS_BUDGET_KB = 40


@pytest.fixture(scope="module")
def desks(browser: Browser, admitted: Callable[[str], StorageState]) -> Iterator[dict[str, Page]]:
    """Return a page for each role that has pages of its own, and one without an account; all tests share them."""
    states = {role: admitted(role) for role in BY_ROLE} | {"": None}
    pages = {
        role: browser.new_page(storage_state=state, timezone_id="Europe/Paris", reduced_motion="reduce")
        for role, state in states.items()
    }
    yield pages
    for page in pages.values():
        page.context.close()


@pytest.fixture(scope="module")
def find(site: Site, desks: dict[str, Page]) -> Callable[[str], str]:
    """Return a function that gives the English address of a page kind, found by the links that lead to it."""
    known: dict[str, str] = {}

    def address(kind: str) -> str:
        if kind in BY_LINK:
            whose, rest = BY_LINK[kind]
            return site.links[whose] + rest
        if kind not in known:
            known[kind] = _followed(site, _desk(desks, kind), kind, address)
        return known[kind]

    return address


def _followed(site: Site, page: Page, kind: str, address: Callable[[str], str]) -> str:
    way = BY_ROLE[ROLE_OF[kind]][kind]
    if isinstance(way, str):
        return site.console(way)
    source, pattern = way
    url = address(source.removeprefix("@")) if source.startswith("@") else site.console(source)
    found = re.search(
        f'(?:href|action)="({site.console().removeprefix(site.base)}{pattern})["?#]',
        page.request.get(url).text(),
    )
    assert found, f"{url} leads to no {kind}"
    return site.base + found[1]


def _desk(desks: dict[str, Page], kind: str) -> Page:
    return desks[ROLE_OF.get(kind, "")]


@pytest.fixture(scope="module")
def weigh(site: Site, desks: dict[str, Page]) -> Callable[[str], float]:
    """Return a function that gives a static file's weight in kB, compressed."""
    return cache(lambda path: len(gzip.compress(desks[""].request.get(site.base + path).body())) / 1000)


def _over_budget(weigh: Callable[[str], float], html: str, sheets: int) -> list[str]:
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script[^>]+src="([^"]+)"', html)
    found = {
        "HTML": len(gzip.compress(html.encode())) / 1000 > HTML_BUDGET_KB,
        "CSS": sum(map(weigh, styles)) > CSS_BUDGET_KB,
        "scripts": sum(map(weigh, scripts)) > JS_BUDGET_KB,
        "style sheets": len(styles) != sheets,
    }
    return [what for what, is_over in found.items() if is_over]


@pytest.mark.parametrize(("kind", "lang"), in_languages(KINDS, every=3))
def test_page_is_accessible_fits_and_is_complete_without_scripts(
    desks: dict[str, Page], find: Callable[[str], str], weigh: Callable[[str], float], kind: str, lang: str
) -> None:
    page = _desk(desks, kind)
    url = find(kind).replace("/en/", f"/{lang}/", 1)
    with complaints(page) as heard:
        response = page.goto(url)
        assert response
        assert response.status == 200
        added = only_with_scripts(page, response.text())
        found = violations_everywhere(page, contrast=lang == "en")
        beside = outside(page)
    assert (found, beside, heard, added) == ({}, [], [], [])
    assert _over_budget(weigh, response.text(), 1 if kind in BY_LINK else 2) == []
    assert page.locator(".site-head .switcher summary [lang]").count() == (page.locator(".site-head").count())
    assert page.locator(".site-head :is(input, select, textarea)").count() == 0
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        language_tag(lang),
        direction(lang),
    ]
