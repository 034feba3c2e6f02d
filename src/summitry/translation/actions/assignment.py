"""Handing out the work: who translates what, and by when."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.models import Account
from summitry.translation.events import TranslationsAssigned
from summitry.translation.models import Assignment
from summitry.translation.queries.reach import languages_of
from summitry.translation.queries.units import forum_names, units_of
from summitry.translation.sources import source_of


class AssignmentChanges(TypedDict, total=False):
    """What `change_assignment` can change; for other texts or somebody else, make another one."""

    due_at: dt.datetime | None
    note: str


def assign(
    edition: Edition,
    account: Account,
    language: str,
    *,
    by: Actor,
    source: str = "",
    forum_id: int | None = None,
    due_at: dt.datetime | None = None,
    note: str = "",
) -> Assignment:
    """Ask somebody to translate texts of `edition` into `language`: all, one kind (`source`), one forum, or both.

    The role comes from elsewhere: an assignment gives none. Raises InvalidInput. Announces TranslationsAssigned.
    """
    assignment = Assignment(
        edition=edition,
        account=account,
        language=language,
        source=source,
        forum_id=forum_id,
        due_at=due_at,
        note=note,
        created_at=clock.now(),
    )
    require(by, "assign", assignment)
    _check(assignment)
    with recording():
        checked(assignment)
        try:
            with transaction.atomic():
                assignment.save(force_insert=True)
        except IntegrityError as error:
            raise _twice() from error
        record("translation.work.assigned", by=by, obj=assignment, language=language)
        _told(assignment, by)
    return assignment


def change_assignment(
    assignment: Assignment, *, by: Actor, **changes: Unpack[AssignmentChanges]
) -> Assignment:
    """Change when an assignment is due, or its note. Raises StaleState. Announces TranslationsAssigned."""
    require(by, "assign", assignment)
    with recording():
        if change(assignment, changes, by=by, audit="translation.work.changed"):
            _told(assignment, by)
    return assignment


def withdraw_assignment(assignment: Assignment, *, by: Actor) -> None:
    """Take an assignment back; what has been translated stays. Announces TranslationsAssigned."""
    require(by, "assign", assignment)
    with recording():
        record(
            "translation.work.withdrawn",
            by=by,
            obj=assignment,
            before={"source": assignment.source, "forum": assignment.forum_id, "due_at": assignment.due_at},
        )
        _told(assignment, by, is_withdrawn=True)
        assignment.delete()


def _check(assignment: Assignment) -> None:
    fields: dict[str, list[str]] = {}
    if assignment.language not in languages_of(assignment.edition):
        fields["language"] = [_("The edition is not translated into this language.")]
    if assignment.source and source_of(assignment.source) is None:
        fields["source"] = [_("There is no such kind of text.")]
    if assignment.forum_id is not None and assignment.forum_id not in forum_names(
        units_of(assignment.edition)
    ):
        fields["forum_id"] = [_("There is no such forum in this edition.")]
    if fields:
        raise InvalidInput(fields=fields)


def _twice() -> InvalidInput:
    return InvalidInput(fields={"account": [_("This person has this assignment already.")]})


def _told(assignment: Assignment, by: Actor, *, is_withdrawn: bool = False) -> None:
    announce(
        TranslationsAssigned(
            by=by,
            edition_id=assignment.edition_id,
            assignment_id=assignment.pk,
            account_id=assignment.account_id,
            language=assignment.language,
            is_withdrawn=is_withdrawn,
        )
    )
