"""What every page is looked at for, page load by page load: axe at both widths and in both schemes, what stands outside a
narrow screen, and what the browser complains of."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Error, Page

from tests.journeys.pages import LANGUAGES, WIDTHS

EVERY = bool(os.environ.get("SUMMITRY_EVERY_LOOK"))
Scheme = Literal["light", "dark"]
LOOKS: list[tuple[int, Scheme]] = (
    [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
    if EVERY
    else [(WIDTHS[0], "light"), (WIDTHS[1], "dark")]
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """options => axe.run({resultTypes: ['violations'], elementRef: false, iframes: false, ...options}).then(found =>
  found.violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 140)).join(' | ')}`))"""
_OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(element => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height) return false;
  for (let node = element; node; node = node.parentElement) {
    const style = getComputedStyle(node);
    if (style.overflowX !== 'visible' || style.clipPath !== 'none' || style.position === 'fixed') return false;
  }
  return box.right > innerWidth + 1 || box.left < -1;
}).map(element => element.outerHTML.slice(0, 100)).slice(0, 5)"""

_ADDED = """html => {
  const parts = page => new Set([...page.querySelectorAll('main a[href], main [name]')].map(
    one => one.name || new URL(one.getAttribute('href'), location).href));
  const sent = parts(new DOMParser().parseFromString(html, 'text/html'));
  return [...parts(document)].filter(part => !sent.has(part)).slice(0, 5);
}"""


def in_languages(kinds: Sequence[str], *, every: int = 1) -> list[tuple[str, str]]:
    """Return each kind of page in English, and every so many in another language, in turn.

    What another language changes, it changes on all pages alike. With SUMMITRY_EVERY_LOOK each is asked for in each.
    """
    first, *others = LANGUAGES
    return [
        (kind, lang)
        for number, kind in enumerate(kinds)
        for lang in LANGUAGES
        if EVERY or lang == first or (number % every == 0 and lang == others[number // every % len(others)])
    ]


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Return what axe finds on the page as it stands now, rule by rule."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_RUN, options)
    return found


def violations_everywhere(page: Page, *, contrast: bool = True) -> dict[tuple[int, str], list[str]]:
    """Return what axe finds at both widths, one in light and the other in dark, without loading the page again.

    Width and scheme change nothing of each other, so that two looks see what four would. No language changes colours: with
    `contrast` off, only structure, names and sizes are looked at, and only on a telephone, where words are in each other's way.
    """
    rules = {} if contrast else {"color-contrast": {"enabled": False}}
    found = {}
    for width, scheme in LOOKS if contrast else LOOKS[-1:]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found[width, scheme] = violations(page, {"runOnly": RULES, "rules": rules})
    return {where: lines for where, lines in found.items() if lines}


def outside(page: Page, width: int = 320) -> list[str]:
    """Return what stands beside a screen of this width, and whether the whole page scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate(_OUTSIDE)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("the page scrolls sideways")
    return found


@contextmanager
def complaints(page: Page) -> Iterator[list[str]]:
    """Give a list that fills with what the browser complains of."""
    heard: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    def failed(error: Error) -> None:
        heard.append(str(error))

    page.on("console", told)
    page.on("pageerror", failed)
    yield heard
    page.remove_listener("console", told)
    page.remove_listener("pageerror", failed)


def only_with_scripts(page: Page, html: str) -> list[str]:
    """Return the links and fields of the page that are not in `html`, which is what the server sent."""
    found: list[str] = page.evaluate(_ADDED, html)
    return found
