"""Entries over the API: listed and read by those who work on a call; a version with what was frozen, as it was frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from summitry.calls.enums import EntryState
from summitry.calls.models import Call, Entry, EntryVersion
from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.access import Actor, within
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import InvalidInput, NotFound

router = Router()


class EntryOut(Schema):
    """An entry in short; `similar_to` is the number of the entry that it likely repeats."""

    number: int
    state: EntryState
    title: Localised
    area: str | None
    kind: str
    organisation: str
    entity: str | None
    source: str
    is_late: bool
    submitted_at: dt.datetime | None
    similar_to: int | None


class VersionOut(Schema):
    """A frozen version; `digest` is the SHA-256 of the canonical JSON of its content."""

    number: int
    digest: str
    why: str
    frozen_at: dt.datetime


class FrozenOut(VersionOut):
    """A frozen version with its content."""

    content: dict[str, Any]


class MemberOut(Schema):
    """A member of a team, and whether she has confirmed."""

    name: str
    organisation: str
    part: str
    state: str


class EntryDetailOut(EntryOut):
    """An entry with all that is kept of it."""

    abstract: Localised
    answers: dict[str, Any]
    files: dict[str, str]
    contact_name: str
    contact_email: str
    language: str
    late_until: dt.datetime | None
    reason: str
    versions: list[VersionOut]
    team: list[MemberOut]


@router.get(
    "/{slug}/calls/{call}/entries", response=CursorPage[EntryOut], summary="List the entries of a call"
)
def list_entries(
    request: HttpRequest,
    slug: str,
    call: str,
    state: str = "",
    area: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Return the entries in the order of their numbers; for those who work on the call."""
    found, actor = _call(request, slug, call)
    rows = within(actor, Entry.objects.filter(call=found)).select_related("area", "entity", "similar_to")
    if state:
        if state not in EntryState.values:
            raise InvalidInput(fields={"state": [", ".join(EntryState.values)]})
        rows = rows.filter(state=state)
    if area:
        rows = rows.filter(area__slug=area)
    entries, following = page_of(rows, cursor=cursor, limit=limit, key="number")
    return {"items": [EntryOut(**_short(entry)) for entry in entries], "next": following}


@router.get("/{slug}/calls/{call}/entries/{number}", response=EntryDetailOut, summary="Read one entry")
def read_entry(request: HttpRequest, slug: str, call: str, number: int) -> EntryDetailOut:
    """Return an entry as it stands, with its versions in short."""
    entry = _entry(request, slug, call, number)
    files = entry.attachments.values_list("slug", "file__name")
    return EntryDetailOut(
        **_short(entry),
        abstract=localised(entry.abstract),
        answers=entry.answers,
        files=dict(files),
        contact_name=entry.contact_name,
        contact_email=entry.contact_email,
        language=entry.language,
        late_until=entry.late_until,
        reason=entry.reason,
        versions=[VersionOut(**_version(one)) for one in entry.versions.all()],
        team=[
            MemberOut(name=one.name, organisation=one.organisation_name, part=one.part, state=one.state)
            for one in entry.members.all()
        ],
    )


@router.get(
    "/{slug}/calls/{call}/entries/{number}/versions/{version}",
    response=FrozenOut,
    summary="Read a frozen version of an entry",
)
def read_version(request: HttpRequest, slug: str, call: str, number: int, version: int) -> FrozenOut:
    """Return a version exactly as it was frozen."""
    entry = _entry(request, slug, call, number)
    found = EntryVersion.objects.filter(entry=entry, number=version).first()
    if found is None:
        raise NotFound
    return FrozenOut(**_version(found), content=found.content)


def _call(request: HttpRequest, slug: str, call: str) -> tuple[Call, Actor]:
    shown, actor = edition_at_work(request, slug)
    found = within(actor, Call.objects.filter(edition=shown, slug=call)).first()
    if found is None:
        raise NotFound
    return found, actor


def _entry(request: HttpRequest, slug: str, call: str, number: int) -> Entry:
    found, actor = _call(request, slug, call)
    rows = within(actor, Entry.objects.filter(call=found, number=number))
    entry = rows.select_related("area", "entity", "similar_to").first()
    if entry is None:
        raise NotFound
    return entry


def _short(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "state": entry.state,
        "title": localised(entry.title),
        "area": entry.area.slug if entry.area else None,
        "kind": entry.kind,
        "organisation": entry.organisation_name,
        "entity": entry.entity.code if entry.entity else None,
        "source": entry.source,
        "is_late": entry.is_late,
        "submitted_at": entry.submitted_at,
        "similar_to": entry.similar_to.number if entry.similar_to else None,
    }


def _version(one: EntryVersion) -> dict[str, Any]:
    return {"number": one.number, "digest": one.digest, "why": one.why, "frozen_at": one.frozen_at}
