"""A forum's way: its co-organiser writes it in two languages and hands it in; the secretariat returns it, then signs it off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.pages import Site

FORUM = "programme/forums/digital-public-infrastructure/edit/"


def test_forum_is_written_handed_in_returned_and_signed_off(
    site: Site, signed_in: Callable[..., Page]
) -> None:
    director = signed_in("director", site.console(FORUM))
    director.get_by_label("Due by").fill("2026-11-12T18:00")
    director.get_by_role("button", name="Save").click()
    director.get_by_label("E-mail address").fill("editor@institute-for-open-networks.example")
    director.get_by_role("button", name="Let in").click()
    expect(director.locator("main")).to_contain_text("Leïla Benslimane")

    partner = signed_in("forum_editor", site.console("programme/forums/"))
    partner.get_by_role("link", name="Digital public infrastructure").click()
    partner.get_by_role("group", name="Title", exact=True).get_by_label("English").fill(
        "Public code, public ledgers"
    )
    partner.get_by_role("group", name="Title", exact=True).get_by_label("French").fill(
        "Code public, registres publics"
    )
    partner.get_by_role("button", name="Save").click()
    expect(partner.locator("h1")).to_have_text("Public code, public ledgers")

    partner.get_by_role("link", name="Add a session").click()
    partner.get_by_role("group", name="Title", exact=True).get_by_label("English").fill(
        "Ledgers without queues"
    )
    partner.get_by_role("group", name="Languages spoken").get_by_label("English").check()
    partner.get_by_role("button", name="Create the session").click()
    partner.get_by_role("link", name="Change who appears").click()
    partner.get_by_role("searchbox").fill("Abbasi")
    partner.get_by_role("button", name="Find").click()
    partner.locator("button[name=add]").first.click()
    expect(partner.locator(".people-rows")).to_contain_text("Abbasi")

    partner.goto(site.console(FORUM))
    expect(partner.locator("main")).to_contain_text("Ledgers without queues")
    partner.get_by_role("button", name="Hand in").click()
    expect(partner.locator(".page-head .chip").last).to_contain_text("Submitted")
    assert partner.get_by_role("button", name="Sign off").count() == 0

    director.goto(site.console(FORUM))
    director.get_by_text("Return with remarks").click()
    director.get_by_label("Remarks").fill("Who chairs the new session?")
    director.get_by_role("button", name="Return", exact=True).click()
    expect(director.locator(".page-head .chip").last).to_contain_text("Returned")

    partner.reload()
    expect(partner.get_by_role("region", name="The secretariat returned this forum")).to_contain_text(
        "Who chairs the new session?"
    )
    partner.get_by_role("button", name="Hand in").click()
    director.goto(site.console(FORUM))
    director.get_by_role("button", name="Sign off").click()
    expect(director.locator(".page-head .chip").last).to_contain_text("Signed off")
    partner.reload()
    expect(partner.get_by_role("button", name="Save")).to_be_disabled()
