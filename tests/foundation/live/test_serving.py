"""A real server with two workers: streams, rights, presence and shutdown; over sockets, and over NATS."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.foundation.live.servers import Events, Site, free_port, nats, summitry
from tests.installation import copied, prepared

pytestmark = pytest.mark.slow
STREAMS = 1200

PEOPLE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from summitry.foundation.access import Scope, system
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account
from tests.editions.make import make_edition
edition = make_edition("live-2026")
sessions = {"edition": edition.pk}
for role, name in (("director", "Wei Li"), ("director", "Ana Ruiz"), ("viewer", "Tom Low"), ("", "Guest")):
    account = Account.objects.create_user(f"{name.replace(' ', '.')}@example.org", name=name)
    if role:
        grant_role(account, role, Scope("edition", edition.pk), by=system("tests"))
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    sessions[name] = session.session_key
print(json.dumps(sessions))
"""
TELL = """
from summitry.foundation.live import hint
hint({topic!r}, {kind!r})
"""


FLOOD = """
from summitry.foundation.live import hint
for wave in range(250):
    for n in range(9):
        hint({topic!r}, "flood", n=n, text="x" * 3900)
    hint({topic!r}, "wave", number=wave)
    input()  # until whoever reads has read so far
"""


class Running:
    """A site with people."""

    def __init__(self, site: Site) -> None:
        self.site = site
        known = json.loads(site.run(PEOPLE))
        self.topic = f"record:editions.edition:{known.pop('edition')}"
        self.sessions: dict[str, str] = known
        self.open: list[Events] = []

    def listen(self, name: str = "", *topics: str) -> Events:
        session = self.sessions.get(name, "forged" if name else "")
        self.open.append(Events(self.site.port, *(topics or [self.topic]), session=session))
        return self.open[-1]

    def let_go(self) -> None:
        for stream in self.open:
            stream.close()
        self.open.clear()

    def tell(self, kind: str) -> None:
        self.site.run(TELL.format(topic=self.topic, kind=kind))

    def present(self, name: str, tab: str = "1", **more: str) -> tuple[int, str]:
        status, text = self.site.post(
            "/live/presence/", self.sessions[name], record=self.topic, tab=tab, language="en", **more
        )
        return status, json.loads(text)["sentence"] if status == 200 else ""


@pytest.fixture(scope="module", params=["local", "nats"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = copied(prepared(tmp_path_factory), tmp_path_factory.mktemp("site"))
    if request.param == "nats":
        with nats(free_port()) as address, summitry(folder, BUS_URL=address) as site:
            yield Running(site)
    else:
        with summitry(folder) as site:
            yield Running(site)


@pytest.fixture(autouse=True)
def _nothing_left_open(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "running" in request.fixturenames:
        request.getfixturevalue("running").let_go()


def test_a_hint_from_another_process_reaches_the_streams_of_all_workers(running: Running) -> None:
    streams = [running.listen("Wei Li") for _n in range(12)]
    assert {stream.status for stream in streams} == {200}
    assert streams[0].answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert streams[0].answer.getheader("X-Accel-Buffering") == "no"
    time.sleep(0.5)
    running.tell("changed")
    for stream in streams:
        got = stream.until("changed")
        assert got.startswith("retry: ")
        assert f'data: {{"topic": "{running.topic}", "kind": "changed"}}\n\n' in got


def test_only_those_who_work_on_a_record_hear_of_it(running: Running) -> None:
    statuses = {name: running.listen(name).status for name in ("Wei Li", "Tom Low", "Guest", "")}
    assert statuses == {"Wei Li": 200, "Tom Low": 200, "Guest": 403, "": 403}
    assert running.listen("Wei Li", "unknown:1", "presence").status == 403
    assert running.listen("Nobody").status == 403


def test_colleagues_on_a_record_see_each_other_whichever_worker_answers(running: Running) -> None:
    stream = running.listen("Tom Low")
    assert running.present("Wei Li", tab="a")[0] == 200
    stream.until('"kind": "presence"')
    for _n in range(6):  # the kernel deals the requests out to both workers
        running.present("Wei Li", tab="a")
    time.sleep(0.3)
    assert {running.present("Ana Ruiz") for _n in range(6)} == {(200, "Wei Li is also editing this.")}
    assert running.present("Wei Li", tab="a") == (200, "Ana Ruiz is also editing this.")
    assert running.present("Tom Low")[0] == running.present("Guest")[0] == 404
    running.present("Wei Li", tab="a", left="1")
    time.sleep(0.3)
    assert {running.present("Ana Ruiz") for _n in range(4)} == {(200, "")}


def test_more_than_a_thousand_streams_are_cheap(running: Running) -> None:
    before = memory(running)
    streams = [running.listen("Wei Li") for _n in range(STREAMS)]
    assert {stream.status for stream in streams} == {200}
    each = (memory(running) - before) / STREAMS
    running.tell("all")
    for stream in streams:
        stream.until('"all"')
    assert each < 60_000, f"{each:.0f} bytes for each stream"


def memory(running: Running) -> int:
    """The resident memory of the server and its workers."""
    if sys.platform != "linux":
        pytest.skip("reads /proc")
    own = str(running.site.process.pid)
    pages = 0
    for folder in Path("/proc").iterdir():
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if own in (folder.name, fields[1]):
                pages += int((folder / "statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_a_reader_that_does_not_read_is_cut_off_and_others_go_on(running: Running) -> None:
    request = f"GET /live/?topic={running.topic} HTTP/1.1\r\nHost: x\r\nCookie: sessionid={running.sessions['Wei Li']}"
    with socket.create_connection(("127.0.0.1", running.site.port)) as deaf:
        deaf.sendall(f"{request}\r\n\r\n".encode())
        stream = running.listen("Wei Li")
        time.sleep(0.5)
        with running.site.begin(FLOOD.format(topic=running.topic)) as flood:
            assert flood.stdin is not None
            for wave in range(250):
                stream.until(f'"number": {wave},')
                flood.stdin.write(b"\n")
                flood.stdin.flush()
        assert flood.returncode == 0
        assert read_to_its_end(deaf) < 250 * 9 * 3900


def read_to_its_end(connection: socket.socket) -> int:
    """Read until the other side has closed or dropped the connection; return how much came."""
    connection.settimeout(10)
    size = 0
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            size += len(piece)
    return size


def test_the_server_stops_at_once_in_spite_of_open_streams(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with summitry(copied(prepared(tmp_path_factory), tmp_path)) as site:
        running = Running(site)
        streams = [running.listen("Wei Li") for _n in range(20)]
        took = site.stop()
        for stream in streams:
            with pytest.raises(EOFError):
                stream.until("never")
            stream.close()
        assert took < 9  # after ten seconds it would let go of them in any case
        assert site.process.returncode == 0
        log = (tmp_path / "log").read_text()
        assert "Exception in ASGI" not in log
        assert "without completing" not in log
