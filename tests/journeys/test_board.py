"""What programme editors do on the board: by keyboard alone from an empty tray to a published version; and two at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looks import outside, violations_everywhere
from tests.journeys.pages import EDITION, LANGUAGES, Site

DAY = "2026-11-10"
NEXT = "2026-11-11"


@pytest.fixture
def board(site: Site, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Return a function that opens the board in a browser of its own, signed in by role."""

    def open_(role: str = "director", day: str = DAY, lang: str = "en", **options: object) -> Page:
        page = open_page(site.links[role], **options)
        page.locator("main button[type=submit]").click()
        page.goto(address(site, f"board/?day={day}", lang))
        if options.get("scripts", True):
            expect(page.locator("html")).to_have_attribute("data-live", "on")
        return page

    return open_


def address(site: Site, path: str, lang: str = "en") -> str:
    return f"{site.base}/{lang}/console/{EDITION}/programme/{path}"


def said(page: Page, pattern: str) -> None:
    """Wait for what the board tells a screen reader, whatever isolates stand in it."""
    expect(page.locator("[data-said]")).to_have_text(
        re.compile(pattern.replace(" ", "[\\s\u2066\u2068\u2069]+"))
    )


def focus(page: Page, card: str) -> None:
    """Tab cannot count on how many cards there are; the focus is put where it would come."""
    page.locator(f"#{card} [data-card]").focus()


def last_card(page: Page) -> str:
    return page.locator(".tt-plan .board-card").last.get_attribute("id") or ""


def test_sessions_are_placed_moved_freed_of_a_clash_and_published_by_keyboard(
    site: Site, board: Callable[..., Page]
) -> None:
    page = board()
    card = last_card(page)
    title = page.locator(f"#{card} .tt-title").inner_text().replace("\u00ad", "")
    focus(page, card)
    page.keyboard.press("Delete")
    said(page, "is unscheduled now")
    expect(page.locator(f"#board-tray #{card} a")).to_be_focused()

    page.keyboard.press("Enter")
    dialog = page.locator("#move-dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("ArrowDown")  # the first room
    room = dialog.locator("[name=room] option:checked").inner_text()
    page.locator("#move-start").fill("18:30")
    page.keyboard.press("Enter")
    said(page, f"moved to Tue 10 Nov, 18:30.*{room}")
    expect(page.locator(f"#board-cards #{card} a")).to_be_focused()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    said(page, "moved to Tue 10 Nov, 18:40")
    page.keyboard.press("Shift+ArrowLeft")
    said(page, "moved to Tue 10 Nov, 18:40–")  # and at once back: taking back waits for what it takes back
    page.keyboard.press("Control+z")
    said(page, "^Undone.")
    page.keyboard.press("Control+z")
    said(page, "^Undone. .*18:30")
    page.keyboard.press("Control+y")
    said(page, "^Redone. .*18:40")

    # A clash: into the place of the card that ends last before; the list leads to it, and it is resolved.
    other = page.locator(".tt-plan .board-card").nth(3)
    taken = other.get_attribute("data-room") or ""
    focus(page, card)
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    dialog.locator("[name=room]").select_option(taken)
    page.locator("#move-start").fill(other.locator("[data-from]").inner_text())
    page.locator("#move-minutes").press("Enter")
    said(page, "New clash: Two sessions share")
    expect(page.locator(f"#{card}")).to_have_class(re.compile("has-blocking"))
    expect(page.locator(f"#{card} .board-mark")).to_contain_text("clash")
    clash = page.locator(".clash.is-blocking", has_text="share").first
    clash.locator(f"[data-jump='{card.removeprefix('card-')}']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{card} a")).to_be_focused()
    page.keyboard.press("Control+z")
    said(page, "No clash any more: Two sessions share")

    page.goto(address(site, "publish/"))
    expect(page.locator("main")).to_contain_text(title)
    note = page.locator("#id_note")
    note.focus()
    page.keyboard.type("The evening grows")
    if page.locator("#id_despite").count():
        page.locator("#id_despite").focus()
        page.keyboard.press("Space")
        page.locator("#id_reason").focus()
        page.keyboard.type("Nobody can move the minister")
    page.locator("main form .button-primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main .notice-done")).to_contain_text("is published")
    expect(page.locator("main")).to_contain_text("The evening grows")


