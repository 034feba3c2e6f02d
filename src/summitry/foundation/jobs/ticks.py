"""Ticks: how far running work is at this moment, told beside the transaction that the work may hold open.

Whoever watches has to see them before that transaction commits, so they cannot be written through it. PostgreSQL takes
them over a connection of their own. SQLite has one writer at a time, which is the work itself: there they go to a
small file, which is enough, because SQLite means one machine. A tick is a hint; what must last is in the row.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from summitry.foundation.models import Progress

FOLDER = "progress"


@dataclass(frozen=True, slots=True)
class Tick:
    """The present stage, and how many of its parts are done."""

    stage: str = ""
    done: int = 0
    total: int = 0


class Ticker:
    """Sends the ticks of one piece of work; to be closed at its end."""

    def __init__(self, public_id: uuid.UUID) -> None:
        self._id = public_id
        self._beside: BaseDatabaseWrapper | None = None

    def send(self, tick: Tick) -> None:
        """Make `tick` the latest."""
        if connection.vendor == "sqlite":
            path = _path(self._id)
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            fresh.write_text(json.dumps(asdict(tick)))
            fresh.replace(path)
            return
        if self._beside is None:
            self._beside = connection.copy()
        table = connection.ops.quote_name(Progress._meta.db_table)
        with self._beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET stage = %s, done = %s, total = %s WHERE public_id = %s AND state = 'running'",  # noqa: S608 - the table's own name
                [tick.stage, tick.done, tick.total, self._id],
            )

    def close(self) -> None:
        """Forget the last tick, and free what was used to send it."""
        _path(self._id).unlink(missing_ok=True)
        if self._beside is not None:
            self._beside.close()


def latest(row: Progress) -> Tick:
    """Return the latest tick of running work: the file's where there is one, else the row's."""
    try:
        return Tick(**json.loads(_path(row.public_id).read_text()))
    except (OSError, ValueError, TypeError):
        return Tick(row.stage, row.done, row.total)


def _path(public_id: uuid.UUID) -> Path:
    folder: Path = settings.DATA
    return folder / FOLDER / f"{public_id}.json"
