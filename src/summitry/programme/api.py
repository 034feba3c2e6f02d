"""The programme over the API: forums, sessions, speakers, and the schedule with its draft and published versions."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status

from summitry.editions.models import Edition, Room
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import require, visible
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.schedule import draft_of, place_session, unplace_session
from summitry.programme.models import Forum, Session, Slot, Version
from summitry.programme.queries.records import (
    SessionRecord,
    SpeakerRecord,
    session_records,
    speaker_records,
    speakers_in,
)

router = Router()


class ForumOut(Schema):
    """A forum; `topic` is the topic's slug, `chair` the person's."""

    slug: str
    kind: str
    title: Localised
    abstract: Localised
    topic: str | None
    chair: str | None
    is_public: bool


class SlotOut(Schema):
    """A session's place in a version. `revision` rises with each move; a cancelled slot stays."""

    session: str
    room: str | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    revision: int
    is_cancelled: bool


class PartOut(Schema):
    """Somebody's part in a session; `contribution` is the place of the contribution, empty for the whole session."""

    person: str
    name: str
    role: str
    delivery: str
    contribution: int | None


class ContributionOut(Schema):
    """A contribution of a session."""

    kind: str
    title: Localised
    abstract: Localised
    minutes: int | None


class SessionOut(Schema):
    """A session with its place in the last published version."""

    code: str
    guid: UUID
    forum: str
    title: Localised
    subtitle: Localised
    abstract: Localised
    format: str
    spoken: list[str]
    interpreted: list[str]
    is_broadcast: bool
    is_public: bool
    slot: SlotOut | None
    parts: list[PartOut]
    contributions: list[ContributionOut]


class SpeakerOut(Schema):
    """A speaker with all public spellings of the name and the post on the edition's first day."""

    slug: str
    name: str
    spellings: list[str]
    title: Localised | None
    organisation: Localised | None
    entity: str | None
    biography: Localised


class PlaceIn(Schema):
    """A place in the draft. `revision` is what you saw: 0 for an unplaced session; leave it out to overwrite."""

    room: str | None = None
    starts_at: dt.datetime
    ends_at: dt.datetime
    revision: int | None = None


