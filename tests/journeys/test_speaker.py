"""A speaker on a telephone, by the link in her letter: she confirms, approves her biography and hands in her slides."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.pages import Site

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_speaker_answers_approves_and_hands_in_on_a_phone_in_arabic(
    site: Site, open_page: Callable[..., Page], signed_in: Callable[..., Page], tmp_path: Path
) -> None:
    director = signed_in("director", site.console("programme/speakers/?due=answer&delivery=in_person"))
    director.goto(site.base + (director.locator("tbody th a").first.get_attribute("href") or ""))
    link = director.get_by_label("Whoever has it acts as the speaker").input_value()

    page = open_page(re.sub("^.*?/en/", f"{site.base}/ar/", link), width=390)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    part = page.locator("article").filter(has=page.locator("button[value=confirm]")).first
    part_id = part.get_attribute("id")
    part.locator("button[value=confirm]").click()
    part = page.locator(f"#{part_id}")
    expect(part.locator("header .chip-jade")).to_be_visible()

    biography = page.locator("#biography details").first
    if biography.get_attribute("open") is None:
        biography.locator("summary").click()
    biography.locator("textarea").fill("تعمل على شبكات الأنهار.")
    biography.locator("button:not([name])").click()
    expect(page.locator("#biography details").first.locator("summary .chip-jade")).to_be_visible()

    slides = tmp_path / "slides.pdf"
    slides.write_bytes(PDF)
    files = part.locator("details:has(input[type=file])").first
    if files.get_attribute("open") is None:
        files.locator("summary").click()
    files.locator("input[type=file]").set_input_files(slides)
    files.locator("button.button").last.click()
    expect(part).to_contain_text("slides.pdf")

    director.reload()
    expect(director.locator("main")).to_contain_text("slides.pdf")
    expect(director.locator("main")).to_contain_text("Confirmed")
