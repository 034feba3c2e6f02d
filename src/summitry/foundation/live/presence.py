"""Who else is on a record right now: kept in the memory of each process, told from one to the other like hints.

A page that shows a record says every few seconds that it is still there; who has been silent for half a minute is gone.
Names travel between processes only, on a topic to which no browser can listen; a page asks for them, and gets them if
its reader may edit the record.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from django.db.models import Model

from summitry.foundation.access import Actor, policy_for
from summitry.foundation.live.hints import Hint
from summitry.foundation.live.hub import hub
from summitry.foundation.live.topics import record_of, record_topic

EXPIRY = 30.0
MOST = 5000
SEEN, LEFT = "seen", "left"
INTERNAL = "presence"


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a record open."""

    account_id: int
    name: str


class Attendance:
    """Who is where, as far as this process has heard. Safe to use from every thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seats: dict[str, dict[tuple[int, str], tuple[str, float]]] = {}

    def hear(self, told: Hint) -> None:
        """Note what a page said; where somebody came or went, tell the streams of this process that listen there."""
        if told.topic != INTERNAL:
            return
        record = str(told.data["record"])
        seat = (int(told.data["account"]), str(told.data["tab"]))
        with self._lock:
            before = self._people(record)
            seats = self._seats.setdefault(record, {})
            if told.kind == LEFT:
                seats.pop(seat, None)
            else:
                seats[seat] = (str(told.data["name"]), time.monotonic() + EXPIRY)
            after = self._people(record)
            if len(self._seats) > MOST:
                self._forget_the_gone()
        if before != after:
            hub.deliver(Hint(record, INTERNAL))

    def at(self, record: str) -> tuple[Present, ...]:
        """Return who is on the record with this topic, each once, by name."""
        with self._lock:
            return self._people(record)

    def _people(self, record: str) -> tuple[Present, ...]:
        seats = self._seats.get(record, {})
        now = time.monotonic()
        for seat in [seat for seat, (_name, until) in seats.items() if until <= now]:
            del seats[seat]
        if not seats:
            self._seats.pop(record, None)
        people = {Present(account, name) for (account, _tab), (name, _until) in seats.items()}
        return tuple(sorted(people, key=lambda one: (one.name, one.account_id)))

    def _forget_the_gone(self) -> None:
        for record in list(self._seats):
            self._people(record)


_attendance = Attendance()


def follow() -> None:
    """Note from now on who is where; server processes do so from their start."""
    hub.attach(_attendance.hear)


def attended_record(topic: str, actor: Actor) -> Model | None:
    """Return the record of `topic` if `actor` is a person who may edit it: only those see each other there."""
    if not actor.is_signed_in or actor.token_scopes is not None:
        return None
    obj = record_of(topic, actor)
    return obj if obj is not None and policy_for(type(obj)).may(actor, "edit", obj) else None


def say_present(record: Model, actor: Actor, tab: str, *, is_leaving: bool = False) -> None:
    """Tell all processes that the page `tab` of `actor` shows `record`, or shows it no more."""
    follow()
    kind = LEFT if is_leaving else SEEN
    data = {"record": record_topic(record), "account": actor.account_id, "tab": tab, "name": actor.label}
    hub.publish(Hint(INTERNAL, kind, data))


def present_on(record: Model, *, besides: Actor | None = None) -> tuple[Present, ...]:
    """Return who has `record` open, by name, without `besides`. The caller has asked who may know.

    A process that has only just started learns it within the next seconds.
    """
    follow()
    own = besides.account_id if besides is not None else None
    return tuple(one for one in _attendance.at(record_topic(record)) if one.account_id != own)
