"""Two parties work on a forum, its institution and the secretariat, and neither overwrites the other unseen.

The institution may change its forum while it has it and until the grace of its deadline ends. The secretariat may
change it always; what it changes after the forum was handed in is marked until the institution has acknowledged it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change
from summitry.foundation.i18n import Text
from summitry.programme.enums import WITH_INSTITUTION, ForumState
from summitry.programme.errors import DeadlinePassed, ForumHandedIn
from summitry.programme.models import Correction, Forum

M = TypeVar("M", bound=Model)


def is_secretariat(actor: Actor, forum: Forum) -> bool:
    """Return whether `actor` works on this forum for the secretariat rather than for its institution."""
    return policy_for(Forum).may(actor, "sign", forum)


def closing_of(forum: Forum) -> dt.datetime | None:
    """Return when the institution can no longer work on the forum: its own due date, or the edition's with grace."""
    edition_wide = Deadline.objects.filter(edition=forum.edition_id, kind=DeadlineKind.FORUMS).first()
    if forum.due_at is not None:
        grace = dt.timedelta(hours=edition_wide.grace_hours if edition_wide else 0)
        return forum.due_at + grace
    return edition_wide.closes_at if edition_wide else None


def check_open(forum: Forum, by: Actor) -> ForumState:
    """Refuse a change by the institution where the forum is not with it, or its time is over.

    Called inside the transaction of the change, it also lets no step of the forum pass it. Whose forum the secretariat
    has returned stays open after the deadline. Returns the forum's state. Raises ForumHandedIn and DeadlinePassed.
    """
    state = ForumState(Forum.objects.select_for_update().values_list("state", flat=True).get(pk=forum.pk))
    if is_secretariat(by, forum):
        return state
    if state not in WITH_INSTITUTION:
        raise ForumHandedIn
    if is_late(forum, state):
        raise DeadlinePassed
    return state


def is_late(forum: Forum, state: str) -> bool:
    """Return whether the time of the institution is over; what the secretariat returned stays open to it."""
    closing = closing_of(forum) if state == ForumState.DRAFT else None
    return closing is not None and clock.now() > closing


def change_in_forum(
    forum: Forum, obj: M, values: Mapping[str, Any], *, by: Actor, audit: str
) -> frozenset[str]:
    """Change fields of a forum or of something in it, as `foundation.changes.change` does, between its two parties.

    What the secretariat changes in a forum that was handed in once becomes a Correction for each field. The caller has
    asked for permission. Raises what `check_open` and `change` raise.
    """
    with recording():
        state = check_open(forum, by)
        before = {name: getattr(obj, name) for name in values}
        changed = change(obj, values, by=by, audit=audit)
        if changed and corrects(forum, state, by):
            mark_correction(forum, obj, before, changed, by)
    return changed


def corrects(forum: Forum, state: str, by: Actor) -> bool:
    """Return whether what `by` does is a correction: by the secretariat, in a forum that was handed in once."""
    return state != ForumState.DRAFT and is_secretariat(by, forum) and not by.is_system


def note_correction(forum: Forum, obj: Model, field: str, before: Any, after: Any, *, by: Actor) -> None:
    """Note for a forum's institution what the secretariat did to `obj` that is no field of it: people, parts, removal."""
    Correction.objects.create(
        forum=forum,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        object_label=str(obj)[:200],
        field=field,
        before=_plain(before),
        after=_plain(after),
        by_id=by.account_id,
        made_at=clock.now(),
    )


def acknowledge_corrections(forum: Forum, *, by: Actor) -> int:
    """Take note of all corrections in a forum; return how many had been open."""
    require(by, "submit", forum)
    with recording():
        count = forum.corrections.filter(acknowledged_at=None).update(acknowledged_at=clock.now())
        if count:
            record("programme.corrections.acknowledged", by=by, obj=forum, count=count)
    return count


def mark_correction(
    forum: Forum, obj: Model, before: Mapping[str, Any], changed: Iterable[str], by: Actor
) -> None:
    """Note for a forum's institution which fields of something in it the secretariat has changed."""
    Correction.objects.bulk_create(
        Correction(
            forum=forum,
            object_type=obj._meta.label_lower,
            object_id=obj.pk,
            object_label=str(obj)[:200],
            field=name,
            before=_plain(before[name]),
            after=_plain(getattr(obj, name)),
            by_id=by.account_id,
            made_at=clock.now(),
        )
        for name in sorted(changed)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, (list, dict, str, int, float, bool, type(None))):
        return value
    return str(value)
