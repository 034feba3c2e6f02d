"""What co-organisers and the secretariat build, over the API: forums on their way to sign-off, sessions, contributions, people.

Every record comes with a `mark` of what it says. Send the mark that you read back with a change: if the record says
something else by now, the answer is 409 and nothing is written. Texts are given by language; a language that is left
out stays as it is, an empty one is removed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

from django.db.models import Model
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from summitry.directory.models import Person
from summitry.editions.queries.edition import edition_at_work
from summitry.foundation.access import Actor, require, within
from summitry.foundation.api import CursorPage, Localised, localised, page_of, reworded
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.forms.record import mark_of
from summitry.foundation.i18n import Text
from summitry.foundation.i18n.text import digest
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.forum import create_forum, update_forum
from summitry.programme.actions.session import (
    add_contribution,
    create_session,
    remove_contribution,
    update_contribution,
    update_session,
)
from summitry.programme.actions.sign_off import (
    return_forum,
    sign_forum,
    submit_forum,
    take_back_forum,
)
from summitry.programme.enums import ContributionKind, Delivery, ForumKind, SpeakerRole
from summitry.programme.models import Appearance, Contribution, Forum, Session
from summitry.programme.queries.people_at_work import person_to_choose
from summitry.programme.queries.work import contribution_at_work, forum_at_work, session_at_work

router = Router()
Words = dict[str, str]
_FORUM = ("title", "abstract", "seats", "state", "remarks")
_SESSION = ("title", "subtitle", "abstract", "spoken", "interpreted", "seats", "equipment", "is_broadcast")
_CONTRIBUTION = ("title", "abstract", "kind", "minutes", "embargo_until")


class ForumWorkOut(Schema):
    """A forum that you work on, and how far it is."""

    slug: str
    kind: str
    title: Localised
    abstract: Localised
    seats: int | None
    state: str
    remarks: str
    due_at: dt.datetime | None
    mark: str


class ForumIn(Schema):
    """A forum's texts and seats; what is left out stays."""

    title: Words | None = None
    abstract: Words | None = None
    seats: int | None = Field(None, ge=1, le=100_000)
    mark: str = ""


class NewForumIn(ForumIn):
    """A forum to be created."""

    title: Words
    kind: ForumKind = ForumKind.SUB


class StepIn(Schema):
    """A step of a forum; `remarks` go with `return`."""

    step: Literal["submit", "take-back", "return", "sign"]
    remarks: str = Field("", max_length=5000)


class SessionIn(Schema):
    """A session's texts, languages and needs; what is left out stays."""

    title: Words | None = None
    subtitle: Words | None = None
    abstract: Words | None = None
    spoken: list[str] | None = None
    interpreted: list[str] | None = None
    seats: int | None = Field(None, ge=1, le=100_000)
    equipment: list[str] | None = None
    is_broadcast: bool | None = None
    mark: str = ""


class NewSessionIn(SessionIn):
    """A session to be created in a forum."""

    title: Words


class ContributionIn(Schema):
    """A contribution; what is left out stays."""

    title: Words | None = None
    abstract: Words | None = None
    kind: ContributionKind | None = None
    minutes: int | None = Field(None, ge=1, le=1440)
    embargo_until: dt.datetime | None = None
    mark: str = ""


class NewContributionIn(ContributionIn):
    """A contribution to be added to a session."""

    title: Words


class RecordOut(Schema):
    """A record's address in these operations, and the mark of what it says now."""

    id: str
    mark: str


class PartIn(Schema):
    """Somebody's part: the person's slug, role, delivery and fallback."""

    person: str
    role: SpeakerRole = SpeakerRole.SPEAKER
    delivery: Delivery = Delivery.IN_PERSON
    fallback: Delivery | None = None


