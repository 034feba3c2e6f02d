"""Meetings over the API, for the offices that answer for guests: listed, proposed, answered, and opened to."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_at_work
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound
from summitry.guests.actions.meeting import (
    accept_meeting,
    cancel_meeting,
    decline_meeting,
    propose_meeting,
    set_meeting_desk,
    withdraw_meeting,
)
from summitry.guests.enums import MeetingState
from summitry.guests.models import Guest, Meeting
from summitry.guests.queries.busy import free_slots
from summitry.guests.queries.guests_at_work import guest_at_work
from summitry.guests.queries.meetings import meeting_of, to_be_met

router = Router()


class MeetingOut(Schema):
    """A meeting: who asked whom, when, what about, and what became of it. An open one blocks nothing and expires."""

    id: int
    asker: int
    asker_name: str
    asked: int
    asked_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    words: str
    state: MeetingState
    expires_at: dt.datetime
    answered_at: dt.datetime | None


class MeetingIn(Schema):
    """A request of one guest to meet another, in a slot in which both are free."""

    asker: int
    asked: int
    starts_at: dt.datetime
    words: str = Field("", max_length=500)


class MeetingDeskIn(Schema):
    """Whether a guest can be met through you, and what about."""

    is_open: bool
    about: str = Field("", max_length=300)


class MeetingDeskOut(MeetingDeskIn):
    """How a guest can be met: `via_office` says that her office answers for her."""

    via_office: bool


@router.get("/{slug}/meetings", response=CursorPage[MeetingOut], summary="Meetings you answer for")
def list_meetings(
    request: HttpRequest,
    slug: str,
    guest: int | None = None,
    state: MeetingState | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[MeetingOut]:
    """List the meetings of those guests whose applications you may complete, as one side or the other."""
    edition, actor = edition_at_work(request, slug)
    related = ("asker__person", "asked__person")
    rows = within(actor, Meeting.objects.filter(edition=edition)).select_related(*related)
    if guest is not None:
        rows = rows.filter(Q(asker=guest) | Q(asked=guest))
    if state is not None:
        rows = rows.filter(state=state.value)
    page, following = page_of(rows, cursor=cursor, limit=limit)
    names = names_of({one.person_id for row in page for one in (row.asker, row.asked)})
    return CursorPage(items=[_out(row, names, edition) for row in page], next=following)


@router.post("/{slug}/meetings", response={201: MeetingOut}, summary="Propose a meeting")
def post_meeting(request: HttpRequest, slug: str, body: MeetingIn) -> Status[MeetingOut]:
    """Ask for a meeting on a guest’s behalf; both have to have agreed to be met."""
    edition, actor = edition_at_work(request, slug)
    asker = _guest(actor, edition, body.asker)
    asked = to_be_met(asker).filter(pk=body.asked).first()
    if asked is None:
        raise NotFound
    made = propose_meeting(asker, asked, body.starts_at, by=actor, words=body.words)
    return Status(201, _one(made, edition))


@router.post(
    "/{slug}/guests/{guest}/meetings/{meeting}/accept", response=MeetingOut, summary="Accept a meeting"
)
def post_acceptance(request: HttpRequest, slug: str, guest: int, meeting: int) -> MeetingOut:
    """Agree to a request for the guest who is asked; the slot is taken in both diaries."""
    edition, actor = edition_at_work(request, slug)
    row = meeting_of(_guest(actor, edition, guest), meeting)
    return _one(accept_meeting(row, by=actor), edition)


@router.post(
    "/{slug}/guests/{guest}/meetings/{meeting}/decline", response=MeetingOut, summary="Decline a meeting"
)
def post_refusal(request: HttpRequest, slug: str, guest: int, meeting: int) -> MeetingOut:
    """Decline a request for the guest who is asked."""
    edition, actor = edition_at_work(request, slug)
    row = meeting_of(_guest(actor, edition, guest), meeting)
    return _one(decline_meeting(row, by=actor), edition)


@router.post(
    "/{slug}/guests/{guest}/meetings/{meeting}/withdraw", response=MeetingOut, summary="Take a request back"
)
def post_request_withdrawal(request: HttpRequest, slug: str, guest: int, meeting: int) -> MeetingOut:
    """Take a request back, for the guest who asked, that nobody has answered."""
    edition, actor = edition_at_work(request, slug)
    row = meeting_of(_guest(actor, edition, guest), meeting)
    return _one(withdraw_meeting(row, by=actor), edition)


@router.post(
    "/{slug}/guests/{guest}/meetings/{meeting}/cancel", response=MeetingOut, summary="Cancel a meeting"
)
def post_cancellation(request: HttpRequest, slug: str, guest: int, meeting: int) -> MeetingOut:
    """Cancel what was agreed, for one of the two; both diaries are free again."""
    edition, actor = edition_at_work(request, slug)
    row = _guest(actor, edition, guest)
    return _one(cancel_meeting(meeting_of(row, meeting), by=actor, of=row), edition)


@router.get(
    "/{slug}/guests/{guest}/meeting-slots/{asked}",
    response=list[dt.datetime],
    summary="Slots in which both are free",
)
def list_slots(request: HttpRequest, slug: str, guest: int, asked: int) -> list[dt.datetime]:
    """List the beginnings of the slots to come in which a guest and another who can be met are free."""
    edition, actor = edition_at_work(request, slug)
    row = _guest(actor, edition, guest)
    other = to_be_met(row).filter(pk=asked).first()
    if other is None:
        raise NotFound
    return free_slots(edition, [row, other], clock.now())


@router.put(
    "/{slug}/guests/{guest}/meeting-desk", response=MeetingDeskOut, summary="Open a guest to meetings"
)
def put_meeting_desk(request: HttpRequest, slug: str, guest: int, body: MeetingDeskIn) -> MeetingDeskOut:
    """Say whether a guest can be met through you; what she agreed to herself, she alone changes."""
    edition, actor = edition_at_work(request, slug)
    row = _guest(actor, edition, guest)
    desk = set_meeting_desk(row, by=actor, is_open=body.is_open, about=body.about, via_office=True)
    return MeetingDeskOut(is_open=desk.is_open, about=desk.about, via_office=desk.via_office)


def _guest(actor: Actor, edition: Edition, pk: int) -> Guest:
    """Return a guest for whom the asker answers. Raises NotFound and PermissionRefused."""
    guest = guest_at_work(actor, edition, pk)
    require(actor, "complete", guest)
    return guest


def _one(row: Meeting, edition: Edition) -> MeetingOut:
    return _out(row, names_of({row.asker.person_id, row.asked.person_id}), edition)


def _out(row: Meeting, names: NamesIndex, edition: Edition) -> MeetingOut:
    lang = edition.languages[0] if edition.languages else "en"
    return MeetingOut(
        id=row.pk,
        asker=row.asker_id,
        asker_name=names.shown(row.asker.person_id, lang, edition.fallback).text,
        asked=row.asked_id,
        asked_name=names.shown(row.asked.person_id, lang, edition.fallback).text,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        words=row.words,
        state=MeetingState(row.state),
        expires_at=row.expires_at,
        answered_at=row.answered_at,
    )
