"""When and where sessions take place: in the published schedule while they run, in the draft while they are planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from summitry.editions.models import Edition
from summitry.programme.models import Slot, Version


@dataclass(frozen=True, slots=True)
class Place:
    """A session's room and time."""

    session_id: int
    room_id: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime


def current_version(edition: Edition) -> Version | None:
    """Return the version by which sessions run: the newest published one, else the draft."""
    rows = list(
        Version.objects.filter(edition=edition).order_by("-number").only("pk", "number", "edition_id")
    )
    published = [row for row in rows if row.number is not None]
    return published[0] if published else next(iter(rows), None)


def planning_version(edition: Edition) -> Version | None:
    """Return the version by which interpretation is planned: the draft, where there is one."""
    return Version.objects.filter(edition=edition, number=None).first() or current_version(edition)


def slots_in(version: Version | None) -> QuerySet[Slot]:
    """Return the slots of a version that take place."""
    if version is None:
        return Slot.objects.none()
    return Slot.objects.filter(version=version, is_cancelled=False)


def places_in(version: Version | None, session_ids: Collection[int] | None = None) -> dict[int, Place]:
    """Return where sessions stand in a version, all or some of them, by id."""
    rows = slots_in(version)
    if session_ids is not None:
        rows = rows.filter(session__in=session_ids)
    values = rows.values_list("session_id", "room_id", "starts_at", "ends_at")
    return {row[0]: Place(*row) for row in values}


def draft_places(edition_id: int, session_ids: Collection[int]) -> dict[int, Place]:
    """Return where sessions stand in the draft, by id."""
    rows = Slot.objects.filter(
        version__edition=edition_id, version__number=None, is_cancelled=False, session__in=session_ids
    )
    return {row[0]: Place(*row) for row in rows.values_list("session_id", "room_id", "starts_at", "ends_at")}