@router.get("/{slug}/work/forums", response=CursorPage[ForumWorkOut], url_name="work_forums")
def list_work(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[ForumWorkOut]:
    """The forums that you work on, drafts among them, in the edition's order."""
    edition, actor = edition_at_work(request, slug)
    rows = within(actor, Forum.objects.filter(edition=edition))
    forums, following = page_of(rows, cursor=cursor, limit=limit, key="position")
    return CursorPage(items=[_forum_out(forum) for forum in forums], next=following)


@router.post("/{slug}/work/forums", response={201: RecordOut}, url_name="work_forum_new")
def post_forum(request: HttpRequest, slug: str, body: NewForumIn) -> Status[RecordOut]:
    """Create a forum, for the secretariat."""
    edition, actor = edition_at_work(request, slug)
    require(actor, "create", Forum(edition=edition))
    values = _values(Forum(edition=edition), body)
    forum = create_forum(edition, by=actor, **values)
    return Status(201, RecordOut(id=forum.slug, mark=_mark(forum, _FORUM)))


@router.patch("/{slug}/work/forums/{forum}", response=RecordOut, url_name="work_forum")
def patch_forum(request: HttpRequest, slug: str, forum: str, body: ForumIn) -> RecordOut:
    """Change a forum that you work on."""
    edition, actor = edition_at_work(request, slug)
    row = forum_at_work(actor, edition, forum)
    return _changed(row, _FORUM, body, lambda **values: update_forum(row, by=actor, **values), row.slug)


@router.post("/{slug}/work/forums/{forum}/steps", response=ForumWorkOut, url_name="work_forum_step")
def post_step(request: HttpRequest, slug: str, forum: str, body: StepIn) -> ForumWorkOut:
    """Hand a forum in, take it back, return it with remarks, or sign it off."""
    edition, actor = edition_at_work(request, slug)
    row = forum_at_work(actor, edition, forum)
    if body.step == "return":
        return_forum(row, by=actor, remarks=body.remarks)
    else:
        {"submit": submit_forum, "take-back": take_back_forum, "sign": sign_forum}[body.step](row, by=actor)
    return _forum_out(row)


@router.post("/{slug}/work/forums/{forum}/sessions", response={201: RecordOut}, url_name="work_session_new")
def post_session(request: HttpRequest, slug: str, forum: str, body: NewSessionIn) -> Status[RecordOut]:
    """Create a session of a forum that you work on."""
    edition, actor = edition_at_work(request, slug)
    row = forum_at_work(actor, edition, forum)
    session = create_session(row, by=actor, **_values(Session(edition=edition, forum=row), body))
    return Status(201, RecordOut(id=session.code, mark=_mark(session, _SESSION)))


@router.patch("/{slug}/work/sessions/{code}", response=RecordOut, url_name="work_session")
def patch_session(request: HttpRequest, slug: str, code: str, body: SessionIn) -> RecordOut:
    """Change a session that you work on."""
    edition, actor = edition_at_work(request, slug)
    row = session_at_work(actor, edition, code)
    return _changed(row, _SESSION, body, lambda **values: update_session(row, by=actor, **values), row.code)


@router.put("/{slug}/work/sessions/{code}/people", response=RecordOut, url_name="work_session_people")
def put_session_people(request: HttpRequest, slug: str, code: str, body: list[PartIn]) -> RecordOut:
    """Say who appears in the session as a whole, in this order."""
    edition, actor = edition_at_work(request, slug)
    session = session_at_work(actor, edition, code)
    set_appearances(session, _parts(actor, session, body), by=actor)
    return RecordOut(id=session.code, mark=_mark(session, _SESSION))


@router.post(
    "/{slug}/work/sessions/{code}/contributions", response={201: RecordOut}, url_name="work_contribution_new"
)
def post_contribution(
    request: HttpRequest, slug: str, code: str, body: NewContributionIn
) -> Status[RecordOut]:
    """Add a contribution at the end of a session that you work on."""
    edition, actor = edition_at_work(request, slug)
    session = session_at_work(actor, edition, code)
    made = add_contribution(session, by=actor, **_values(Contribution(session=session), body))
    return Status(201, RecordOut(id=str(made.pk), mark=_mark(made, _CONTRIBUTION)))


@router.patch("/{slug}/work/contributions/{contribution}", response=RecordOut, url_name="work_contribution")
def patch_contribution(request: HttpRequest, slug: str, contribution: int, body: ContributionIn) -> RecordOut:
    """Change a contribution that you work on."""
    edition, actor = edition_at_work(request, slug)
    row = contribution_at_work(actor, edition, contribution)
    number = str(row.pk)
    return _changed(
        row, _CONTRIBUTION, body, lambda **values: update_contribution(row, by=actor, **values), number
    )


@router.delete(
    "/{slug}/work/contributions/{contribution}", response={204: None}, url_name="work_contribution_gone"
)
def delete_contribution(request: HttpRequest, slug: str, contribution: int) -> Status[None]:
    """Remove a contribution that you work on; the log keeps its words."""
    edition, actor = edition_at_work(request, slug)
    remove_contribution(contribution_at_work(actor, edition, contribution), by=actor)
    return Status(204, None)


@router.put(
    "/{slug}/work/contributions/{contribution}/people",
    response=RecordOut,
    url_name="work_contribution_people",
)
def put_contribution_people(
    request: HttpRequest, slug: str, contribution: int, body: list[PartIn]
) -> RecordOut:
    """Say who gives a contribution, in this order."""
    edition, actor = edition_at_work(request, slug)
    row = contribution_at_work(actor, edition, contribution)
    set_appearances(row.session, _parts(actor, row.session, body), by=actor, contribution=row)
    return RecordOut(id=str(row.pk), mark=_mark(row, _CONTRIBUTION))


def _forum_out(forum: Forum) -> ForumWorkOut:
    return ForumWorkOut(
        slug=forum.slug,
        kind=forum.kind,
        title=localised(forum.title),
        abstract=localised(forum.abstract),
        seats=forum.seats,
        state=forum.state,
        remarks=forum.remarks,
        due_at=forum.due_at,
        mark=_mark(forum, _FORUM),
    )


def _changed(
    row: Model, fields: tuple[str, ...], body: Schema, write: Callable[..., Model], name: str
) -> RecordOut:
    """Write what the body gives, unless the record is no longer what its sender read."""
    mark = getattr(body, "mark", "")
    if mark and mark != _mark(row, fields):
        raise StaleState
    return RecordOut(id=name, mark=_mark(write(**_values(row, body)), fields))


def _values(row: Model, body: Schema) -> dict[str, Any]:
    """Return the fields that the body gives; words are laid over what the row says in other languages."""
    given = body.model_dump(exclude_unset=True, exclude={"mark"})
    return {
        name: reworded(getattr(row, name), value) if isinstance(getattr(row, name), Text) else value
        for name, value in given.items()
        if value is not None
    }


def _mark(row: Model, fields: tuple[str, ...]) -> str:
    return digest(str([mark_of(getattr(row, name)) for name in fields]))


def _parts(actor: Actor, session: Session, parts: list[PartIn]) -> list[Appearance]:
    ids = dict(Person.objects.filter(slug__in=[part.person for part in parts]).values_list("slug", "pk"))
    rows = []
    for part in parts:
        person = person_to_choose(actor, session, ids.get(part.person, 0))
        if person is None:
            raise NotFound
        rows.append(
            Appearance(person=person, role=part.role, delivery=part.delivery, fallback=part.fallback or "")
        )
    return rows