@router.get("/{slug}/forums", response=CursorPage[ForumOut], url_name="forums")
def list_forums(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[ForumOut]:
    """The forums that you may see, in the edition's order."""
    edition = _edition(request, slug)
    rows = visible(actor_of(request), Forum.objects.filter(edition=edition).select_related("topic", "chair"))
    forums, following = page_of(rows, cursor=cursor, limit=limit, key="position")
    items = [
        ForumOut(
            slug=forum.slug,
            kind=forum.kind,
            title=localised(forum.title),
            abstract=localised(forum.abstract),
            topic=forum.topic.slug if forum.topic else None,
            chair=forum.chair.slug if forum.chair else None,
            is_public=forum.is_public,
        )
        for forum in forums
    ]
    return CursorPage[ForumOut](items=items, next=following)


@router.get("/{slug}/sessions", response=CursorPage[SessionOut], url_name="sessions")
def list_sessions(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50, forum: str | None = None
) -> CursorPage[SessionOut]:
    """The sessions that you may see, by code, with places, people and contributions."""
    edition = _edition(request, slug)
    rows = visible(actor_of(request), Session.objects.filter(edition=edition).select_related("forum"))
    if forum:
        rows = rows.filter(forum__slug=forum)
    sessions, following = page_of(rows, cursor=cursor, limit=limit, key="code")
    items = [_session(record) for record in session_records(edition, sessions)]
    return CursorPage[SessionOut](items=items, next=following)


@router.get("/{slug}/sessions/{code}", response=SessionOut, url_name="session")
def show_session(request: HttpRequest, slug: str, code: str) -> SessionOut:
    """One session."""
    edition = _edition(request, slug)
    return _session(session_records(edition, [_visible_session(request, edition, code)])[0])


@router.get("/{slug}/speakers", response=CursorPage[SpeakerOut], url_name="speakers")
def list_speakers(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50, lang: str = "en"
) -> CursorPage[SpeakerOut]:
    """Everybody who appears in a session that you may see; `name` is the one for readers of `lang`."""
    edition = _edition(request, slug)
    people, following = page_of(
        speakers_in(actor_of(request), edition), cursor=cursor, limit=limit, key="slug"
    )
    items = [_speaker(record) for record in speaker_records(edition, people, lang)]
    return CursorPage[SpeakerOut](items=items, next=following)


@router.get("/{slug}/schedule/versions/{number}", response=CursorPage[SlotOut], url_name="version")
def list_slots(
    request: HttpRequest, slug: str, number: int, cursor: str | None = None, limit: int = 50
) -> CursorPage[SlotOut]:
    """The slots of one published version, of sessions that you may see."""
    edition = _edition(request, slug)
    return _slots(request, Version.objects.filter(edition=edition, number=number).first(), cursor, limit)


@router.get("/{slug}/schedule/draft", response=CursorPage[SlotOut], url_name="draft")
def list_draft(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[SlotOut]:
    """The slots of the draft, for the edition's staff."""
    edition = _edition(request, slug)
    draft = Version.objects.filter(edition=edition, number__isnull=True).first()
    return _slots(request, draft, cursor, limit)


@router.put("/{slug}/schedule/draft/{code}", response=SlotOut, url_name="placing")
def place(request: HttpRequest, slug: str, code: str, wanted: PlaceIn) -> SlotOut:
    """Place or move a session in the draft. Answers 409 where somebody else moved it since you looked."""
    edition = _edition(request, slug)
    require(actor_of(request), "schedule", Version(edition=edition))
    room = Room.objects.filter(edition=edition, code=wanted.room).first() if wanted.room else None
    if wanted.room and room is None:
        raise NotFound
    slot = place_session(
        draft_of(edition),
        _visible_session(request, edition, code),
        room,
        wanted.starts_at,
        wanted.ends_at,
        by=actor_of(request),
        expected_revision=wanted.revision,
    )
    return _slot(slot)


@router.delete("/{slug}/schedule/draft/{code}", response={204: None}, url_name="unplacing")
def unplace(request: HttpRequest, slug: str, code: str, revision: int | None = None) -> Status[None]:
    """Take a session out of the draft; if it was published, the next version shows it as cancelled."""
    edition = _edition(request, slug)
    require(actor_of(request), "schedule", Version(edition=edition))
    session = _visible_session(request, edition, code)
    unplace_session(draft_of(edition), session, by=actor_of(request), expected_revision=revision)
    return Status(204, None)


def _edition(request: HttpRequest, slug: str) -> Edition:
    return edition_by_slug(actor_of(request), slug)


def _visible_session(request: HttpRequest, edition: Edition, code: str) -> Session:
    rows = Session.objects.filter(edition=edition, code=code).select_related("forum")
    session = visible(actor_of(request), rows).first()
    if session is None:
        raise NotFound
    return session


def _slots(
    request: HttpRequest, version: Version | None, cursor: str | None, limit: int
) -> CursorPage[SlotOut]:
    actor = actor_of(request)
    if version is None or not visible(actor, Version.objects.filter(pk=version.pk)).exists():
        raise NotFound
    sessions = visible(actor, Session.objects.filter(edition=version.edition_id))
    rows = version.slots.filter(session__in=sessions.values("pk")).select_related("session", "room")
    slots, following = page_of(rows, cursor=cursor, limit=limit, key="starts_at")
    return CursorPage[SlotOut](items=[_slot(slot) for slot in slots], next=following)


def _slot(slot: Slot) -> SlotOut:
    return SlotOut(
        session=slot.session.code,
        room=slot.room.code if slot.room else None,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        revision=slot.revision,
        is_cancelled=slot.is_cancelled,
    )


def _session(record: SessionRecord) -> SessionOut:
    session = record.session
    return SessionOut(
        code=session.code,
        guid=session.guid,
        forum=session.forum.slug,
        title=localised(session.title),
        subtitle=localised(session.subtitle),
        abstract=localised(session.abstract),
        format=session.format,
        spoken=session.spoken,
        interpreted=session.interpreted,
        is_broadcast=session.is_broadcast,
        is_public=session.is_public,
        slot=_slot(record.slot) if record.slot else None,
        parts=[
            PartOut(
                person=part.person,
                name=part.name,
                role=part.role,
                delivery=part.delivery,
                contribution=part.contribution,
            )
            for part in record.parts
        ],
        contributions=[
            ContributionOut(
                kind=contribution.kind,
                title=localised(contribution.title),
                abstract=localised(contribution.abstract),
                minutes=contribution.minutes,
            )
            for contribution in record.contributions
        ],
    )


def _speaker(record: SpeakerRecord) -> SpeakerOut:
    person, post = record.person, record.post
    return SpeakerOut(
        slug=person.slug,
        name=record.name,
        spellings=record.spellings,
        title=localised(post.title) if post else None,
        organisation=localised(post.organisation) if post else None,
        entity=person.entity.code if person.entity else None,
        biography=localised(person.biography),
    )
