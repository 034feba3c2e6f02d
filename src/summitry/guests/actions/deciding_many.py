"""One decision about many applications at once, with their letters; taken back whole as long as no letter has left."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.models import BulkRun
from summitry.guests.actions.deciding import admissible, check_words
from summitry.guests.actions.moving import move_many
from summitry.guests.actions.quota import with_places
from summitry.guests.actions.telling import tell_of_decision
from summitry.guests.enums import HOLDS_SEAT, DecisionKind, GuestState
from summitry.guests.errors import LettersLeft
from summitry.guests.models import Guest
from summitry.guests.permissions import decided_by
from summitry.guests.queries.steps import RULES, leads_to
from summitry.mailing.actions.letters import take_letters_back

LIST = "guests.decisions"
MOST = 1000
UNDOABLE = frozenset({DecisionKind.APPROVE, DecisionKind.REFUSE, DecisionKind.HOLD})
"""Taking one of these back brings a guest to decision again; the others are not taken back, they are followed."""


class Together(NamedTuple):
    """What a decision about many would do: to whom, and who is left out for which reason."""

    guests: list[Guest]
    left_out: list[tuple[Guest, str]]


def plan_decisions(guests: Sequence[Guest], kind: str, *, by: Actor) -> Together:
    """Return what deciding about all of them would do; nothing is written."""
    if len(guests) > MOST:
        raise InvalidInput
    refused = admissible(guests, kind, by)
    return Together(
        [guest for guest in guests if guest.pk not in refused],
        [(guest, refused[guest.pk]) for guest in guests if guest.pk in refused],
    )


def decide_many(
    edition: Edition,
    guests: Sequence[Guest],
    kind: str,
    *,
    by: Actor,
    key: uuid.UUID,
    reason: str = "",
    told: str = "",
) -> BulkRun:
    """Decide about many guests, who are as the officer saw them; all of them, or none. Announces GuestMoved for each.

    The same `key` a second time does nothing. Raises InvalidInput, PermissionRefused where one of them cannot be decided
    about together with others, and StaleState where somebody decided about one of them first.
    """
    require(by, RULES[kind].verb, Guest(edition=edition))
    check_words(kind, "", reason, told)
    if by.account_id is None:
        raise PermissionRefused
    run = BulkRun(
        key=key,
        list_key=LIST,
        action=kind,
        edition_id=edition.pk,
        account_id=by.account_id,
        created_at=clock.now(),
    )
    try:
        with recording():
            run.save(force_insert=True)
            if any(guest.edition_id != edition.pk for guest in guests) or admissible(guests, kind, by):
                raise PermissionRefused
            was = {guest.pk: guest.state for guest in guests}
            to = {guest.pk: leads_to(guest, kind) for guest in guests}
            move_many(guests, to, by=by, reason=reason, told=told, kind=kind)
            mailing = tell_of_decision(guests, kind, told, by=by)
            run.rows = [
                {
                    "id": guest.pk,
                    "name": str(guest),
                    "before": {"state": was[guest.pk]},
                    "after": {"state": guest.state},
                    "mailing": mailing.pk if mailing else None,
                }
                for guest in guests
            ]
            run.save(update_fields=["rows"])
    except IntegrityError:
        done = BulkRun.objects.filter(key=key, account_id=by.account_id, list_key=LIST).first()
        if done is None:
            raise
        return done
    return run


def run_of(edition: Edition, pk: int) -> BulkRun:
    """Return one of the decisions about many. Raises NotFound."""
    run = BulkRun.objects.filter(pk=pk, list_key=LIST, edition_id=edition.pk).first()
    if run is None:
        raise NotFound
    return run


def undo_decisions(edition: Edition, run: BulkRun, *, by: Actor) -> BulkRun:
    """Take a decision about many back: the guests are to be decided about again, and their letters are not sent.

    Whoever was moved on since stays where she is, as does who has no place any more; each is named in `run.left`. Announces GuestMoved. Raises LettersLeft,
    and StaleState where it was taken back already.
    """
    require(by, "decide", Guest(edition=edition))
    if run.action not in UNDOABLE:
        raise LettersLeft
    with recording():
        now = clock.now()
        open_ = BulkRun.objects.filter(pk=run.pk, undone_at=None)
        if not open_.update(undone_at=now, undone_by=by.account_id):
            raise StaleState
        found = Guest.objects.filter(edition=edition).select_related("category", "person")
        guests = found.in_bulk([row["id"] for row in run.rows])
        after = {row["id"]: row["after"]["state"] for row in run.rows}
        gone = [one for one in guests.values() if one.state == after[one.pk] and one.state not in HOLDS_SEAT]
        placeless = {one.pk for one in gone} - with_places(gone)
        mine = decided_by(by, edition.pk, {guest.category_id for guest in guests.values()})
        back, left = [], []
        for row in run.rows:
            guest = guests.get(row["id"])
            if guest is not None and guest.category_id not in mine:
                raise PermissionRefused
            if guest is None or guest.state != row["after"]["state"]:
                left.append([row["id"], row["name"], str(StaleState.message)])
            elif guest.pk in placeless:
                left.append([row["id"], row["name"], _("There is no place for her any more.")])
            else:
                back.append(guest)
        mailings = {row["mailing"] for row in run.rows if row["mailing"]}
        people = [guest.person_id for guest in back]
        if not all(take_letters_back(pk, people, by=by) for pk in mailings):
            raise LettersLeft
        move_many(back, dict.fromkeys((guest.pk for guest in back), GuestState.DECIDING), by=by)
        BulkRun.objects.filter(pk=run.pk).update(left=left)
    run.refresh_from_db()
    return run
