"""The hub: what is published in any process reaches the taps of this one, and what is published here the others'.

The same code serves one process and many. A carrier takes hints to other processes: by default sockets in the data
folder, which need no service; NATS where BUS_URL names one (docs/decisions/0012).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from summitry.foundation.live.hints import RESYNC, TOPIC, Hint, unpacked
from summitry.foundation.live.socket_carrier import SocketCarrier

logger = logging.getLogger(__name__)
LARGEST = 4096
Tap = Callable[[Hint], None]


class Carrier(Protocol):
    """Takes messages to all other processes of this installation, each at most once."""

    def send(self, message: bytes) -> None:
        """Send to every other process that listens; never wait long, never raise."""

    def listen(self, heard: Callable[[bytes], None], missed: Callable[[], None]) -> None:
        """Call `heard` for each message from elsewhere and `missed` after a possible gap, in threads of its own."""

    def close(self) -> None:
        """Stop listening and let go of everything."""


class Hub:
    """One process's exchange for hints. Safe to use from every thread."""

    def __init__(self, make_carrier: Callable[[], Carrier]) -> None:
        self._make_carrier = make_carrier
        self._carrier: Carrier | None = None
        self._taps: tuple[Tap, ...] = ()
        self._lock = threading.Lock()

    def attach(self, tap: Tap) -> None:
        """Call `tap` with every hint from now on, in whatever thread it comes; it must be quick."""
        with self._lock:
            is_first = not self._taps
            self._taps = (*(known for known in self._taps if known != tap), tap)
        if is_first:
            self._reach().listen(self._heard, lambda: self.deliver(RESYNC))

    def detach(self, tap: Tap) -> None:
        """Stop calling `tap`."""
        with self._lock:
            self._taps = tuple(known for known in self._taps if known != tap)

    def publish(self, told: Hint) -> None:
        """Deliver `told` here and send it to all other processes."""
        self.deliver(told)
        self._reach().send(told.packed)

    def deliver(self, told: Hint) -> None:
        """Call the taps of this process."""
        for tap in self._taps:
            try:
                tap(told)
            except Exception:
                logger.exception("A listener of live updates failed")

    def close(self) -> None:
        """Let go of the carrier; the next use makes a new one."""
        with self._lock:
            carrier, self._carrier, self._taps = self._carrier, None, ()
        if carrier is not None:
            carrier.close()

    def _reach(self) -> Carrier:
        with self._lock:
            if self._carrier is None:
                self._carrier = self._make_carrier()
            return self._carrier

    def _heard(self, message: bytes) -> None:
        try:
            told = unpacked(message)
        except ValueError:
            logger.warning("A message on the bus is no hint of ours; it is left aside")
        else:
            self.deliver(told)


def carrier_of(address: str) -> Carrier:
    """Return the carrier that BUS_URL asks for."""
    if urlsplit(address).scheme == "local":
        return SocketCarrier(settings.DATA / "live")
    from summitry.foundation.live.nats_carrier import NatsCarrier  # noqa: PLC0415 - costs memory only where it is used

    return NatsCarrier(address)


hub = Hub(lambda: carrier_of(settings.BUS_URL))


def hint(topic: str, kind: str, **data: Any) -> None:
    """Tell every page that listens to `topic`, in every process, once the transaction has committed.

    `data` must be small JSON values; what is too large is left out, for the page fetches the truth anyway. Whatever
    goes wrong is logged: no business action fails for the sake of a hint. Raises ValueError for a malformed topic.
    """
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"Not a topic: {topic}")
    told = Hint(topic, kind, data)
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(lambda: _publish(told), robust=True)
        return
    try:  # with no transaction there is nothing to wait for, and a thread without a connection opens none
        _publish(told)
    except Exception:
        logger.exception("A hint could not be told: %s", topic)


def _publish(told: Hint) -> None:
    hub.publish(told if len(told.packed) <= LARGEST else Hint(told.topic, told.kind))
