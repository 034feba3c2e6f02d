"""The desk: enrolled by a code, at work without a line, killed and started again, and in the end of one mind with the server."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import segno
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.chromium import program
from tests.journeys.looks import complaints, outside, violations_everywhere
from tests.journeys.pages import Site
from tests.journeys.worlds.beside import begun, done, told

GUESTS = 2_500
SLOWER = 4
PATIENT = 20_000
VERDICT_MS = 150
VECTORS = json.loads((Path(__file__).parents[2] / "gates" / "verdicts.json").read_text())


class World(NamedTuple):
    """What was built for the desk: codes to enrol two devices, and guests with their tokens."""

    site: Site
    codes: list[str]
    guests: list[tuple[int, str, str]]

    def run(self, *words: object) -> str:
        """Do something on the server's side."""
        return done(self.site, "desk", *words)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the server's database."""
        path = self.site.log.parent / "summitry.sqlite3"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
            return base.execute(sql).fetchall()


@pytest.fixture(scope="module")
def world(site: Site) -> World:
    made = json.loads(done(site, "desk", "build", GUESTS))
    return World(site, made["codes"], [tuple(guest) for guest in made["guests"]])


class Machine:
    """A browser with a folder of its own, which can be killed and started again."""

    def __init__(self, browser: Browser, folder: str) -> None:
        self.kind = browser.browser_type
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, offline: bool = False) -> Page:
        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--remote-debugging-port=0",
            "--no-first-run",
        ]
        told = Path(self.folder) / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [program(), *flags, f"--user-data-dir={self.folder}", "about:blank"],
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        port, address = _lines_of(told)
        context = self.kind.connect_over_cdp(f"ws://127.0.0.1:{port}{address}").contexts[0]
        context.set_offline(offline)
        page = context.pages[0]
        page.set_viewport_size({"width": 1440, "height": 900})
        return page

    def kill(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


def _lines_of(told: Path) -> list[str]:
    deadline = time.monotonic() + PATIENT / 1000
    while time.monotonic() < deadline:
        lines = told.read_text().split() if told.is_file() else []
        if len(lines) == 2:
            return lines
        time.sleep(0.05)
    pytest.fail("The browser did not come up.")


@pytest.fixture
def machine(browser: Browser) -> Iterator[Machine]:
    folder = tempfile.mkdtemp(prefix="desk-")
    made = Machine(browser, folder)
    yield made
    made.kill()
    shutil.rmtree(folder, ignore_errors=True)


def enrolled(page: Page, world: World, place: int) -> Page:
    page.goto(f"{world.site.base}/en/gate/#{world.codes[place]}")
    page.locator("#enrol-name").fill(f"Tablet {place}")
    page.keyboard.press("Enter")
    expect(page.locator("#place-gate")).to_be_visible(timeout=PATIENT)
    page.locator("[data-form=place] .button-primary").click()
    expect(page.locator("[data-scan]")).to_be_focused()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=2 * PATIENT)
    return page


