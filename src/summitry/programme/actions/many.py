"""Changing many rows of the programme at once: each as its own action would, in few statements and one audit entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change_many
from summitry.programme.actions.tenancy import check_open, is_secretariat, mark_correction
from summitry.programme.enums import ForumState
from summitry.programme.errors import ForeignObject
from summitry.programme.events import ForumsChanged, SessionsChanged
from summitry.programme.models import Appearance, Contribution, Forum, Session

M = TypeVar("M", bound=Model)
Wanted = Sequence[tuple[M, Mapping[str, Any]]]


def update_sessions(edition: Edition, wanted: Wanted[Session], *, by: Actor) -> frozenset[int]:
    """Change fields of many sessions; return the ids of those that changed. All or none.

    Announces SessionsChanged once. Raises what `update_session` raises.
    """
    for session, values in wanted:
        require(by, "edit", session)
        forum = values.get("forum")
        if session.edition_id != edition.pk or (forum is not None and forum.edition_id != edition.pk):
            raise ForeignObject
        if forum is not None:
            require(by, "edit", forum)
    with recording():
        changed = _change(
            wanted,
            lambda session: session.forum_id,
            by=by,
            audit="programme.sessions.updated",
            edition=edition,
        )
        _sessions_changed(edition, changed, by)
    return changed


def update_contributions(edition: Edition, wanted: Wanted[Contribution], *, by: Actor) -> frozenset[int]:
    """Change fields of many contributions, like `update_sessions`. Announces SessionsChanged once."""
    return _update_parts(edition, wanted, by, "programme.contributions.updated")


def update_appearances(edition: Edition, wanted: Wanted[Appearance], *, by: Actor) -> frozenset[int]:
    """Change how many people take part, like `update_sessions`. Announces SessionsChanged once."""
    return _update_parts(edition, wanted, by, "programme.appearances.updated")


def update_forums(edition: Edition, wanted: Wanted[Forum], *, by: Actor) -> frozenset[int]:
    """Change fields of many forums, like `update_sessions`. Announces ForumsChanged once."""
    for forum, _values in wanted:
        require(by, "edit", forum)
        if forum.edition_id != edition.pk:
            raise ForeignObject
    with recording():
        changed = _change(
            wanted, lambda forum: forum.pk, by=by, audit="programme.forums.updated", edition=edition
        )
        if changed:
            touch_content(edition.pk)
            announce(ForumsChanged(by=by, edition_id=edition.pk, forum_ids=tuple(sorted(changed))))
    return changed


def _update_parts(edition: Edition, wanted: Wanted[Any], by: Actor, audit: str) -> frozenset[int]:
    for part, _values in wanted:
        require(by, "edit", part)
        if part.session.edition_id != edition.pk:
            raise ForeignObject
    with recording():
        changed = _change(wanted, lambda part: part.session.forum_id, by=by, audit=audit, edition=edition)
        sessions = {part.session_id for part, _values in wanted if part.pk in changed}
        _sessions_changed(edition, sessions, by)
    return changed


def _change(
    wanted: Wanted[M], forum_of: Callable[[M], int], *, by: Actor, audit: str, edition: Edition
) -> frozenset[int]:
    """Change rows that lie in forums, between the two parties that work on each (see `tenancy`)."""
    ids = {forum_of(row) for row, _values in wanted}
    # Serialises with the forums' steps: a change and a submission cannot pass each other.
    forums = {
        forum.pk: forum for forum in Forum.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    for forum in forums.values():
        check_open(forum, by)
    before = {row.pk: {name: getattr(row, name) for name in values} for row, values in wanted}
    changed = change_many(wanted, by=by, audit=audit, edition_id=edition.pk)
    for row, values in wanted:
        forum = forums[forum_of(row)]
        if row.pk in changed:
            for name, value in values.items():
                setattr(row, name, value)
            if forum.state != ForumState.DRAFT and is_secretariat(by, forum) and not by.is_system:
                names = [name for name in values if before[row.pk][name] != values[name]]
                mark_correction(forum, row, before[row.pk], names, by)
    return changed


def _sessions_changed(edition: Edition, ids: frozenset[int] | set[int], by: Actor) -> None:
    if ids:
        touch_content(edition.pk)
        announce(SessionsChanged(by=by, edition_id=edition.pk, session_ids=tuple(sorted(ids))))
