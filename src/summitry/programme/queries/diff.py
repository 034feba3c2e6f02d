"""What changed between two versions of the schedule, as data; `queries.changes` puts it into sentences.

Nothing here asks the database: two states of the slots go in, a list of changes comes out, which is stored with the
version when it is published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from summitry.foundation.i18n import Text
from summitry.programme.enums import ChangeKind


class Place(NamedTuple):
    """Where and when a session stands."""

    room_id: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime

    def to_json(self) -> dict[str, Any]:
        """Return the stored form."""
        return {
            "room": self.room_id,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Place:
        """Read the stored form."""
        start, end = (dt.datetime.fromisoformat(stored[name]) for name in ("starts_at", "ends_at"))
        return cls(stored["room"], start, end)


class Placed(NamedTuple):
    """A session in one state of the schedule."""

    place: Place
    title: Text
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one session. A move has both places, a renaming both titles; the others have what applies."""

    kind: ChangeKind
    session_id: int
    before: Place | None = None
    after: Place | None = None
    old_title: Text | None = None
    new_title: Text | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the stored form, without what is empty."""
        values = {
            "before": self.before,
            "after": self.after,
            "old_title": self.old_title,
            "new_title": self.new_title,
        }
        stored = {name: value.to_json() for name, value in values.items() if value is not None}
        return {"kind": str(self.kind), "session": self.session_id, **stored}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Change:
        """Read the stored form."""

        def place(name: str) -> Place | None:
            return Place.from_json(stored[name]) if name in stored else None

        def title(name: str) -> Text | None:
            return Text.from_json(stored[name]) if name in stored else None

        return cls(
            ChangeKind(stored["kind"]),
            stored["session"],
            before=place("before"),
            after=place("after"),
            old_title=title("old_title"),
            new_title=title("new_title"),
        )


def changes_between(old: Mapping[int, Placed], new: Mapping[int, Placed]) -> list[Change]:
    """Return what turns the state `old` into `new`, both by session id: in the order of the new, then the cancelled.

    A session that is missing from `new`, or cancelled in it, was cancelled; one that was cancelled and is back counts
    as new. A session can be moved and renamed at once; then it appears twice.
    """
    changes: list[Change] = []
    for session_id, now in new.items():
        changes.extend(_changes_of(session_id, old.get(session_id), now))
    for session_id, was in old.items():
        if session_id not in new and not was.is_cancelled:
            changes.append(Change(ChangeKind.CANCELLED, session_id, before=was.place))
    return changes


def _changes_of(session_id: int, was: Placed | None, now: Placed) -> Iterator[Change]:
    if was is None or was.is_cancelled:
        if not now.is_cancelled:
            yield Change(ChangeKind.ADDED, session_id, after=now.place)
    elif now.is_cancelled:
        yield Change(ChangeKind.CANCELLED, session_id, before=was.place)
    else:
        if was.place != now.place:
            yield Change(ChangeKind.MOVED, session_id, before=was.place, after=now.place)
        if was.title.get(was.title.source) != now.title.get(was.title.source):
            yield Change(ChangeKind.RENAMED, session_id, old_title=was.title, new_title=now.title)
