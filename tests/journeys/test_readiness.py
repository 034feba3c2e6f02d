"""Every line of the readiness list leads to exactly the rows that it counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.pages import Site

# Where a page says how many rows it shows; the first that is there counts.
COUNTS = (
    ".list-status p b",
    "[role=status].muted",
    ".segmented [aria-current] small",
    "#board-counts [aria-current]",
    "nav.tabs [aria-current] small",
)
# Reads pages as they come from the server, in the browser that is signed in.
TOLD = """async ([urls, places]) => {
  const told = [];
  for (const url of urls) {
    const page = new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html');
    told.push([url, places.map(place => page.querySelector(place)?.textContent).find(Boolean) ?? '']);
  }
  return told;
}"""


@pytest.mark.parametrize("role", ["director", "forum_editor"])
def test_lines_lead_to_as_many_rows_as_they_count(
    site: Site, signed_in: Callable[..., Page], role: str
) -> None:
    page = signed_in(role, site.console(), scripts=False)
    lines = page.locator(".readiness li").evaluate_all(
        "lines => lines.map(line => [line.querySelector('a').href, line.querySelector('div > small').textContent])"
    )
    counted = {url: number(text) for url, text in lines if "/versions/" not in url and number(text)}
    told = page.evaluate(TOLD, [list(counted), COUNTS])
    shown = {url: number(text) for url, text in told}

    assert len(shown) > 8
    assert shown == counted


def number(words: str) -> int | None:
    """Return the first number in these words."""
    found = re.search(r"\d[\d,]*", words)
    return int(found[0].replace(",", "")) if found else None
