"""Two people in two browsers: each sees that the other is there, and what happens without loading the page again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.pages import EDITION, Site


def _signed_in(site: Site, open_page: Callable[..., Page], role: str) -> Page:
    page = open_page(site.links[role])
    page.locator("main button[type=submit]").click()
    return page


def _webhook(site: Site, page: Page) -> None:
    """Create a webhook and open its page."""
    page.goto(f"{site.base}/en/console/{EDITION}/webhooks/")
    page.locator("#id_name").fill("Partner's website")
    page.locator("#id_url").fill("https://hooks.invalid/summit")
    page.get_by_label("A version of the schedule was published").check()
    page.get_by_role("button", name="Create").click()
    expect(page.locator("main code").first).to_contain_text("whsec_")
    page.get_by_role("link", name="Send a ping to the new webhook").click()


def test_colleagues_see_each_other_and_what_happens(site: Site, open_page: Callable[..., Page]) -> None:
    director, keeper = (_signed_in(site, open_page, role) for role in ("director", "administrator"))
    _webhook(site, director)
    keeper.goto(director.url)

    expect(keeper.locator("[data-presence]")).to_contain_text("is also editing this.")
    expect(director.locator("[data-presence]")).to_have_text("Administrator is also editing this.")
    director.get_by_role("button", name="Send a ping").click()
    for page in (keeper, director):
        expect(page.locator("#messages")).to_contain_text(
            "The host of this address is not known.", timeout=20_000
        )
    keeper.close()
    expect(director.locator("[data-presence]")).to_be_hidden()


def test_a_page_that_lost_its_connection_fetches_its_state(
    site: Site, open_page: Callable[..., Page]
) -> None:
    page = _signed_in(site, open_page, "director")
    _webhook(site, page)
    expect(page.locator("html")).to_have_attribute("data-live", "on")
    page.context.set_offline(True)
    page.evaluate("document.querySelector('#messages').textContent = 'Out of date'")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#messages")).to_contain_text("No message yet")
