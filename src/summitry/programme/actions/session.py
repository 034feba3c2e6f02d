"""What is done with sessions, their contributions and who appears in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.i18n import Text
from summitry.programme.actions.addresses import check_plain_fields, free_address, unique_address
from summitry.programme.actions.tenancy import change_in_forum, check_open, corrects, note_correction
from summitry.programme.enums import ContributionKind
from summitry.programme.errors import ForeignObject
from summitry.programme.events import SessionsChanged
from summitry.programme.models import Appearance, Contribution, Forum, Session


def create_session(forum: Forum, *, by: Actor, title: Text, code: str = "", **fields: Any) -> Session:
    """Create a session in a forum; `fields` are further fields of the model.

    Without a `code` one is made of the title. Raises InvalidInput, and AddressTaken where code or guid is in use.
    """
    session = Session(forum=forum, title=title, code=code, **fields)
    return create_sessions(forum.edition, [session], by=by)[0]


def create_sessions(
    edition: Edition,
    sessions: Sequence[Session],
    *,
    by: Actor,
    contributions: Sequence[Contribution] = (),
    appearances: Sequence[Appearance] = (),
) -> list[Session]:
    """Create many sessions from unsaved rows in few statements, with their contributions and appearances.

    Contributions and appearances refer to the unsaved sessions (and contributions) themselves. Records one audit
    entry, announces SessionsChanged. Raises InvalidInput, AddressTaken and ForeignObject; then nothing is created.
    """
    with recording():
        _prepare(edition, sessions, by)
        own = {id(session) for session in sessions}
        rows: list[Contribution | Appearance] = [*contributions, *appearances]
        for row in rows:
            if id(row.session) not in own:
                raise ForeignObject
            check_plain_fields(row)
        with unique_address():
            created = Session.objects.bulk_create(sessions)
            Contribution.objects.bulk_create(contributions)
            Appearance.objects.bulk_create(appearances, batch_size=1000)
        if len(created) == 1:
            record("programme.session.created", by=by, obj=created[0], after={"code": created[0].code})
        else:
            record("programme.sessions.created", by=by, edition_id=edition.pk, count=len(created))
        sessions_changed(edition.pk, created, by)
    return created


def update_session(session: Session, *, by: Actor, **values: Any) -> Session:
    """Change fields of a session. Equal values change nothing and leave no trace.

    Announces SessionsChanged. Raises InvalidInput, StaleState where somebody else changed the same field, and
    ForeignObject for another edition's forum.
    """
    require(by, "edit", session)
    forum: Forum = values.get("forum", session.forum)
    if forum.edition_id != session.edition_id:
        raise ForeignObject
    require(by, "edit", forum)
    with recording():
        if change_in_forum(session.forum, session, values, by=by, audit="programme.session.updated"):
            sessions_changed(session.edition_id, [session], by)
    return session


def add_contribution(
    session: Session,
    *,
    by: Actor,
    title: Text,
    kind: ContributionKind = ContributionKind.SPEECH,
    **fields: Any,
) -> Contribution:
    """Add a contribution at the end of a session. Announces SessionsChanged. Raises InvalidInput."""
    require(by, "edit", session)
    with recording():
        state = check_open(session.forum, by)
        last = session.contributions.aggregate(last=Max("position"))["last"]
        place = 0 if last is None else last + 1
        contribution = Contribution(session=session, title=title, kind=kind, position=place, **fields)
        check_plain_fields(contribution)
        contribution.save(force_insert=True)
        record(
            "programme.contribution.added",
            by=by,
            obj=session,
            contribution=str(title),
            after={"kind": str(kind)},
        )
        if corrects(session.forum, state, by):
            note_correction(session.forum, session, "contributions", "", str(title), by=by)
        sessions_changed(session.edition_id, [session], by)
    return contribution


def update_contribution(contribution: Contribution, *, by: Actor, **values: Any) -> Contribution:
    """Change fields of a contribution. Announces SessionsChanged. Raises InvalidInput."""
    session = contribution.session
    require(by, "edit", session)
    with recording():
        if change_in_forum(
            session.forum, contribution, values, by=by, audit="programme.contribution.updated"
        ):
            sessions_changed(session.edition_id, [session], by)
    return contribution


def remove_contribution(contribution: Contribution, *, by: Actor) -> None:
    """Remove a contribution and the appearances in it; the log keeps its text. Announces SessionsChanged."""
    session = contribution.session
    require(by, "edit", session)
    with recording():
        state = check_open(session.forum, by)
        if corrects(session.forum, state, by):
            note_correction(session.forum, session, "contributions", str(contribution), "", by=by)
        record(
            "programme.contribution.removed",
            by=by,
            obj=session,
            contribution=str(contribution),
            before={
                "title": contribution.title,
                "kind": contribution.kind,
                "abstract": contribution.abstract,
            },
        )
        contribution.delete()
        sessions_changed(session.edition_id, [session], by)


def _prepare(edition: Edition, sessions: Iterable[Session], by: Actor) -> None:
    """Give each session its edition and a code, check it, and ask permission once for each forum."""
    taken = set(Session.objects.filter(edition=edition).values_list("code", flat=True))
    asked: set[int] = set()
    for session in sessions:
        if session.forum.edition_id != edition.pk:
            raise ForeignObject
        session.edition = edition
        session.code = session.code or free_address(session.title, taken, f"{session.forum.slug}-session")
        taken.add(session.code)
        if session.forum_id not in asked:
            require(by, "create", session)
            check_open(session.forum, by)
            asked.add(session.forum_id)
        check_plain_fields(session)


def sessions_changed(edition_id: int, sessions: Sequence[Session], by: Actor) -> None:
    """Renew the public pages of an edition and tell the other rooms which of its sessions say something new."""
    touch_content(edition_id)
    announce(
        SessionsChanged(by=by, edition_id=edition_id, session_ids=tuple(session.pk for session in sessions))
    )
