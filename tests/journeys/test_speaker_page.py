"""A speaker's page on a telephone, with scripts and without: what is refused keeps what was typed; her link is tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import Site

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DAY = "2026-11-09"


def opened(page: Page, inside: str) -> None:
    """Open the folded part in which something stands, where it is not open."""
    part = page.locator("details").filter(has=page.locator(inside)).last
    if part.get_attribute("open") is None:
        part.locator("> summary").click()


@pytest.mark.parametrize(("lang", "scripts"), [("ar", True), ("zh-hans", False)])
def test_what_is_refused_keeps_what_was_typed(
    site: Site, open_page: Callable[..., Page], lang: str, scripts: bool, tmp_path: Path
) -> None:
    page = open_page(site.links["page"].replace("/en/", f"/{lang}/"), width=390, scripts=scripts)
    assert {one["name"] for one in page.context.cookies()} <= {"zone"}

    paper = "form:has(input[name=kind][value=paper])"
    opened(page, paper)
    bad, good = tmp_path / "paper.exe", tmp_path / f"{lang}.pdf"
    bad.write_bytes(b"MZ")
    good.write_bytes(PDF + lang.encode())
    form = page.locator(paper).first
    form.locator("input[type=file]").set_input_files(bad)
    form.locator("input[name=note]").fill("الغرفة 房间")
    form.locator("button").click()
    expect(form.locator(".error")).to_be_visible()
    expect(form.locator("input[name=note]")).to_have_value("الغرفة 房间")
    form.locator("input[type=file]").set_input_files(good)
    form.locator("button").click()
    expect(page.locator("article.card").first).to_contain_text(f"{lang}.pdf")

    times = page.locator("#availability")
    start, end = times.locator("input[name=start0]"), times.locator("input[name=end0]")
    start.fill(f"{DAY}T10:00")
    end.fill(f"{DAY}T09:00")
    times.locator("button").click()
    expect(times.locator(".error")).to_be_visible()
    expect(start).to_have_value(f"{DAY}T10:00")
    end.fill(f"{DAY}T18:00")
    times.locator("button").click()
    expect(page.locator("main .notice-done")).to_be_visible()
    expect(end).to_have_value(f"{DAY}T18:00")
    start.fill("")
    end.fill("")
    times.locator("button").click()
    expect(start).to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_assistant_is_told_on_whose_behalf(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(site.links["assistant"], width=390)
    expect(page.locator("main .notice-attention").first).to_contain_text("on behalf of")
    expect(page.locator("#assistant")).to_have_count(0)
    expect(page.locator("article.card").first).to_be_visible()


def test_link_is_tried_and_the_secretariat_told(site: Site, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{site.links['page']}link/", permissions=["camera", "microphone"])
    page.locator("[data-start]").click()
    send = page.locator("[data-send]")
    expect(send).to_be_enabled(timeout=20_000)
    expect(page.locator("[data-step=down] [data-result]")).to_contain_text("Mbit/s")
    send.click()
    expect(page.locator("#link .chip").first).to_contain_text("Test")