def test_two_editors_see_each_others_moves_and_a_stale_one_is_refused(board: Callable[..., Page]) -> None:
    ruolan, mateus = board(day=NEXT), board("editor", day=NEXT)
    card = ruolan.locator(".tt-plan .board-card").nth(1).get_attribute("id") or ""
    expect(mateus.locator("[data-presence]")).to_contain_text("also")
    before = mateus.locator(f"#{card}").get_attribute("data-start")

    focus(ruolan, card)
    ruolan.keyboard.press("ArrowRight")
    said(ruolan, "moved to Wed 11 Nov")
    expect(mateus.locator(f"#{card}")).not_to_have_attribute("data-start", before or "", timeout=1000)
    said(mateus, "^.*moved .* to Wed 11 Nov")

    # He moves it on; she takes her own move back, which is refused and shown.
    focus(mateus, card)
    mateus.keyboard.press("ArrowRight")
    said(mateus, "^.*moved to Wed 11 Nov")
    expect(ruolan.locator(f"#{card}")).to_have_attribute(
        "data-revision", mateus.locator(f"#{card}").get_attribute("data-revision") or ""
    )
    focus(ruolan, card)
    ruolan.keyboard.press("Control+z")
    refused = ruolan.locator("#stale-dialog")
    expect(refused).to_be_visible()
    expect(refused).to_contain_text("a moment ago")
    refused.get_by_role("button", name="Take theirs").press("Enter")
    theirs = ruolan.locator(f"#{card}").get_attribute("data-start")
    assert theirs == mateus.locator(f"#{card}").get_attribute("data-start")

    focus(ruolan, card)
    ruolan.keyboard.press("ArrowLeft")
    ruolan.keyboard.press("ArrowLeft")
    expect(mateus.locator(f"#{card}")).to_have_attribute("data-start", before or "", timeout=3000)


def test_card_is_dragged_resized_and_dropped_in_the_tray(board: Callable[..., Page]) -> None:
    page = board()
    page.set_viewport_size({"width": 1440, "height": 1100})
    card = page.locator(".tt-plan .board-card").first
    key = card.get_attribute("id")
    card = page.locator(f"#{key}")
    start, end = (int(card.get_attribute(name) or 0) for name in ("data-start", "data-end"))

    drag(page, key, (0, 0), by=(90, 0))
    said(page, "moved to Tue 10 Nov")
    moved = int(card.get_attribute("data-start") or 0)
    assert moved > start
    assert (moved - start) % 300 == 0
    assert int(card.get_attribute("data-end") or 0) - moved == end - start
    expect(page.locator("#move-dialog")).to_be_hidden()

    box = card.bounding_box()
    assert box
    drag(page, key, (box["width"] - 22, 0), by=(40, 0))
    expect(card).not_to_have_attribute("data-end", str(moved + end - start))
    assert int(card.get_attribute("data-start") or 0) == moved

    tray, box = page.locator("[data-tray]").bounding_box(), card.bounding_box()
    assert tray
    assert box
    drag(page, key, (0, 0), by=(tray["x"] - box["x"] + 20, tray["y"] - box["y"] + 5))
    expect(page.locator(f"#board-tray #{key}")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Control+z")
        said(page, "^Undone.")
        page.wait_for_timeout(300)
    expect(page.locator(f"#board-cards #{key}")).to_have_attribute("data-start", str(start))


def drag(page: Page, key: str | None, grip: tuple[float, float], *, by: tuple[float, float]) -> None:
    card = page.locator(f"#{key}")
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    assert box
    x, y = box["x"] + 20 + grip[0], box["y"] + 12 + grip[1]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=3)
    page.mouse.move(x + by[0], y + by[1], steps=3)
    page.mouse.up()


def test_arrows_point_as_on_the_screen_from_right_to_left(board: Callable[..., Page]) -> None:
    page = board(day=NEXT, lang="ar")
    key = page.locator(".tt-plan .board-card").nth(2).get_attribute("id") or ""
    card = page.locator(f"#{key}")
    start = int(card.get_attribute("data-start") or 0)
    focus(page, key)
    page.keyboard.press("ArrowLeft")
    expect(card).to_have_attribute("data-start", str(start + 300))
    page.keyboard.press("ArrowRight")
    expect(card).to_have_attribute("data-start", str(start))


def test_board_works_without_scripts(site: Site, board: Callable[..., Page]) -> None:
    page = board(day=NEXT, scripts=False)
    link = page.locator(".tt-plan [data-card]").nth(4)
    link.click()
    expect(page.locator("h1")).to_have_text("Move to…")
    page.locator("#id_start").fill("19:05")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.locator("main .notice-done")).to_contain_text("19:05")


def test_viewer_looks_and_moves_nothing(site: Site, board: Callable[..., Page]) -> None:
    page = board("viewer")
    expect(page.locator(".board-card").first).to_be_visible()
    assert page.locator("[data-card], [data-grip], #move-dialog, [data-undo]").count() == 0
    assert page.request.get(address(site, "publish/")).status == 403


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_the_board_are_accessible_and_fit_small_screens(
    site: Site, board: Callable[..., Page], lang: str
) -> None:
    page = board(lang=lang)
    found: dict[str, object] = {}
    for path in (
        f"board/?day={DAY}",
        "publish/",
        "versions/",
        "versions/compare/?from=1&to=2",
        "versions/1/forward/",
        "board/capacities/",
    ):
        page.goto(address(site, path, lang))
        bad = violations_everywhere(page, contrast=lang == "en"), [*outside(page, 768), *outside(page)]
        if any(bad):
            found[path] = bad
    assert found == {}
