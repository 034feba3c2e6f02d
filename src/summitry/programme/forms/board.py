"""What people ask of the board: which part of it to show, and where a session shall go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import formats
from summitry.programme.actions.board import Seen
from summitry.programme.queries.board import Board, Card
from summitry.programme.queries.diff import Place

ZOOMS = ("1", "2", "3")
STEP = 5


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """Which day, rooms and clashes the board shows, and how wide an hour is."""

    day: str = ""
    rooms: tuple[int, ...] = ()
    building: int = 0
    severity: str = ""
    kind: str = ""
    zoom: str = "2"

    @classmethod
    def read(cls, data: QueryDict) -> BoardQuery:
        """Read the query of an address; what makes no sense is left out."""
        zoom = data.get("zoom", "")
        building = data.get("building", "")
        return cls(
            day=data.get("day", ""),
            rooms=tuple(int(value) for value in data.getlist("room") if value.isascii() and value.isdigit()),
            building=int(building) if building.isascii() and building.isdigit() else 0,
            severity=data.get("severity", ""),
            kind=data.get("kind", ""),
            zoom=zoom if zoom in ZOOMS else "2",
        )

    def address(self, **changed: Any) -> str:
        """Return the query of this view with other values, as `?…`; empty ones are left out."""
        values: dict[str, Any] = {
            "day": self.day,
            "room": self.rooms,
            "building": self.building or "",
            "severity": self.severity,
            "kind": self.kind,
            "zoom": "" if self.zoom == "2" else self.zoom,
            **changed,
        }
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept, doseq=True)}" if kept else "?"


class MoveForm(forms.Form):
    """Where a session shall go: room, day, start and length. Without a start it goes to the tray."""

    room = forms.ChoiceField(label=_("Room"), required=False)
    day = forms.ChoiceField(label=_("Day"))
    start = forms.TimeField(
        label=pgettext_lazy("of a session", "Start"),
        widget=forms.TimeInput(attrs={"type": "time", "step": STEP * 60}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=_("Length in minutes"),
        min_value=STEP,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"step": STEP}),
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.board = board
        rooms = [(str(room.id), room.name.text) for room in board.rooms]
        self._choices("room", [("", _("No room")), *rooms])
        self._choices(
            "day", [(day.isoformat(), formats.date(day, board.lang, "MMMEd")) for day in board.days]
        )

    def place(self) -> Place:
        """Return the place that was asked for; the form is valid."""
        data = self.cleaned_data
        day = dt.date.fromisoformat(data["day"])
        starts_at = dt.datetime.combine(day, data["start"], self.board.zone)
        room = int(data["room"]) if data["room"] else None
        return Place(room, starts_at, starts_at.astimezone(dt.UTC) + dt.timedelta(minutes=data["minutes"]))

    def _choices(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def initial_for(board: Board, card: Card, day: str = "") -> dict[str, Any]:
    """Return what the form says at first: where the session stands, or the morning of `day`."""
    if card.place is None:
        return {"day": day, "start": dt.time(9), "minutes": card.minutes}
    local = card.place.starts_at.astimezone(board.zone)
    return {
        "room": str(card.place.room_id or ""),
        "day": local.date().isoformat(),
        "start": local.time(),
        "minutes": card.minutes,
    }


@dataclass(frozen=True, slots=True)
class MoveAsked:
    """A move as the board's script asks for it. `seen` is None for "whatever is there"."""

    session_id: int
    to: Place | None
    seen: Seen | None
    after: int

    @classmethod
    def read(cls, data: Mapping[str, Any], zone: ZoneInfo) -> MoveAsked:
        """Read the script's message, with clock times of `zone`. Raises InvalidInput for anything else."""
        try:
            seen = data["seen"]
            return cls(
                session_id=int(data["session"]),
                to=_wanted(data["to"], zone),
                seen=None if seen is None else Seen(int(seen["revision"]), _place(seen["place"])),
                after=int(data.get("after") or 0),
            )
        except (KeyError, TypeError, ValueError, OverflowError, OSError) as error:
            raise InvalidInput from error


def _wanted(data: Mapping[str, Any] | None, zone: ZoneInfo) -> Place | None:
    """Read where a session shall go: a place, or a day and a clock time with a length in minutes."""
    if data is None or "day" not in data:
        return _place(data)
    day, time = dt.date.fromisoformat(data["day"]), dt.time.fromisoformat(data["clock"])
    starts_at = dt.datetime.combine(day, time.replace(tzinfo=None), zone).astimezone(dt.UTC)
    ends_at = starts_at + dt.timedelta(minutes=int(data["minutes"]))
    return Place(int(data["room"]) if data["room"] else None, starts_at, ends_at)


def _place(data: Mapping[str, Any] | None) -> Place | None:
    """Read a place: room or null, start and end in POSIX seconds."""
    if data is None:
        return None
    start, end = (dt.datetime.fromtimestamp(int(data[name]), dt.UTC) for name in ("start", "end"))
    return Place(int(data["room"]) if data["room"] else None, start, end)
