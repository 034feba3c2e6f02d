"""Editions over the API: facts, phases, rooms, topics and organisers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from ninja import Router, Schema

from summitry.directory.models import Topic
from summitry.editions.models import Edition, EditionOrganiser, Room
from summitry.editions.queries.edition import edition_by_slug, editions
from summitry.editions.queries.phases import open_phases, phases_of
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.web.actor import actor_of

router = Router()


class EditionOut(Schema):
    """An edition in a list."""

    slug: str
    summit: str
    year: int
    name: Localised
    host_city: Localised
    starts_on: dt.date
    ends_on: dt.date
    zone: str
    origin: str
    is_public: bool


class PhaseOut(Schema):
    """A phase; without `closes_at` it stays open."""

    kind: str
    opens_at: dt.datetime
    closes_at: dt.datetime | None
    is_open: bool


class EditionTopicOut(Schema):
    """A topic that the edition uses."""

    slug: str
    name: Localised


class EditionDetail(EditionOut):
    """An edition with everything that is said about it. `ordinal` is empty where counting is disputed."""

    formal_title: Localised
    motto: Localised
    lead: Localised
    ordinal: int | None
    ordinal_note: Localised
    languages: list[str]
    fallback: list[str]
    website: str
    phases: list[PhaseOut]
    topics: list[EditionTopicOut]


class RoomOut(Schema):
    """A room. `code` is stable within the edition."""

    code: str
    name: Localised
    building: Localised | None
    capacity: int | None
    equipment: list[str]


class OrganiserOut(Schema):
    """An institution and its role in the edition."""

    role: str
    slug: str
    name: Localised
    website: str


@router.get("", response=CursorPage[EditionOut], url_name="editions")
def list_editions(
    request: HttpRequest, cursor: str | None = None, limit: int = 50, summit: str | None = None
) -> CursorPage[EditionOut]:
    """The editions that you may see, oldest first."""
    rows = editions(actor_of(request))
    if summit:
        rows = rows.filter(summit__slug=summit)
    found, following = page_of(rows, cursor=cursor, limit=limit, key="starts_on")
    return CursorPage[EditionOut](items=[EditionOut(**_facts(edition)) for edition in found], next=following)


@router.get("/{slug}", response=EditionDetail, url_name="edition")
def show_edition(request: HttpRequest, slug: str) -> EditionDetail:
    """One edition."""
    edition = edition_by_slug(actor_of(request), slug)
    prefetch_related_objects([edition], "phases")
    open_now = open_phases(edition)
    topics = Topic.objects.filter(edition_topics__edition=edition).order_by("edition_topics__position")
    return EditionDetail(
        **_facts(edition),
        formal_title=localised(edition.formal_title),
        motto=localised(edition.motto),
        lead=localised(edition.lead),
        ordinal=edition.ordinal,
        ordinal_note=localised(edition.ordinal_note),
        languages=edition.languages,
        fallback=edition.fallback,
        website=edition.website,
        phases=[
            PhaseOut(
                kind=phase.kind,
                opens_at=phase.opens_at,
                closes_at=phase.closes_at,
                is_open=phase.kind in open_now,
            )
            for phase in phases_of(edition)
        ],
        topics=[EditionTopicOut(slug=topic.slug, name=localised(topic.name)) for topic in topics],
    )


@router.get("/{slug}/rooms", response=CursorPage[RoomOut], url_name="rooms")
def list_rooms(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[RoomOut]:
    """The rooms of an edition."""
    edition = edition_by_slug(actor_of(request), slug)
    rows = Room.objects.filter(edition=edition).select_related("building")
    rooms, following = page_of(rows, cursor=cursor, limit=limit, key="position")
    items = [
        RoomOut(
            code=room.code,
            name=localised(room.name),
            building=localised(room.building.name) if room.building else None,
            capacity=room.capacity,
            equipment=room.equipment,
        )
        for room in rooms
    ]
    return CursorPage[RoomOut](items=items, next=following)


@router.get("/{slug}/organisers", response=CursorPage[OrganiserOut], url_name="organisers")
def list_organisers(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[OrganiserOut]:
    """The institutions of an edition with their roles, in the edition's order."""
    edition = edition_by_slug(actor_of(request), slug)
    rows = EditionOrganiser.objects.filter(edition=edition).select_related("organisation")
    organisers, following = page_of(rows, cursor=cursor, limit=limit, key="position")
    items = [
        OrganiserOut(
            role=row.role,
            slug=row.organisation.slug,
            name=localised(row.organisation.name),
            website=row.organisation.website,
        )
        for row in organisers
    ]
    return CursorPage[OrganiserOut](items=items, next=following)


def _facts(edition: Edition) -> dict[str, Any]:
    return {
        "slug": edition.slug,
        "summit": edition.summit.slug,
        "year": edition.year,
        "name": localised(edition.name),
        "host_city": localised(edition.host_city),
        "starts_on": edition.starts_on,
        "ends_on": edition.ends_on,
        "zone": edition.zone_name,
        "origin": edition.origin,
        "is_public": edition.is_public,
    }
