"""Who appears in a session or contribution, in which role, and how."""

from __future__ import annotations

from collections.abc import Sequence

from summitry.directory.actions.person import NewPerson, create_person
from summitry.directory.models import Person
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import StaleState
from summitry.programme.actions.addresses import check_plain_fields, unique_address
from summitry.programme.actions.session import sessions_changed
from summitry.programme.actions.tenancy import check_open, corrects, note_correction
from summitry.programme.enums import Delivery, SpeakerRole
from summitry.programme.errors import ForeignObject
from summitry.programme.models import Appearance, Contribution, Session

Line = tuple[int, str, str, str]
"""A person's id, her role, delivery and fallback: what an editor of the list sees of one appearance."""


def set_appearances(
    session: Session,
    appearances: Sequence[Appearance],
    *,
    by: Actor,
    contribution: Contribution | None = None,
    expected: Sequence[Line] | None = None,
) -> list[Appearance]:
    """Make `appearances` (unsaved rows, in order) all who appear in the session itself, or in one contribution of it.

    Whoever stays in her role keeps her answer. `expected` is the list that the editor saw. Announces SessionsChanged.
    Raises InvalidInput, AddressTaken for a doubled role, ForeignObject, and StaleState where the list is another one.
    """
    require(by, "edit", session)
    if contribution is not None and contribution.session_id != session.pk:
        raise ForeignObject
    with recording():
        state = check_open(session.forum, by)
        Session.objects.select_for_update().only("pk").get(pk=session.pk)
        old = list(session.appearances.filter(contribution=contribution).select_related("person"))
        before = lines_of(old)
        if expected is not None and before != list(expected):
            raise StaleState
        if before == lines_of(appearances):
            return old
        names = sorted(str(row.person) for row in old)
        rows = _replace(session, contribution, old, appearances)
        if corrects(session.forum, state, by):
            now = sorted(str(row.person) for row in rows)
            note_correction(session.forum, contribution or session, "appearances", names, now, by=by)
        record(
            "programme.session.appearances_set",
            by=by,
            obj=session,
            before={"appearances": before},
            after={"appearances": lines_of(appearances)},
            count=len(rows),
        )
        sessions_changed(session.edition_id, [session], by)
    return rows


def add_appearance(
    session: Session,
    person: Person | NewPerson,
    *,
    by: Actor,
    contribution: Contribution | None = None,
    role: SpeakerRole = SpeakerRole.SPEAKER,
    delivery: Delivery = Delivery.IN_PERSON,
) -> Appearance:
    """Let one more person appear, after the others; a new person is added to the directory with it.

    Announces SessionsChanged. Raises AddressTaken where she has this role already, and what `create_person` raises.
    """
    require(by, "edit", session)
    with recording():
        someone = create_person(person, by=by) if isinstance(person, NewPerson) else person
        present = list(session.appearances.filter(contribution=contribution))
        wanted = [*map(_copy, present), Appearance(person=someone, role=role, delivery=delivery)]
        return set_appearances(session, wanted, by=by, contribution=contribution)[-1]


def lines_of(appearances: Sequence[Appearance]) -> list[Line]:
    """Return what an editor of the list sees of these appearances."""
    return [(row.person_id, str(row.role), str(row.delivery), str(row.fallback)) for row in appearances]


def _replace(
    session: Session,
    contribution: Contribution | None,
    old: Sequence[Appearance],
    wanted: Sequence[Appearance],
) -> list[Appearance]:
    """Write the wanted rows; who stays in her role keeps her row, and with it her answer and what hangs on it."""
    kept = {(row.person_id, str(row.role)): row for row in old}
    rows: list[Appearance] = []
    for place, row in enumerate(wanted):
        row.session, row.contribution, row.position = session, contribution, place
        check_plain_fields(row)
        same = kept.pop((row.person_id, str(row.role)), None)
        if same is not None:
            same.delivery, same.fallback, same.position = row.delivery, row.fallback, place
        rows.append(same or row)
    Appearance.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    Appearance.objects.bulk_update([row for row in rows if row.pk], ["delivery", "fallback", "position"])
    with unique_address():
        Appearance.objects.bulk_create([row for row in rows if not row.pk])
    return rows


def _copy(row: Appearance) -> Appearance:
    return Appearance(person_id=row.person_id, role=row.role, delivery=row.delivery, fallback=row.fallback)
