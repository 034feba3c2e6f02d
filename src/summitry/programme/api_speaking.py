"""Speakers' records over the API: answers, availability, needs, link tests, and decisions about wishes.

Rows are those that the asker works on; what is not hers does not exist. Links and travel stay out of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.answers import confirm_appearance, decline_appearance, grant_wish
from summitry.programme.actions.availability import intervals_of, set_availability
from summitry.programme.actions.speaker import report_link_test, update_speaker
from summitry.programme.enums import (
    PUBLIC_ROLES,
    AppearanceState,
    BiographyState,
    Delivery,
    LinkTest,
    SpeakerRole,
)
from summitry.programme.models import Appearance, Speaker

router = Router()


class SpeakerRecordOut(Schema):
    """A speaker's record; `person` is the person's slug."""

    id: int
    person: str
    name: str
    language: str
    zone: str
    technical_needs: str
    biography: BiographyState
    has_portrait: bool
    link_test: LinkTest
    link_tested_at: dt.datetime | None
    seen_at: dt.datetime | None


class PartOfSpeakerOut(Schema):
    """One part of a speaker. `contribution` is its id, empty for the whole session."""

    id: int
    session: str
    contribution: int | None
    role: SpeakerRole
    delivery: Delivery
    fallback: str
    wished: str
    state: AppearanceState
    word: str
    answered_at: dt.datetime | None


class IntervalOut(Schema):
    """A time in which a speaker can appear."""

    starts_at: dt.datetime
    ends_at: dt.datetime


class SpeakerDetailOut(SpeakerRecordOut):
    """A speaker's record with her parts, those that the asker works on, and her times; no times: no restriction."""

    parts: list[PartOfSpeakerOut]
    availability: list[IntervalOut]


class AnswerIn(Schema):
    """An answer given on a speaker's behalf; `was` is the answer that you saw."""

    answer: Literal["confirmed", "declined"]
    was: AppearanceState
    word: str = Field("", max_length=1000)


class AvailabilityIn(Schema):
    """All times in which a speaker can appear."""

    intervals: list[IntervalOut]


class NeedsIn(Schema):
    """What a speaker needs, and where she will be; what is left out stays."""

    technical_needs: str | None = None
    zone: str | None = None
    language: str | None = None


class LinkTestIn(Schema):
    """How a test of a link with the crew went."""

    result: Literal["passed", "failed"]
    note: str = Field("", max_length=500)


class WishDecisionIn(Schema):
    """Whether somebody may take part as she wished."""

    grant: bool


