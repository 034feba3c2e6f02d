"""Builders for schedule documents, and ways to look at everything that an import wrote."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import transaction

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.programme.actions.exchange import ImportPlan, ImportResult, apply_import, plan_import
from summitry.programme.interchange.arrangement import arranged
from summitry.programme.interchange.document import Conference, Event, EventPerson, ScheduleDocument
from tests.programme.make import DAY, SYSTEM, ZONE, at

_numbers = itertools.count(1)
ADA = EventPerson(name="Ada Reyes", id=7)
BO = EventPerson(name="Bo", id=8)


def guid(number: int) -> str:
    """Return a GUID by which a test can speak of an event."""
    return str(uuid.UUID(int=number))


def event(number: int, **facts: Any) -> Event:
    """Return an event in room “Moon” on the first day, an hour long, at an hour that follows from its number."""
    return Event(
        **{
            "guid": guid(number),
            "id": number,
            "day": 1,
            "room": "Moon",
            "starts_at": at(8 + number),
            "duration": dt.timedelta(hours=1),
            "title": f"Talk {number}",
            "track": "Memory",
            "language": "en",
            "persons": (ADA,),
            **facts,
        }
    )


def document(*events: Event, **facts: Any) -> ScheduleDocument:
    """Return a document of one conference with `events`, in normal form."""
    conference = Conference(title="Moon Days 2026", acronym="moon26", start=DAY, end=DAY, time_zone=ZONE.key)
    return arranged(
        ScheduleDocument(**{"conference": conference, "version": "1.0", "events": events, **facts})
    )


def plan(
    schedule: ScheduleDocument, edition: Edition | None = None, by: Actor = SYSTEM, **facts: Any
) -> ImportPlan:
    return plan_import(schedule, edition, by=by, **facts)


def imported(
    schedule: ScheduleDocument, edition: Edition | None = None, by: Actor = SYSTEM, **facts: Any
) -> ImportResult:
    """Plan and apply; a new edition gets a slug of its own."""
    scope = {name: facts.pop(name) for name in ("scope", "slug", "problems") if name in facts}
    if edition is None:
        scope.setdefault("slug", f"moon-{next(_numbers)}")
    return apply_import(plan_import(schedule, edition, by=by, **scope), by=by, **facts)


def edition_of(result: ImportResult) -> Edition:
    """Return the edition as it is now."""
    return Edition.objects.get(pk=result.edition_id)


def changed(schedule: ScheduleDocument, number: int, **facts: Any) -> ScheduleDocument:
    """Return the document with one event changed."""
    events = tuple(replace(each, **facts) if each.guid == guid(number) else each for each in schedule.events)
    return arranged(replace(schedule, events=events))


def without(schedule: ScheduleDocument, number: int) -> ScheduleDocument:
    """Return the document without one event."""
    return replace(schedule, events=tuple(each for each in schedule.events if each.guid != guid(number)))


def everything() -> dict[str, list[str]]:
    """Return every row of every table of ours, to prove that nothing was written."""
    return {
        model._meta.label: sorted(serializers.serialize("jsonl", model._base_manager.all()).splitlines())
        for model in apps.get_models()
        if model.__module__.startswith("summitry.")
    }


@contextmanager
def undone() -> Iterator[None]:
    """Run, and leave the database as it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
