"""Badges in a browser: the editor by mouse and keys, and the badge on a telephone without a line."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.pages import Site
from tests.journeys.worlds.beside import done


@pytest.fixture(scope="module")
def badges(site: Site) -> dict[str, str]:
    """Where the pages are of an edition with accredited guests."""
    found: dict[str, str] = json.loads(done(site, "badge"))
    return found


def test_the_editor_follows_mouse_and_keys(
    site: Site, badges: dict[str, str], open_page: Callable[..., Page]
) -> None:
    cookie = {"name": "sessionid", "value": badges["session"], "url": site.base}
    page = open_page("")
    page.context.add_cookies([cookie])  # type: ignore[list-item] # as Playwright takes it
    page.goto(site.base + badges["layout"])
    picture = page.locator("[data-badge-picture]")
    handle = page.locator(".badge-handle").nth(1)
    handle.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[name=e1-y]")).to_have_value("66")
    expect(page.locator("[data-badge-told]")).to_contain_text("66 mm from above")
    box = page.locator(".badge-handle").nth(5).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 10, steps=3)
    page.mouse.up()
    assert float(page.locator("[name=e5-x]").input_value()) > 45
    expect(picture).to_have_attribute("src", re.compile("^data:image/png"))
    page.locator("[name=e1-w]").fill("500")
    expect(page.locator("[data-badge-wrong]")).to_contain_text("A number from 1 to 105.")
    page.locator("[name=e1-w]").fill("80")
    expect(page.locator("[data-badge-wrong]")).to_be_hidden()
    page.get_by_role("button", name="Save the layout").click()
    expect(page.locator("[name=e1-y]")).to_have_value("66.0")


def test_the_badge_on_a_telephone_opens_without_a_line(
    site: Site, badges: dict[str, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(site.base + badges["carried"], width=390)
    expect(page.locator("[data-carried-kept]")).to_be_visible()
    page.reload()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anna de la Cruz")
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.locator(".carried-code").screenshot())))
    assert [code.text for code in read] == [badges["token"]]
    page.context.set_offline(False)


def test_a_guest_finds_her_badge_right_without_scripts(
    site: Site, badges: dict[str, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(site.base + badges["own"], width=320, scripts=False)
    page.get_by_label("Your post, or another line below your name").fill("Rapporteur")
    page.get_by_role("button", name="Save my lines").click()
    page.get_by_role("button", name="It is right").click()
    expect(page.get_by_text("You found it right on")).to_be_visible()
