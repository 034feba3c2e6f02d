"""Invitations over the API: listed, made for a person, sent, reminded of and withdrawn, as on the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.access import Actor, within
from summitry.foundation.api import CursorPage, page_of
from summitry.foundation.errors import NotFound, StaleState
from summitry.guests.actions.answering import answer_on_behalf
from summitry.guests.actions.invitation import remind_invitations, send_invitations, withdraw_invitations
from summitry.guests.actions.inviting import Invitee, invite
from summitry.guests.api_lookups import category_of, delegation_of, person_of
from summitry.guests.enums import Attendance, InvitationState
from summitry.guests.models import Invitation

router = Router()
RELATED = ("guest__edition", "guest__category", "guest__delegation", "guest__person__account")


class InvitationOut(Schema):
    """An invitation: to whom, how far it has come, until when it is to be answered, and what was said.

    `passed_to` is the guest who was named in her place.
    """

    id: int
    guest: int
    name: str
    category: str
    delegation: str | None
    state: InvitationState
    sent_at: dt.datetime | None
    opened_at: dt.datetime | None
    answer_by: dt.datetime | None
    answered_at: dt.datetime | None
    reminders: int
    reminded_at: dt.datetime | None
    remark: str
    said_by: str
    passed_to: int | None


class NewInvitationIn(Schema):
    """Somebody to be invited: a person of the directory by her slug, or a name as she is called; `send` sends it at once."""

    person: str = ""
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=254)
    category: str
    delegation: str = ""
    attendance: Attendance = Attendance.ON_SITE
    language: str = Field("", max_length=20)
    answer_by: dt.datetime | None = None
    send: bool = False


class SendingIn(Schema):
    """`seen` is the state that you saw: 409 if it is another by now. Without `answer_by` the invitation keeps its time."""

    seen: InvitationState
    answer_by: dt.datetime | None = None


class InvitationWithdrawalIn(Schema):
    """`seen` is the state that you saw: 409 if it is another by now. The reason stays inside."""

    seen: InvitationState
    reason: str = Field("", max_length=2000)


class AnswerOnBehalfIn(Schema):
    """`seen` is the state that you saw: 409 if it is another by now. `said_by`: who told you the answer, and how."""

    seen: InvitationState
    answer: InvitationState
    said_by: str = Field(max_length=200)
    remark: str = Field("", max_length=2000)


class RemindedOut(Schema):
    """Whether a reminder was written: only where an answer is waited for, and not twice within a day."""

    is_reminded: bool
    invitation: InvitationOut


@router.get("/{slug}/invitations", response=CursorPage[InvitationOut], summary="Invitations you work on")
def list_invitations(
    request: HttpRequest,
    slug: str,
    state: InvitationState | None = None,
    category: str = "",
    delegation: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> CursorPage[InvitationOut]:
    """List invitations: all for the guest office, and for a focal point those of her delegation."""
    edition, actor = edition_at_work(request, slug)
    asked = {"state": state, "guest__category__slug": category, "guest__delegation__slug": delegation}
    rows = _rows(actor, edition).filter(**{lookup: value for lookup, value in asked.items() if value})
    page, following = page_of(rows, cursor=cursor, limit=limit)
    names = names_of({row.guest.person_id for row in page})
    return CursorPage(items=[_out(row, names, edition) for row in page], next=following)


@router.post("/{slug}/invitations", response={201: InvitationOut}, summary="Invite a person")
def post_invitation(request: HttpRequest, slug: str, body: NewInvitationIn) -> Status[InvitationOut]:
    """Make a person a guest with an invitation; her delegation’s places are counted."""
    edition, actor = edition_at_work(request, slug)
    invitee = Invitee(
        category=category_of(edition, body.category),
        delegation=delegation_of(edition, actor, body.delegation),
        person=person_of(actor, body.person, body.name, body.email),
        attendance=body.attendance,
        language=body.language,
    )
    made = invite(edition, invitee, by=actor, answer_by=body.answer_by, send=body.send)
    return Status(201, _one(actor, edition, made.pk))


@router.get("/{slug}/invitations/{invitation}", response=InvitationOut, summary="One invitation")
def get_invitation(request: HttpRequest, slug: str, invitation: int) -> InvitationOut:
    """Return an invitation that you work on."""
    edition, actor = edition_at_work(request, slug)
    return _one(actor, edition, invitation)


@router.post("/{slug}/invitations/{invitation}/send", response=InvitationOut, summary="Send an invitation")
def post_sending(request: HttpRequest, slug: str, invitation: int, body: SendingIn) -> InvitationOut:
    """Send an invitation, for the first time or again; the letter goes as the edition words and holds it."""
    edition, actor = edition_at_work(request, slug)
    send_invitations([_seen(actor, edition, invitation, body.seen)], by=actor, answer_by=body.answer_by)
    return _one(actor, edition, invitation)


@router.post(
    "/{slug}/invitations/{invitation}/remind", response=RemindedOut, summary="Remind of an invitation"
)
def post_reminder(request: HttpRequest, slug: str, invitation: int) -> RemindedOut:
    """Write a reminder to a guest who has not answered yet."""
    edition, actor = edition_at_work(request, slug)
    count = remind_invitations([_row(actor, edition, invitation)], by=actor)
    return RemindedOut(is_reminded=count > 0, invitation=_one(actor, edition, invitation))


@router.post(
    "/{slug}/invitations/{invitation}/withdraw", response=InvitationOut, summary="Withdraw an invitation"
)
def post_invitation_withdrawal(
    request: HttpRequest, slug: str, invitation: int, body: InvitationWithdrawalIn
) -> InvitationOut:
    """Withdraw an invitation, and its guest with it."""
    edition, actor = edition_at_work(request, slug)
    withdraw_invitations([_seen(actor, edition, invitation, body.seen)], by=actor, reason=body.reason.strip())
    return _one(actor, edition, invitation)


@router.post("/{slug}/invitations/{invitation}/answer", response=InvitationOut, summary="Answer for a guest")
def post_answer_on_behalf(
    request: HttpRequest, slug: str, invitation: int, body: AnswerOnBehalfIn
) -> InvitationOut:
    """Take down that a guest accepts or declines who said so by telephone or otherwise; the log names you and her."""
    edition, actor = edition_at_work(request, slug)
    row = _seen(actor, edition, invitation, body.seen)
    answer_on_behalf(row, body.answer, by=actor, said_by=body.said_by, remark=body.remark)
    return _one(actor, edition, invitation)


def _rows(actor: Actor, edition: Edition) -> QuerySet[Invitation]:
    return within(actor, Invitation.objects.filter(guest__edition=edition)).select_related(*RELATED)


def _row(actor: Actor, edition: Edition, pk: int) -> Invitation:
    found = _rows(actor, edition).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _seen(actor: Actor, edition: Edition, pk: int, state: InvitationState) -> Invitation:
    row = _row(actor, edition, pk)
    if row.state != state:
        raise StaleState
    return row


def _one(actor: Actor, edition: Edition, pk: int) -> InvitationOut:
    row = _row(actor, edition, pk)
    return _out(row, names_of({row.guest.person_id}), edition)


def _out(row: Invitation, names: NamesIndex, edition: Edition) -> InvitationOut:
    plain = (
        "id",
        "sent_at",
        "opened_at",
        "answer_by",
        "answered_at",
        "reminders",
        "reminded_at",
        "remark",
        "said_by",
    )
    facts: dict[str, Any] = {name: getattr(row, name) for name in plain}
    lang = edition.languages[0] if edition.languages else "en"
    return InvitationOut(
        guest=row.guest_id,
        name=names.shown(row.guest.person_id, lang, edition.fallback).text,
        category=row.guest.category.slug,
        delegation=row.guest.delegation.slug if row.guest.delegation else None,
        state=InvitationState(row.state),
        passed_to=row.passed_to_id,
        **facts,
    )