def at_work(page: Page, world: World) -> Page:
    """Enrol a further device, which has nothing kept yet, and let it stand at the first gate."""
    page.goto(f"{world.site.base}/en/gate/#{world.run('again').strip()}")
    expect(page.locator("#enrol-code")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#place-gate")).to_be_visible(timeout=PATIENT)
    page.locator("[data-form=place] .button-primary").click()
    return page


def slowed(page: Page) -> Page:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def busy() -> float:
    """By how much everything is slower because this machine does more at once than it has processors."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


NEXT_VERDICT = """number => new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error(`Verdict ${number} did not come.`)), 30_000);
  const seen = new PerformanceObserver(() => {
    if (performance.getEntriesByName('verdict').length < number) return;
    seen.disconnect();
    resolve();
  });
  seen.observe({ type: 'measure', buffered: true });
})"""


def scan(page: Page, *tokens: str) -> list[float]:
    """Scan as a scanner does, one after the other, and return how long each verdict took."""
    before = page.evaluate("performance.getEntriesByName('verdict').length")
    for number, token in enumerate(tokens, before + 1):
        page.keyboard.insert_text(token)
        page.keyboard.press("Enter")
        page.evaluate(NEXT_VERDICT, number)
    took: list[float] = page.evaluate("performance.getEntriesByName('verdict').map(one => one.duration)")
    return took[before:]


def test_verdicts_of_the_desk_follow_the_shared_table(world: World, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{world.site.base}/en/gate/")
    told = page.evaluate(
        """async ({ verdicts, tokens }) => {
          const { judge, plain, digest } = await import('/static/summitry/js/desk-verdict.js');
          return {
            verdicts: verdicts.map(({ case: name, asked }) => ({ case: name, asked, ...judge(asked) })),
            tokens: await Promise.all(tokens.map(async ({ text }) => ({ text, plain: plain(text), digest: await digest(text) }))),
          };
        }""",
        VECTORS,
    )
    assert told == VECTORS
    tones = page.evaluate(
        """async () => {
          const { tone } = await import('/static/summitry/js/desk-verdict.js');
          return ['stale', 'no_zone', 'inside', 'full'].map((reason) => tone({ decision: 'refuse', reason }));
        }"""
    )
    assert tones == ["no", "no", "look", "look"]


def test_desks_without_a_line_lose_and_double_nothing(
    world: World, machine: Machine, open_page: Callable[..., Page]
) -> None:
    tokens = [token for _pk, _name, token in world.guests]
    first = enrolled(machine.start(), world, 0)
    second = enrolled(open_page(""), world, 1)
    for page in (first, second):
        page.context.set_offline(True)
        slowed(page)
    revoking = begun(world.site, "desk", "revoke", *(pk for pk, _name, _token in world.guests[200:210]))

    ours = [*tokens[100:150], *tokens[100:105], *(f"0000ZZZZ000{n:05}" for n in range(5))]
    took = scan(first, *ours[:40])
    machine.kill()
    first = machine.start(offline=True)
    first.goto(f"{world.site.base}/en/gate/")
    expect(first.locator("[data-latest] li")).to_have_count(8)
    expect(first.locator("[data-line-queue]")).to_have_text("Scans to be sent: 40")
    took += scan(slowed(first), *ours[40:], *tokens[200:210], *tokens[-30:], *tokens[150:160])
    theirs = [*tokens[100:140], *tokens[300:340], *tokens[-5:], *tokens[-25:-20], *tokens[300:310]]
    took += scan(second, *theirs)
    told(revoking)

    for page in (first, second):
        page.context.set_offline(False)
        expect(page.locator("[data-line-queue]")).to_have_text("Everything is sent", timeout=PATIENT)
    assert len(took) == 210
    assert sorted(took)[int(len(took) * 0.95)] <= VERDICT_MS * busy(), sorted(took)[-20:]
    where = "FROM gates_scan s JOIN gates_device d ON d.id = s.device_id JOIN editions_edition e ON e.id = s.edition_id AND e.slug = 'desk-journey'"
    assert world.rows(
        f"SELECT count(*), count(DISTINCT s.id), count(DISTINCT d.id || ':' || s.seq) {where}"
    ) == [(210, 210, 210)]
    assert Counter(dict(world.rows(f"SELECT s.decision, count(*) {where} GROUP BY 1"))) == {
        "admit": 150,
        "refuse": 60,
    }
    kinds = world.rows(
        "SELECT i.kind, count(*) FROM gates_incident i JOIN editions_edition e ON e.id = i.edition_id AND e.slug = 'desk-journey' GROUP BY 1"
    )
    assert dict(kinds) == {"same_badge": 40, "revoked": 10, "unknown": 5}


def practising(page: Page, site: Site, lang: str = "en") -> Page:
    page.goto(f"{site.base}/{lang}/gate/")
    page.locator("[data-screen=enrol] [data-deed=train]").click()
    expect(page.locator("[data-scan]")).to_be_focused()
    return page


@pytest.mark.parametrize("lang", ["en", "zh-hans", "ar"])
def test_desk_is_accessible_and_fits(site: Site, open_page: Callable[..., Page], lang: str) -> None:
    page = open_page("")
    with complaints(page) as heard:
        page.goto(f"{site.base}/{lang}/gate/")
        expect(page.locator("#enrol-code")).to_be_focused()
        found = {"enrol": violations_everywhere(page, contrast=False), "narrow": outside(page)}
        practising(page, site, lang)
        scan(page, "PRACT1CE00000003", "PRACT1CE00000006", "PRACT1CE00000003")
        found |= {"work": violations_everywhere(page, contrast=lang == "en"), "narrow work": outside(page)}
        page.locator("[data-verdict] [data-deed=exception]").click()
        found |= {"dialog": violations_everywhere(page, contrast=False), "narrow dialog": outside(page)}
    assert ({name: lines for name, lines in found.items() if lines}, heard) == ({}, [])


def test_five_guests_are_checked_in_by_keyboard_alone(site: Site, open_page: Callable[..., Page]) -> None:
    page = practising(open_page(""), site)
    words, name = page.locator("[data-words]"), page.locator("[data-name]")
    for typed, person, verdict in (
        ("PRACT1CE00000001", "Leïla Benslimane", "Welcome."),
        ("prac t1ce 0000 0001", "Leïla Benslimane", "This badge is inside already."),
        ("思涵", "陈思涵", "Welcome."),
        ("anna kuz", "Анна Кузнецова", "This badge does not open this zone at this time."),
        ("PRACT1CE00000007", "PRACT1CE00000007", "This code is not one of ours."),
        ("PRACTJCEBADGEXYZ", "PRACTJCEBADGEXYZ", "This code is not one of ours."),
    ):
        page.keyboard.insert_text(typed)  # at once, as a scanner types
        page.keyboard.press("Enter")
        expect(name).to_have_text(person)
        expect(words).to_contain_text(verdict)
    page.keyboard.type("/")
    page.keyboard.type("practice delegation")
    expect(page.locator("[role=option]")).to_have_count(5)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(words).to_contain_text("This badge is inside already.")
    for letter in "up":  # somebody's name, in no hurry: neither letter is a command
        page.keyboard.press(letter)
        page.wait_for_timeout(250)
    expect(page.locator("[data-scan]")).to_have_value("up")
    expect(words).to_contain_text("This badge is inside already.")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(words).to_have_text("Taken back.")
    page.keyboard.press("p")
    expect(page.locator("[data-dialog=reprint]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-scan]")).to_be_focused()
    page.locator("[data-deed=shift]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-sum=admitted]")).to_have_text("2")


def test_camera_reads_badges_without_a_line(site: Site, open_page: Callable[..., Page]) -> None:
    page = practising(open_page(""), site)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=2 * PATIENT)
    page.context.set_offline(True)
    with complaints(page) as heard:
        text = page.evaluate(
            """async picture => {
              const kept = performance.getEntriesByType('resource').map(({ name }) => name);
              const { Camera } = await import(kept.find(name => name.includes('/desk-camera.')));
              const { reader, wasm } = document.querySelector('[data-desk]').dataset;
              const image = new Image();
              image.src = picture;
              await image.decode();
              const canvas = new OffscreenCanvas(image.width, image.height);
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const zxing = await new Camera({ reader, wasm }, () => {}).load();
              const found = await zxing.readBarcodes(context.getImageData(0, 0, image.width, image.height), {});
              return found[0].text;
            }""",
            segno.make("818Q7F4DAY8GS0V6", micro=False).png_data_uri(scale=6, border=4),
        )
    assert (text, heard) == ("818Q7F4DAY8GS0V6", [])


def test_row_that_is_refused_holds_up_no_other(world: World, open_page: Callable[..., Page]) -> None:
    page = at_work(open_page(""), world)
    page.context.set_offline(True)
    scan(page, *(token for _pk, _name, token in world.guests[400:406]))
    poison = hashlib.sha256(world.guests[402][2].encode()).hexdigest()[:16]

    def refuse(route: Route) -> None:
        if poison in (route.request.post_data or ""):
            route.fulfill(
                status=422, content_type="application/problem+json", body='{"detail": "Not this one."}'
            )
        else:
            route.continue_()

    page.route("**/gates/scans", refuse)
    page.context.set_offline(False)
    expect(page.locator("[data-bad] li")).to_have_text(re.compile("Guest Number 0402"), timeout=PATIENT)
    expect(page.locator("[data-line-queue]")).to_have_text("Everything is sent", timeout=PATIENT)
    page.unroute("**/gates/scans")
    page.locator("[data-deed=resend]").click()
    expect(page.locator("[data-bad-rows]")).to_be_hidden(timeout=PATIENT)
    expect(page.locator("[data-line-queue]")).to_have_text("Everything is sent", timeout=PATIENT)


def test_desk_sees_that_the_badge_it_ordered_waits_to_be_printed(
    world: World, open_page: Callable[..., Page]
) -> None:
    page = at_work(open_page(""), world)
    guest, name, token = world.guests[520]
    scan(page, token)
    page.locator("[data-deed=reprint]").click()
    page.locator("#reprint-reason").fill("torn")
    page.locator("[data-dialog=reprint] .button-primary").click()
    expect(page.locator("[data-said]")).to_contain_text("in the queue of badges to be printed")
    ordered = page.locator("[data-ordered] li")
    expect(ordered).to_contain_text(name, timeout=PATIENT)
    expect(ordered).to_contain_text("waits to be printed")
    assert world.rows(
        f"select count(*) from gates_credential where guest_id = {guest} and ordered_at is not null"
    ) == [(1,)]


def test_device_that_is_shut_out_forgets_its_guests(world: World, open_page: Callable[..., Page]) -> None:
    page = at_work(open_page(""), world)
    scan(page, world.guests[0][2])
    expect(page.locator("[data-check]")).to_have_text("✓ Confirmed by the server")
    world.run("shut")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-told]")).to_have_text(
        "This device has been shut out. The list on it is deleted."
    )
    kept = page.evaluate(
        """() => new Promise(resolve => { const open = indexedDB.open('summitry-desk'); open.onsuccess = async () => {
          const counts = {};
          for (const name of ['facts', 'roster', 'photos']) counts[name] = await new Promise(done => {
            open.result.transaction(name).objectStore(name).count().onsuccess = event => done(event.target.result);
          });
          resolve(counts);
        }; })"""
    )
    assert kept == {"facts": 0, "roster": 0, "photos": 0}
