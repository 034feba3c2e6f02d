"""What a relay keeps: the mirrored roster, the devices that came through it, and their scans. One SQLite file."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS guest (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, line TEXT);
CREATE TABLE IF NOT EXISTS badge (digest TEXT PRIMARY KEY, revision INTEGER NOT NULL, guest INTEGER, state TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS badge_guest ON badge (guest);
CREATE TABLE IF NOT EXISTS device (id INTEGER PRIMARY KEY, secret TEXT NOT NULL, sealed TEXT NOT NULL, told TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS scan (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, device INTEGER NOT NULL, row TEXT NOT NULL, answer TEXT NOT NULL,
  guest INTEGER, zone INTEGER, gate INTEGER, direction TEXT, passed INTEGER NOT NULL, at TEXT NOT NULL, forwarded TEXT);
CREATE INDEX IF NOT EXISTS scan_waiting ON scan (number) WHERE forwarded IS NULL;
CREATE INDEX IF NOT EXISTS scan_guest ON scan (guest, zone);
"""


class RelayStore:
    """The relay's database. Every method is one transaction, safe on the disk when it returns; threads take turns."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        self._base = sqlite3.connect(path, check_same_thread=False)
        self._base.row_factory = sqlite3.Row
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.executescript(SCHEMA)

    def _write(self, *statements: tuple[str, Iterable[Sequence[Any]]]) -> None:
        with self._lock, self._base:
            for sql, rows in statements:
                self._base.executemany(sql, rows)

    def _read(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._base.execute(sql, values).fetchall()

    # --- facts and roster ------------------------------------------------------------------------------------------
    def fact(self, name: str) -> Any:
        """Return a fact, or None."""
        rows = self._read("SELECT value FROM fact WHERE name = ?", name)
        return json.loads(rows[0]["value"]) if rows else None

    def put_fact(self, name: str, value: object) -> None:
        """Keep a fact."""
        self._write(("INSERT OR REPLACE INTO fact VALUES (?, ?)", [(name, json.dumps(value))]))

    def mirror(self, roster: Mapping[str, Any]) -> None:
        """Take in the server's roster: all of it where `since` is 0, else what has changed."""
        revision = roster["revision"]
        head = {name: value for name, value in roster.items() if name not in {"guests", "gone", "revoked"}}
        guests = roster["guests"]
        touched = [(one["id"],) for one in guests] + [(pk,) for pk in roster["gone"]]
        anew = [("DELETE FROM guest", [()]), ("DELETE FROM badge", [()])] if not roster["since"] else []
        self._write(
            *anew,
            ("DELETE FROM badge WHERE guest = ? AND state = 'active'", touched),
            (
                "INSERT OR REPLACE INTO guest VALUES (?, ?, ?)",
                [(one["id"], revision, json.dumps(one, ensure_ascii=False)) for one in guests]
                + [(pk, revision, None) for pk in roster["gone"]],
            ),
            (
                "INSERT OR REPLACE INTO badge VALUES (?, ?, NULL, ?)",
                [(digest, revision, state) for digest, state in roster["revoked"].items()],
            ),
            (
                "INSERT OR REPLACE INTO badge VALUES (?, ?, ?, 'active')",
                [(digest, revision, one["id"]) for one in guests for digest in one["tokens"]],
            ),
            ("INSERT OR REPLACE INTO fact VALUES ('roster', ?)", [(json.dumps(head),)]),
        )

    def roster(self, since: int) -> dict[str, Any] | None:
        """Return the mirrored roster as it has changed after the revision `since`, or None where there is none yet."""
        head = self.fact("roster")
        if head is None:
            return None
        since = since if 0 < since <= head["revision"] else 0
        rows = self._read("SELECT id, line FROM guest WHERE revision > ?", since)
        ended = self._read("SELECT digest, state FROM badge WHERE state <> 'active' AND revision > ?", since)
        return {
            **head,
            "since": since,
            "guests": [json.loads(row["line"]) for row in rows if row["line"]],
            "gone": [row["id"] for row in rows if row["line"] is None] if since else [],
            "revoked": {row["digest"]: row["state"] for row in ended},
        }

    def badge(self, digest: str) -> tuple[str, int | None]:
        """Return the state of a badge ("" where its code is nobody's), and whose it is."""
        rows = self._read("SELECT state, guest FROM badge WHERE digest = ?", digest)
        return (rows[0]["state"], rows[0]["guest"]) if rows else ("", None)

    def guest(self, pk: int) -> dict[str, Any] | None:
        """Return what the roster says about a guest; None where it does not know her any more."""
        rows = self._read("SELECT line FROM guest WHERE id = ? AND line IS NOT NULL", pk)
        return json.loads(rows[0]["line"]) if rows else None

    # --- devices ---------------------------------------------------------------------------------------------------
    def put_device(self, pk: int, secret: str, sealed: str, told: Mapping[str, Any]) -> None:
        """Keep a device: the digest of its key, and the key itself, sealed, to hand on its scans."""
        self._write(
            ("INSERT OR REPLACE INTO device VALUES (?, ?, ?, ?)", [(pk, secret, sealed, json.dumps(told))])
        )

    def device(self, pk: int) -> tuple[str, str, dict[str, Any]] | None:
        """Return the digest of a device's key, the sealed key, and what the server told when it was enrolled."""
        rows = self._read("SELECT * FROM device WHERE id = ?", pk)
        return (rows[0]["secret"], rows[0]["sealed"], json.loads(rows[0]["told"])) if rows else None

    def shut_out(self, pk: int) -> None:
        """Forget the digest of a device's key: it is told to enrol again. Its scans are still handed on as far as they can be."""
        self._write(("UPDATE device SET secret = '' WHERE id = ?", [(pk,)]))

    # --- scans -----------------------------------------------------------------------------------------------------
    def decision(self, scan: str) -> str:
        """Return what is handed on as the decision about a scan."""
        rows = self._read("SELECT json_extract(row, '$.decision') AS said FROM scan WHERE id = ?", scan)
        return rows[0]["said"] or "" if rows else ""

    def answer(self, scan: str) -> dict[str, Any] | None:
        """Return what was answered about a scan, or None where it is new."""
        rows = self._read("SELECT answer FROM scan WHERE id = ?", scan)
        return json.loads(rows[0]["answer"]) if rows else None

    def passages(self, guest: int, zone: int) -> list[sqlite3.Row]:
        """Return how a guest went in and out of a zone, oldest first; what was taken back is left out."""
        undone = "SELECT json_extract(row, '$.undoes') FROM scan WHERE guest = ?1 AND json_extract(row, '$.kind') = 'undo'"
        return self._read(
            f"SELECT direction, at, gate FROM scan WHERE guest = ?1 AND zone = ?2 AND passed AND id NOT IN ({undone}) ORDER BY at, number",  # noqa: S608 - a constant
            guest,
            zone,
        )

    def scanned(self, pk: str) -> sqlite3.Row | None:
        """Return a scan by its id."""
        rows = self._read("SELECT * FROM scan WHERE id = ?", pk)
        return rows[0] if rows else None

    def keep(self, scan: Mapping[str, Any]) -> None:
        """Keep a scan."""
        names = ("id", "device", "row", "answer", "guest", "zone", "gate", "direction", "passed", "at")
        marks = ", ".join(f":{name}" for name in names)
        with self._lock, self._base:
            self._base.execute(f"INSERT INTO scan ({', '.join(names)}) VALUES ({marks})", scan)  # noqa: S608 - constants

    def waiting(self, limit: int) -> list[sqlite3.Row]:
        """Return the oldest scans that were not handed on, all of one device."""
        return self._read(
            "SELECT * FROM scan WHERE forwarded IS NULL AND device = "
            "(SELECT device FROM scan WHERE forwarded IS NULL ORDER BY number LIMIT 1) ORDER BY number LIMIT ?",
            limit,
        )

    def cut_off(self) -> None:
        """Note of the scans that were not handed on that there was no line after all."""
        online = "json_extract(row, '$.relayed') AND NOT json_extract(row, '$.offline')"
        change = f"UPDATE scan SET row = json_set(row, '$.offline', json('true')) WHERE forwarded IS NULL AND {online}"  # noqa: S608 - constants
        self._write((change, [()]))

    def count_waiting(self) -> int:
        """Return how many scans were not handed on."""
        return int(self._read("SELECT count(*) AS n FROM scan WHERE forwarded IS NULL")[0]["n"])

    def mark(self, told: Mapping[str, str]) -> None:
        """Note what the server said about scans that were handed on, by id."""
        self._write(("UPDATE scan SET forwarded = ? WHERE id = ?", [(said, pk) for pk, said in told.items()]))

    def inside(self) -> dict[int, int]:
        """Return how many this relay has let into each zone, less those that it has let out."""
        rows = self._read(
            "SELECT zone, sum(CASE direction WHEN 'in' THEN 1 ELSE -1 END) AS n FROM scan WHERE passed GROUP BY zone"
        )
        return {row["zone"]: max(0, row["n"]) for row in rows}
