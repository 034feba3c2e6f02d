"""A juror reads, marks by keys, loses her connection, writes on, and hands in; the receipt says what she wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.pages import Site
from tests.journeys.worlds.beside import done

WORDS = {
    "en": ("Works in forty villages; the figures are checked.", "Tell us how it is paid for."),
    "ar": ("يعمل في أربعين قرية، والأرقام مدققة.", "أخبرونا كيف يُموَّل."),
}


@dataclass(frozen=True)
class Jury:
    """Where the panel is, and who has signed in."""

    base: str
    path: str
    cookies: dict[str, list[str]]

    def url(self, path: str = "", lang: str = "en") -> str:
        """Return the address of a page of the panel."""
        return f"{self.base}/{lang}/{self.path}{path}"


@pytest.fixture(scope="session")
def jury(site: Site) -> Jury:
    return Jury(site.base, **json.loads(done(site, "panel")))


@pytest.fixture
def as_juror(jury: Jury, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of the panel as one of the jurors."""

    def open_(who: str, path: str = "", lang: str = "en", **options: object) -> Page:
        name, value = jury.cookies[who]
        page = open_page("", **options)
        page.context.add_cookies([{"name": name, "value": value, "url": jury.base}])
        page.goto(jury.url(path, lang))
        return page

    return open_


def at_work(page: Page) -> None:
    """Wait until the page of an entry takes keys."""
    expect(page.locator("form[data-ready]")).to_be_visible()


def state(page: Page, expected: str) -> None:
    """Wait until the review's line says how it stands: saved, kept, waiting, crossed…"""
    expect(page.locator("[data-state]")).to_have_attribute("data-state", expected)


@pytest.mark.parametrize(("lang", "entry"), [("en", 1), ("ar", 2)])
def test_a_review_outlives_a_lost_connection(as_juror: Callable[..., Page], lang: str, entry: int) -> None:
    page = as_juror("ada", lang=lang)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if lang == "ar" else "ltr")
    page.locator(f'tr[data-row="{entry}"] a').press("Enter")
    at_work(page)

    page.keyboard.press("8")
    state(page, "saved")
    page.context.set_offline(True)
    page.keyboard.press("0")
    page.keyboard.press("5")
    remarks, feedback = WORDS[lang]
    page.keyboard.press("c")
    page.keyboard.type(remarks)
    page.locator("textarea[name=feedback]").fill(feedback)
    state(page, "kept")
    page.keyboard.press("Control+Enter")
    state(page, "waiting")

    page.context.set_offline(False)
    page.wait_for_url(lambda url: not url.endswith(f"/1/{entry}/"))
    page.goto(page.url.split("/panel/")[0] + f"/panel/1/{entry}/receipt/")
    marks = [page.locator(f"[data-mark=criterion-{n}]").inner_text() for n in (1, 2, 3)]
    words = [page.locator(f"[data-words={name}]").inner_text() for name in ("remarks", "feedback")]
    assert (marks, words) == (["8", "10", "5"], [remarks, feedback])


def test_what_was_written_in_a_closed_page_is_sent_from_the_table(as_juror: Callable[..., Page]) -> None:
    page = as_juror("ada", "1/3/")
    at_work(page)
    page.context.set_offline(True)
    page.keyboard.press("4")
    page.keyboard.press("c")
    page.keyboard.type("Written on a train")
    state(page, "kept")
    page.close(run_before_unload=False)
    other = page.context.new_page()
    other.context.set_offline(False)
    other.goto(page.url.split("1/3/")[0])
    expect(other.locator('tr[data-row="3"] td').nth(2)).to_contain_text("1/3")
    other.goto(page.url)
    expect(other.locator("textarea[name=remarks]")).to_have_value("Written on a train")


def test_two_devices_lose_nothing(as_juror: Callable[..., Page]) -> None:
    laptop, telephone = as_juror("bo", "1/1/"), as_juror("bo", "1/1/", width=390)
    at_work(laptop)
    at_work(telephone)
    laptop.locator("textarea[name=feedback]").fill("From the laptop, alone")
    state(laptop, "saved")
    expect(telephone.locator("textarea[name=feedback]")).to_have_value("From the laptop, alone")

    telephone.context.set_offline(True)
    telephone.locator("textarea[name=remarks]").fill("From the telephone")
    state(telephone, "kept")
    laptop.locator("textarea[name=remarks]").fill("From the laptop")
    state(laptop, "saved")
    telephone.context.set_offline(False)
    state(telephone, "crossed")
    box = telephone.locator('[data-field="remarks"]')
    expect(box.locator("[data-theirs-words]")).to_have_text("From the laptop")
    expect(box.locator("textarea")).to_have_value("From the telephone")
    box.locator("[data-keep-mine]").click()
    state(telephone, "saved")
    expect(laptop.locator("textarea[name=remarks]")).to_have_value("From the telephone")


def test_the_jury_talks_after_the_reviews(as_juror: Callable[..., Page]) -> None:
    ada, bo = as_juror("ada", "1/4/"), as_juror("bo", "1/4/")
    expect(ada.locator("#discussion")).to_have_count(0)
    for page in (ada, bo):
        at_work(page)
        for digit in "678":
            page.keyboard.press(digit)
        page.get_by_role("button", name="Hand in", exact=True).click()
        page.wait_for_url("**/receipt/")
        page.goto(page.url.replace("receipt/", ""))
    expect(bo.locator("#discussion")).to_contain_text("Ada")
    ada.locator("#discussion textarea").fill("Shall we ask for the accounts?")
    ada.locator("#discussion button").click()
    expect(bo.locator("#discussion")).to_contain_text("Shall we ask for the accounts?")


def test_keys_are_shown_and_recusal_is_one_of_them(as_juror: Callable[..., Page]) -> None:
    page = as_juror("bo", "1/3/")
    at_work(page)
    page.keyboard.press("?")
    expect(page.locator("dialog[data-keys]")).to_contain_text("recuse yourself")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.wait_for_url("**/recusal/")
    page.locator("input[value=funder]").check()
    page.locator("textarea").fill("My foundation pays for it")
    page.get_by_role("button", name="Recuse myself").click()
    expect(page.locator("main .notice-done")).to_contain_text("3")
    page.goto(page.url.split("/panel/")[0] + "/panel/")
    expect(page.locator('tr[data-row="3"]')).to_have_count(0)