@router.get(
    "/{slug}/speaker-records", response=CursorPage[SpeakerRecordOut], summary="Speakers you work with"
)
def list_speaker_records(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[SpeakerRecordOut]:
    """List the records of the speakers of your forums, or of the whole edition for its staff."""
    actor, edition = _asked(request, slug)
    rows = within(actor, Speaker.objects.filter(edition=edition)).select_related("person")
    page, following = page_of(rows, cursor=cursor, limit=limit)
    return CursorPage(items=[SpeakerRecordOut(**_facts(row)) for row in page], next=following)


@router.get("/{slug}/speaker-records/{record}", response=SpeakerDetailOut, summary="One speaker’s record")
def get_speaker_record(request: HttpRequest, slug: str, record: int) -> SpeakerDetailOut:
    """Return a record with its parts and times."""
    actor, edition = _asked(request, slug)
    return _detail(actor, _speaker(actor, edition, record))


@router.patch("/{slug}/speaker-records/{record}", response=SpeakerDetailOut, summary="Needs and time zone")
def change_speaker_record(request: HttpRequest, slug: str, record: int, payload: NeedsIn) -> SpeakerDetailOut:
    """Change what a speaker needs, and where she will be."""
    actor, edition = _asked(request, slug)
    speaker = _speaker(actor, edition, record)
    names = {"technical_needs": "technical_needs", "zone": "zone_name", "language": "language"}
    given = payload.dict(exclude_none=True)
    update_speaker(speaker, by=actor, **{names[name]: value for name, value in given.items()})
    return _detail(actor, speaker)


@router.put(
    "/{slug}/speaker-records/{record}/availability", response=SpeakerDetailOut, summary="Set availability"
)
def put_availability(
    request: HttpRequest, slug: str, record: int, payload: AvailabilityIn
) -> SpeakerDetailOut:
    """Replace the times in which a speaker can appear; overlapping ones are joined, none means no restriction."""
    actor, edition = _asked(request, slug)
    speaker = _speaker(actor, edition, record)
    set_availability(speaker, [(one.starts_at, one.ends_at) for one in payload.intervals], by=actor)
    return _detail(actor, speaker)


@router.put(
    "/{slug}/speaker-records/{record}/link-test", response=SpeakerDetailOut, summary="Note a link test"
)
def put_link_test(request: HttpRequest, slug: str, record: int, payload: LinkTestIn) -> SpeakerDetailOut:
    """Note how a test of a remote speaker's link went."""
    actor, edition = _asked(request, slug)
    speaker = _speaker(actor, edition, record)
    report_link_test(speaker, by=actor, state=LinkTest(payload.result), details={"note": payload.note})
    return _detail(actor, speaker)


@router.post("/{slug}/parts/{part}/answer", response=PartOfSpeakerOut, summary="Answer for a speaker")
def answer_part(request: HttpRequest, slug: str, part: int, payload: AnswerIn) -> PartOfSpeakerOut:
    """Note that somebody confirmed or declined; refused with 409 where the answer is no longer what you saw."""
    actor, edition = _asked(request, slug)
    row = _part(actor, edition, part)
    row.state = payload.was
    if payload.answer == "confirmed":
        confirm_appearance(row, by=actor)
    else:
        decline_appearance(row, by=actor, word=payload.word)
    return _part_out(row)


@router.post("/{slug}/parts/{part}/wish", response=PartOfSpeakerOut, summary="Decide about a wish")
def decide_wish(request: HttpRequest, slug: str, part: int, payload: WishDecisionIn) -> PartOfSpeakerOut:
    """Let somebody take part as she wished, or let the wish rest."""
    actor, edition = _asked(request, slug)
    return _part_out(grant_wish(_part(actor, edition, part), by=actor, is_granted=payload.grant))


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, Edition]:
    actor = actor_of(request)
    return actor, edition_by_slug(actor, slug)


def _speaker(actor: Actor, edition: Edition, pk: int) -> Speaker:
    rows = within(actor, Speaker.objects.filter(edition=edition, pk=pk))
    row = rows.select_related("person", "edition").first()
    if row is None:
        raise NotFound
    return row


def _part(actor: Actor, edition: Edition, pk: int) -> Appearance:
    rows = within(actor, Appearance.objects.filter(session__edition=edition, pk=pk, role__in=PUBLIC_ROLES))
    row = rows.select_related("session__forum", "session__edition", "contribution", "person").first()
    if row is None:
        raise NotFound
    return row


def _facts(row: Speaker) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": row.person.slug,
        "name": row.person.reference_name,
        "language": row.language,
        "zone": row.zone_name,
        "technical_needs": row.technical_needs,
        "biography": row.biography_state,
        "has_portrait": row.portrait_signed_at is not None,
        "link_test": row.link_test,
        "link_tested_at": row.link_tested_at,
        "seen_at": row.seen_at,
    }


def _detail(actor: Actor, speaker: Speaker) -> SpeakerDetailOut:
    rows = Appearance.objects.filter(
        session__edition=speaker.edition_id, person=speaker.person_id, role__in=PUBLIC_ROLES
    )
    parts = within(actor, rows).select_related("session").order_by("pk")
    times = [IntervalOut(starts_at=start, ends_at=end) for start, end in intervals_of(speaker)]
    return SpeakerDetailOut(**_facts(speaker), parts=[_part_out(row) for row in parts], availability=times)


def _part_out(row: Appearance) -> PartOfSpeakerOut:
    return PartOfSpeakerOut(
        id=row.pk,
        session=row.session.code,
        contribution=row.contribution_id,
        role=SpeakerRole(row.role),
        delivery=Delivery(row.delivery),
        fallback=row.fallback,
        wished=row.wished,
        state=AppearanceState(row.state),
        word=row.word,
        answered_at=row.answered_at,
    )
