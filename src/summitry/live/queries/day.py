"""A day's sessions, room by room, each with how far it has come; a fixed number of statements for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.editions.models import Edition, Room
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.live.enums import RunState
from summitry.live.models import Cue, Run
from summitry.live.queries.places import Place, current_version, places_in
from summitry.live.queries.rundown import Rundown, run_of, rundown_of, sessions_to_run
from summitry.programme.models import Session
from summitry.programme.queries.programme import DAY_BREAK


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room's sessions of one day, in order; None is for sessions without a room."""

    room: Room | None
    rundowns: tuple[Rundown, ...]


def day_of(instant: dt.datetime, edition: Edition) -> dt.date:
    """Return the day of the edition that an instant belongs to; a day ends in the small hours of the next."""
    return (instant.astimezone(edition.zone) - DAY_BREAK).date()


def shown_day(edition: Edition, asked: str) -> dt.date:
    """Return the day that a page is asked for, else today, else the first day."""
    try:
        return dt.date.fromisoformat(asked)
    except ValueError:
        today = day_of(clock.now(), edition)
        return today if today in edition.days else edition.starts_on


def rundowns_of_day(actor: Actor, edition: Edition, day: dt.date) -> list[RoomDay]:
    """Return the rooms with sessions on `day` whose run `actor` may see, in the edition's order; four statements."""
    places = places_of_days(edition, [day])
    rows = Session.objects.filter(pk__in=places, edition=edition).select_related("edition", "run")
    told = rundowns(list(sessions_to_run(actor, rows)), places)
    return by_room(edition, told)


def places_of_days(edition: Edition, days: Sequence[dt.date]) -> dict[int, Place]:
    """Return where sessions stand that begin on one of `days`, by id."""
    wanted = set(days)
    found = places_in(current_version(edition))
    return {pk: place for pk, place in found.items() if day_of(place.starts_at, edition) in wanted}


def rundowns(sessions: Sequence[Session], places: dict[int, Place]) -> list[Rundown]:
    """Return the runs of sessions as they stand now, with one statement for all cues."""
    cues: dict[int, list[Cue]] = defaultdict(list)
    for cue in Cue.objects.filter(session__in=[session.pk for session in sessions]):
        cues[cue.session_id].append(cue)
    now = clock.now()
    return [
        rundown_of(run_of(session), places.get(session.pk), cues[session.pk], now) for session in sessions
    ]


def by_room(edition: Edition, told: Sequence[Rundown]) -> list[RoomDay]:
    """Return runs by room, in the edition's order, and in each by time."""
    found: dict[int | None, list[Rundown]] = defaultdict(list)
    for one in sorted(told, key=lambda one: (one.place.starts_at if one.place else one.now, one.session.pk)):
        found[one.place.room_id if one.place else None].append(one)
    rooms = {room.pk: room for room in Room.objects.filter(edition=edition)}
    ordered = [pk for pk in rooms if pk in found] + ([None] if None in found else [])
    return [RoomDay(rooms[pk] if pk is not None else None, tuple(found[pk])) for pk in ordered]


def without_sheet(actor: Actor, edition: Edition, days: Sequence[dt.date]) -> list[int]:
    """Return the sessions of these days that have no cue sheet yet and have not ended, those `actor` works on."""
    places = places_of_days(edition, days)
    rows = sessions_to_run(actor, Session.objects.filter(pk__in=places, edition=edition))
    now = clock.now()
    open_ = rows.exclude(pk__in=Cue.objects.values("session_id")).exclude(
        pk__in=Run.objects.filter(ended_at__isnull=False).values("session_id")
    )
    return [pk for pk in open_.values_list("pk", flat=True) if places[pk].ends_at > now]


UNDER_WAY = frozenset({RunState.RUNNING, RunState.OVERRUN, RunState.LATE})
