"""An edition's console over the API: its readiness, its deadlines, and who works on it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from summitry.editions.actions.deadline import MAX_GRACE_HOURS, DeadlineGiven, set_deadlines
from summitry.editions.actions.team import appoint, dismiss
from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Edition, Room
from summitry.editions.queries.edition import edition_at_work
from summitry.editions.queries.readiness import readiness
from summitry.editions.queries.team import team_of
from summitry.foundation.errors import NotFound
from summitry.foundation.models import Account

router = Router()


class LineOut(Schema):
    """A line of the readiness list: `severity` is blocker, due or done; `path` leads to exactly its rows."""

    key: str
    severity: str
    phase: str
    title: str
    text: str
    count: int
    owner: str
    due_at: dt.datetime | None
    path: str


class DeadlineItem(Schema):
    """When a kind of thing is due, and for how many hours after it a late one is still taken."""

    kind: DeadlineKind
    due_at: dt.datetime
    grace_hours: int = Field(0, ge=0, le=MAX_GRACE_HOURS)


class PostItem(Schema):
    """Somebody's role in the edition, or in the room of this code."""

    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")
    role: str
    room: str | None = None
    name: str = Field("", max_length=200)


@router.get("/{slug}/readiness", response=list[LineOut], url_name="readiness")
def list_readiness(request: HttpRequest, slug: str, lang: str = "en") -> list[LineOut]:
    """What stands between the edition and its opening, as far as it concerns you; most pressing first."""
    edition, actor = edition_at_work(request, slug, "enter")
    return [
        LineOut(
            key=line.key,
            severity=line.severity.name.lower(),
            phase=line.phase.name.lower(),
            title=line.title,
            text=line.text,
            count=line.count,
            owner=str(line.owner),
            due_at=line.due_at,
            path=line.url,
        )
        for line in readiness(edition, actor, lang)
    ]


@router.get("/{slug}/deadlines", response=list[DeadlineItem], url_name="deadlines")
def list_deadlines(request: HttpRequest, slug: str) -> list[DeadlineItem]:
    """By when things are due, for those who work on the edition."""
    edition, _actor = edition_at_work(request, slug, "enter")
    return _deadlines(edition)


@router.put("/{slug}/deadlines", response=list[DeadlineItem], url_name="deadlines_set")
def put_deadlines(request: HttpRequest, slug: str, body: list[DeadlineItem]) -> list[DeadlineItem]:
    """Replace the deadlines of the edition."""
    edition, actor = edition_at_work(request, slug, "edit")
    set_deadlines(edition, [DeadlineGiven(one.kind, one.due_at, one.grace_hours) for one in body], by=actor)
    return _deadlines(edition)


@router.get("/{slug}/team", response=list[PostItem], url_name="team")
def list_team(request: HttpRequest, slug: str) -> list[PostItem]:
    """Who works on the edition, and as what."""
    edition, _actor = edition_at_work(request, slug, "edit")
    return [
        PostItem(
            email=member.account.email,
            role=post.role.code,
            room=post.room.code if post.room else None,
            name=str(member.account),
        )
        for member in team_of(edition)
        for post in member.posts
    ]


@router.post("/{slug}/team", response={204: None}, url_name="team_appoint")
def post_team(request: HttpRequest, slug: str, body: PostItem) -> Status[None]:
    """Give somebody a role."""
    edition, actor = edition_at_work(request, slug, "edit")
    appoint(edition, body.email, body.role, by=actor, room=_room(edition, body.room), name=body.name)
    return Status(204, None)


@router.post("/{slug}/team/dismissals", response={204: None}, url_name="team_dismiss")
def post_dismissal(request: HttpRequest, slug: str, body: PostItem) -> Status[None]:
    """Take a role back; it need not be held."""
    edition, actor = edition_at_work(request, slug, "edit")
    account = Account.objects.filter(email__iexact=body.email).first()
    if account is None:
        raise NotFound
    dismiss(edition, account, body.role, by=actor, room=_room(edition, body.room))
    return Status(204, None)


def _room(edition: Edition, code: str | None) -> Room | None:
    if code is None:
        return None
    room = Room.objects.filter(edition=edition, code=code).first()
    if room is None:
        raise NotFound
    return room


def _deadlines(edition: Edition) -> list[DeadlineItem]:
    rows = edition.deadlines.all()
    return [
        DeadlineItem(kind=DeadlineKind(row.kind), due_at=row.due_at, grace_hours=row.grace_hours)
        for row in rows
    ]
