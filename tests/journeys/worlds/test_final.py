"""A final from the first pitch to the winner: a desk, two juror's phones of which one loses its line, and the big screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.pages import Site
from tests.journeys.worlds.beside import done

COMMITTED = "Your ballot is committed and can no longer be changed."
SENDING = "Sending…"
REVEALED = "Your ballot is revealed. Thank you."


@dataclass(frozen=True)
class Stage:
    """Where the finals are, and who has signed in."""

    base: str
    edition: str
    cookies: dict[str, list[str]]
    screens: dict[str, str]

    def url(self, kind: str, path: str = "", lang: str = "en") -> str:
        """Return the address of a page of the final of a kind."""
        return f"{self.base}/{lang}/console/{self.edition}/calls/{kind}/final/{path}"


@pytest.fixture(scope="session")
def stage(site: Site) -> Stage:
    return Stage(site.base, **json.loads(done(site, "final")))


@pytest.fixture
def as_one(stage: Stage, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of a final as one of its people."""

    def open_(who: str, kind: str, path: str = "", **options: object) -> Page:
        name, value = stage.cookies[who]
        page = open_page("", **options)
        page.context.add_cookies([{"name": name, "value": value, "url": stage.base}])
        page.goto(stage.url(kind, path))
        return page

    return open_


def press(desk: Page, name: str) -> None:
    """Press a button of the desk, not sooner than it takes the next press."""
    desk.wait_for_timeout(700)
    desk.get_by_role("button", name=name, exact=False).first.click()


def mark(phone: Page, pitch: int, idea: int, skill: int) -> None:
    """Give the marks of a pitch (its number on the phone)."""
    sheet = phone.locator("[data-pitch]").nth(pitch)
    for n, value in enumerate((idea, skill)):
        sheet.locator("fieldset").nth(n).locator(f'input[value="{value}"]').check()


def closed_and_counted(desk: Page, kind: str, stage: Stage, revealed: str) -> None:
    """Close the ballots, wait until they are revealed, and count them."""
    desk.goto(stage.url(kind, "?ask=close"))
    desk.get_by_role("button", name="Close the ballots").click()
    expect(desk.locator("[data-state]")).to_contain_text(revealed)
    desk.goto(stage.url(kind, "?ask=count"))
    desk.get_by_role("button", name="Count the ballots").click()


def test_a_final_from_the_first_pitch_to_the_winner(
    stage: Stage, as_one: Callable[..., Page], open_page: Callable[..., Page]
) -> None:
    desk = as_one("manager", "scores")
    screen = open_page(f"{stage.base}/en/entry/final/{stage.screens['scores']}/", width=1920)
    ada, bo = (as_one(who, "scores", "ballot/", width=390) for who in ("ada", "bo"))
    expect(bo.locator("[data-pitch]")).to_have_count(3)  # a conflict bars her from the first pitch
    press(desk, "Start the final")
    press(desk, "Next pitch")
    press(desk, "Start the clock")
    expect(screen.locator(".final-title")).to_have_text("A bridge that tells how it feels")
    expect(screen.locator("[data-count]")).to_contain_text(":")
    expect(screen.locator(".final-code")).to_be_visible()
    expect(ada.locator(".is-on-stage [data-title]")).to_have_text("A bridge that tells how it feels")
    expect(bo.locator("[data-not-judged]")).to_be_visible()

    for n, marks in enumerate(((5, 6), (9, 8), (7, 7), (6, 6))):
        mark(ada, n, *marks)
    ada.reload()
    expect(ada.locator("[data-pitch]").nth(1).locator("input:checked").first).to_have_value("9")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ada.route("**/ballot/", hold)
    ada.evaluate("dispatchEvent(new Event('online'))")
    ada.get_by_role("button", name="Commit my ballot").click()  # while the page asks how the final stands
    expect(ada.locator("[data-status]")).to_have_text(SENDING)
    held[0].continue_()
    ada.unroute("**/ballot/")
    expect(ada.locator("[data-status]")).to_have_text(COMMITTED)

    bo.context.set_offline(True)
    for n, marks in enumerate(((8, 8), (10, 10))):
        mark(bo, n, *marks)
    bo.get_by_role("button", name="Commit my ballot").click()
    expect(bo.locator("[data-missing]")).to_contain_text("会呼吸的屋顶")
    bo.get_by_role("button", name="Commit my ballot").click()
    expect(bo.locator("[data-status]")).to_contain_text("No connection")
    expect(screen.locator(".final-ballots")).to_contain_text("1 / 2")
    bo.context.set_offline(False)
    expect(bo.locator("[data-status]")).to_have_text(COMMITTED)
    expect(screen.locator(".final-ballots")).to_contain_text("2 / 2")

    closed_and_counted(desk, "scores", stage, "2 of 2 revealed")
    for phone in (ada, bo):
        expect(phone.locator("[data-status]")).to_have_text(REVEALED)
    press(desk, "Reveal the next place")
    expect(screen.locator(".final-places li")).to_have_count(1)
    press(desk, "Reveal the next place")
    press(desk, "Reveal the next place")
    expect(screen.locator(".final-places .is-first .final-title")).to_have_text("مختبر متنقل للمياه")
    press(desk, "Decide the round")
    expect(desk.locator("[data-state]")).not_to_contain_text("Decide the round")


def test_pairs_are_compared_on_the_phone(stage: Stage, as_one: Callable[..., Page]) -> None:
    desk, ada = as_one("manager", "pairs"), as_one("ada", "pairs", "ballot/", width=390)
    expect(ada.locator("[data-none]")).to_be_visible()
    press(desk, "Start the final")
    for _n in range(3):
        press(desk, "Next pitch")
    expect(ada.locator("[data-choose]").first).to_be_visible()
    for _n in range(3):
        ada.locator("[data-choose]").nth(1).click()
    ada.locator("[data-undo]").click()
    expect(ada.locator("[data-compared]")).to_contain_text("2")
    ada.locator("[data-choose]").nth(0).click()
    ada.get_by_role("button", name="Commit my ballot").click()
    expect(ada.locator("[data-status]")).to_have_text(COMMITTED)
    closed_and_counted(desk, "pairs", stage, "1 of 1 revealed")
    expect(desk.locator(".list-table tbody tr")).to_have_count(3)
