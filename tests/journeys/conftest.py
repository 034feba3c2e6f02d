"""A real Chromium in front of a real server with the demo edition, both started once for all journeys on it."""

from __future__ import annotations

import itertools
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.installation import copied, prepared
from tests.journeys.chromium import program
from tests.journeys.pages import Site

START_SECONDS = 300
"""The demo edition is built in half a minute; beside other tests on a small machine it takes its time."""
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all journeys as such."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo edition, served as `make demo` serves it."""
    with served(tmp_path_factory, "demo", "--serve") as running:
        yield running


@contextmanager
def served(factory: pytest.TempPathFactory, *command: str) -> Iterator[Site]:
    """Run a command of ours that serves, on a free port and a folder of its own."""
    folder = copied(prepared(factory), factory.mktemp("site"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        },
        "SUMMITRY_DATA": str(folder),
        "SUMMITRY_URL": f"http://127.0.0.1:{port}",
        "COLUMNS": "400",
        "PYTHONUNBUFFERED": "1",
    }
    log = folder / "server.log"
    words = [sys.executable, "-m", "summitry.config.cli", *command, "--port", str(port)]
    with log.open("w") as out:
        server = subprocess.Popen(words, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait_for(f"{base}/healthz", server, log)
            yield Site(base, _links(log.read_text()), log)
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"The server ended:\n{log.read_text()}")
        try:
            urllib.request.urlopen(address, timeout=2)
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    pytest.fail(f"The server did not come up:\n{log.read_text()}")


def _links(printed: str) -> dict[str, str]:
    links: dict[str, str] = {}
    lines = [line.strip() for line in printed.splitlines()]
    for who, link in itertools.pairwise(lines):
        if "/sign-in/" in link:
            roles = re.match(r"\w+(?:, \w+)*", who)
            for role in roles[0].split(", ") if roles else ():
                links.setdefault(role, link)
        elif "/speak/" in link:
            links.setdefault("assistant" if "assistant" in who else "page", link)
        elif "/guest/" in link:
            links.setdefault("invitation" if "/invitation/" in link else "own", link)
    return links


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages in contexts of their own: `open_page(url, width=390, dark=True, scripts=False)`."""
    contexts: list[BrowserContext] = []

    def open_(
        url: str, *, width: int = 1440, dark: bool = False, scripts: bool = True, **options: Any
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",  # a colour caught half-way through its change would be nobody's
            timezone_id=options.pop("zone", "Europe/Paris"),
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        if url:
            page.goto(url)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def admitted(site: Site, browser: Browser) -> Callable[[str], StorageState]:
    """Return a function that gives the cookies of whoever holds a role; each signs in once."""

    @cache
    def cookies(role: str) -> StorageState:
        context = browser.new_context()
        page = context.new_page()
        page.goto(site.links[role])
        page.locator("main button[type=submit]").click()
        page.wait_for_load_state()
        state = context.storage_state()
        context.close()
        return state

    return cookies


@pytest.fixture
def signed_in(open_page: Callable[..., Page], admitted: Callable[[str], StorageState]) -> Callable[..., Page]:
    """Open pages as somebody who holds a role: `signed_in("director", url, width=390)`."""

    def open_(role: str, url: str = "", **options: Any) -> Page:
        return open_page(url, storage_state=admitted(role), **options)

    return open_
