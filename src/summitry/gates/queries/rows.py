"""Reading what a device sends: every row by itself, and nothing of it is believed.

A row that cannot be read becomes a `BadRow` with the names of its fields; where it has an id at least, it is kept.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from summitry.gates.enums import Decision, Direction, Reason, ScanKind
from summitry.gates.queries.tokens import digest_of, is_digest

LARGEST_SEQ = 2**53
LARGEST_ID = 2**62
LONGEST_TOKEN = 2000
MOST_ROWS = 500
KINDS = frozenset(ScanKind.values)
EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a device's log. `decision` is empty where the server is asked to decide.

    `offline` means that nobody could be asked; `relayed` that a relay was asked, which hands on what it decided.
    """

    id: uuid.UUID
    seq: int
    at: dt.datetime | None
    digest: str
    guest: int | None
    gate: int | None
    direction: str
    kind: str
    decision: str
    reason: str
    rule_version: int
    offline: bool
    undoes: uuid.UUID | None
    note: str
    by: str
    relayed: bool = False

    @property
    def is_past(self) -> bool:
        """Whether nobody waits for the answer: it was decided, and happened, before it came here."""
        return self.offline or self.relayed


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: which fields are wrong, its id where it has one, and the beginning of what was sent."""

    id: uuid.UUID | None
    seq: int
    fields: tuple[str, ...]
    sent: str


class _Reader:
    """Reads the fields of one row, and collects the names of those that are wrong."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.wrong: list[str] = []

    def number(self, name: str, most: int, *, default: int | None) -> int | None:
        value = self.raw.get(name, default)
        if value is None or (type(value) is int and 0 <= value <= most):
            return value
        self.wrong.append(name)
        return default

    def text(self, name: str, longest: int) -> str:
        value = self.raw.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return clean(value)[:longest]
        self.wrong.append(name)
        return ""

    def choice(self, name: str, choices: frozenset[str], default: str) -> str:
        value = self.raw.get(name)
        if value is None:
            return default
        if isinstance(value, str) and value in choices:
            return value
        self.wrong.append(name)
        return default

    def uuid(self, name: str) -> uuid.UUID | None:
        value = self.raw.get(name)
        found = uuid_of(value)
        if value is not None and found is None:
            self.wrong.append(name)
        return found

    def moment(self, name: str) -> dt.datetime | None:
        value = self.raw.get(name)
        found = moment_of(value)
        if value is not None and found is None:
            self.wrong.append(name)
        return found


def read_row(raw: object) -> Row | BadRow:
    """Return one row of an upload."""
    if not isinstance(raw, dict):
        return BadRow(None, 0, ("id",), _beginning(raw))
    read = _Reader(raw)
    row_id = read.uuid("id")
    seq = read.number("seq", LARGEST_SEQ, default=0) or 0
    row = Row(
        id=row_id or uuid.UUID(int=0),
        seq=seq,
        at=read.moment("at"),
        digest=_digest(read),
        guest=read.number("guest", LARGEST_ID, default=None),
        gate=read.number("gate", LARGEST_ID, default=None),
        direction=read.choice("direction", frozenset(Direction.values), Direction.IN),
        kind=read.choice("kind", KINDS, ScanKind.SCAN),
        decision=read.choice("decision", frozenset(Decision.values), ""),
        reason=read.choice("reason", frozenset(Reason.values), ""),
        rule_version=read.number("rule_version", 2**31 - 1, default=0) or 0,
        offline=read.raw.get("offline") is True,
        undoes=read.uuid("undoes"),
        note=read.text("note", 300),
        by=read.text("by", 100),
        relayed=read.raw.get("relayed") is True,
    )
    if row_id is None:
        read.wrong.append("id")
    if row.kind == ScanKind.UNDO and row.undoes is None:
        read.wrong.append("undoes")
    if row.kind != ScanKind.UNDO and not row.digest and row.guest is None:
        read.wrong.append("token")
    if row.is_past and row.at is None:
        read.wrong.append("at")
    if read.wrong:
        return BadRow(row_id, seq, tuple(dict.fromkeys(read.wrong)), _beginning(raw))
    return row


def _digest(read: _Reader) -> str:
    token = read.raw.get("token")
    if isinstance(token, str) and token.strip() and len(token) <= LONGEST_TOKEN:
        return digest_of(token)
    if token not in (None, ""):
        read.wrong.append("token")
    digest = read.text("digest", 64)
    if digest and not is_digest(digest):
        read.wrong.append("digest")
    return digest


def uuid_of(value: object) -> uuid.UUID | None:
    """Return the UUID that `value` writes, or None."""
    if not isinstance(value, str) or len(value) > 45:
        return None
    try:
        found = uuid.UUID(value)
    except ValueError:
        return None
    return found if found.int else None


def moment_of(value: object) -> dt.datetime | None:
    """Return the instant that `value` writes with its offset, if it lies within two centuries; else None."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = dt.datetime.fromisoformat(value)
        if found.tzinfo is None:
            return None
        found = found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST < found < LATEST else None


def clean(text: str) -> str:
    """Return `text` without what no database keeps: control characters and halves of characters."""
    return "".join(char for char in text if char.isprintable() or char == "\n").strip()


def _beginning(raw: object) -> str:
    try:
        return clean(json.dumps(raw, ensure_ascii=False))[:300]
    except (TypeError, ValueError):
        return ""
