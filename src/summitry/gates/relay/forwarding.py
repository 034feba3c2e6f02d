"""A relay's own work in the background: it mirrors the roster and hands on scans, for as long as there is a line."""

from __future__ import annotations

import json
import logging
import threading
import time
from http import HTTPStatus

from summitry.foundation import clock
from summitry.gates.relay.answers import Relay
from summitry.gates.relay.upstream import NoUpstream

logger = logging.getLogger(__name__)
EVERY = 2.0
MIRROR_EVERY = 10.0
LONGEST = 60.0
BATCH = 100


class Forwarder(threading.Thread):
    """Hands on scans within seconds and mirrors the roster every ten; without a line it tries again ever more rarely."""

    def __init__(self, relay: Relay, device: str) -> None:
        super().__init__(name="summitry-relay", daemon=True)
        self.relay = relay
        self.device = device
        self.is_up: bool | None = None
        self._stopping = threading.Event()
        self._mirrored = -MIRROR_EVERY
        self._size = BATCH

    def stop(self) -> None:
        """End after the present round."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped."""
        pause = EVERY
        while not self._stopping.wait(pause):
            try:
                self.round()
                pause = EVERY
            except NoUpstream:
                self._become(is_up=False)
                pause = min(LONGEST, pause * 2)
            except Exception:
                logger.exception("The relay could not do its round")
                pause = min(LONGEST, pause * 2)

    def round(self) -> None:
        """Mirror the roster if it is time, and hand on everything that waits."""
        if time.monotonic() - self._mirrored >= MIRROR_EVERY:
            self.mirror()
        while self.hand_on():
            pass
        self._become(is_up=True)

    def mirror(self) -> None:
        """Ask the server what has changed in the roster. Raises NoUpstream."""
        head = self.relay.store.fact("roster")
        status, roster = self.relay.upstream.told(
            "GET", f"roster?since={head['revision'] if head else 0}", device=self.device
        )
        if status != HTTPStatus.OK:
            logger.error("The server does not give this relay its list: %s", roster.get("detail", status))
            raise NoUpstream
        self.relay.store.mirror(roster)
        self._mirrored = time.monotonic()

    def hand_on(self) -> bool:
        """Hand on the oldest scans of one device, under its own key; return whether there may be more."""
        rows = self.relay.store.waiting(self._size)
        if not rows:
            return False
        device = rows[0]["device"]
        sent = {"sent_at": clock.now().isoformat(), "scans": [json.loads(row["row"]) for row in rows]}
        try:
            status, told = self.relay.upstream.told("POST", "scans", sent, device=self.relay.key_of(device))
            if status == HTTPStatus.UNAUTHORIZED:
                self.relay.store.shut_out(device)
                status, told = self.relay.upstream.told("POST", "scans", sent, device=self.device)
        except NoUpstream:
            self.relay.store.cut_off()
            raise
        if status == HTTPStatus.OK:
            self.relay.store.mark({one["id"]: json.dumps(one) for one in told["scans"] if one["id"]})
            self._size = BATCH
            return True
        if len(rows) == 1 and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self.relay.store.mark({rows[0]["id"]: json.dumps(told)})
            return True
        self._size = max(1, len(rows) // 4)
        raise NoUpstream

    def _become(self, *, is_up: bool) -> None:
        if self.is_up is not is_up:
            waiting = self.relay.store.count_waiting()
            logger.warning("Line to the server: %s; scans to hand on: %d", "up" if is_up else "down", waiting)
        self.is_up = is_up
