"""What a visitor may ask of the timetable, read from the address: unknown values are dropped, never an error."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

VIEWS = ("grid", "list", "now", "agenda")
FILTERS = ("q", "kind", "topic", "forum", "room", "lang", "delivery")
MAX_QUERY = 100
MAX_VALUE = 160
MAX_PAGE = 9999


@dataclass(frozen=True, slots=True)
class TimetableQuery:
    """The view, the day (empty for today or the first, `all` for every day) and the filters."""

    view: str = "grid"
    day: str = ""
    q: str = ""
    kind: str = ""
    topic: str = ""
    forum: str = ""
    room: str = ""
    lang: str = ""
    delivery: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> TimetableQuery:
        """Read GET parameters; an address with the same meaning always gives an equal query."""
        view = given.get("view", "")
        values = {name: " ".join(given.get(name, "").split())[:MAX_VALUE] for name in FILTERS}
        values["q"] = values["q"][:MAX_QUERY]
        return cls(view=view if view in VIEWS else "grid", day=_day(given.get("day", "")), **values)

    @property
    def wanted(self) -> dict[str, str]:
        """The filters by name."""
        return {name: getattr(self, name) for name in FILTERS}

    @property
    def is_filtered(self) -> bool:
        """Whether anything but view and day is asked for."""
        return any(self.wanted.values())

    def address(self, **changes: str) -> str:
        """Return the query string of this query with `changes`, without what is default; empty or with `?`."""
        values = {**asdict(self), **changes}
        if values["view"] == "grid":
            values["view"] = ""
        string = urlencode({name: value for name, value in values.items() if value})
        return f"?{string}" if string else ""


@dataclass(frozen=True, slots=True)
class SpeakerQuery:
    """Search words, a forum's slug, and the page: a number, or `all`."""

    q: str = ""
    forum: str = ""
    page: str = "1"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> SpeakerQuery:
        """Read GET parameters; an address with the same meaning always gives an equal query."""
        page = given.get("page", "")
        is_number = page.isascii() and page.isdecimal() and len(page) <= len(str(MAX_PAGE))
        number = str(max(1, int(page))) if is_number else "1"
        return cls(
            q=" ".join(given.get("q", "").split())[:MAX_QUERY],
            forum=given.get("forum", "")[:MAX_VALUE],
            page=page if page == "all" else number,
        )

    def address(self, **changes: str) -> str:
        """Return the query string of this query with `changes`, without what is default; empty or with `?`."""
        values = {**asdict(self), **changes}
        if values["page"] == "1":
            values["page"] = ""
        string = urlencode({name: value for name, value in values.items() if value})
        return f"?{string}" if string else ""


def _day(value: str) -> str:
    if value == "all":
        return value
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        return ""
