"""Inviting guests: drafted, sent, reminded of, withdrawn, sent again; for one or many at a time.

What guests answer is in `answering`, what happens by itself in `invitation_reminders`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from summitry.editions.actions.reminding import moment
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record_many, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.guests.actions.moving import move
from summitry.guests.actions.quota import hold_place
from summitry.guests.actions.telling import recipients_for
from summitry.guests.enums import GUEST, INVITATION, GuestState, InvitationState
from summitry.guests.errors import AddressMissing, AnswerByMissing
from summitry.guests.events import InvitationsChanged
from summitry.guests.models import Guest, Invitation
from summitry.guests.queries.guest_links import page_address
from summitry.mailing.audiences import Fact, Recipient
from summitry.mailing.notices import NoticeKey, person_recipient, post_notice

INVITATION_PAGE = "guest:invitation"
REMIND_AGAIN = dt.timedelta(hours=20)
"""How long after a reminder nobody is reminded by hand again."""
RELATED = ("guest__edition", "guest__category", "guest__person__account")
S = InvitationState


def draft_invitations(
    guests: Sequence[Guest], *, by: Actor, answer_by: dt.datetime | None = None
) -> list[Invitation]:
    """Prepare invitations of guests of one edition; who has one already keeps it. Nothing is sent yet.

    Announces InvitationsChanged.
    """
    for guest in guests:
        require(by, "edit", Invitation(guest=guest))
    if not guests:
        return []
    edition_id = guests[0].edition_id
    with recording():
        known = set(Invitation.objects.filter(guest__in=guests).values_list("guest_id", flat=True))
        fresh = [Invitation(guest=guest, answer_by=answer_by) for guest in guests if guest.pk not in known]
        Invitation.objects.bulk_create(fresh, batch_size=500)
        if fresh:
            nothing: dict[str, object] = {}
            changes = [(row, nothing, {"state": row.state, "answer_by": answer_by}) for row in fresh]
            record_many("guests.invitations.drafted", by=by, changes=changes, edition_id=edition_id)
            _tell(fresh, edition_id, by)
    return fresh


def send_invitations(
    invitations: Sequence[Invitation], *, by: Actor, answer_by: dt.datetime | None = None
) -> None:
    """Send invitations, for the first time or again; without `answer_by` each keeps the time it has.

    They are written as the edition words and holds them. Whoever declined or was withdrawn is invited again; whom a guest
    named in her place is taken as her by this. Raises AnswerByMissing, AddressMissing, and StaleState where one is not as
    it was shown; then nothing is sent. Announces InvitationsChanged.
    """
    now = clock.now()
    with recording():
        edition, rows = _held(invitations, "send", by)
        for row in rows:
            due = answer_by or row.answer_by
            if due is None or due <= now:
                raise AnswerByMissing
            if row.state != S.SENT and not INVITATION.allows(row.state, S.SENT):
                raise TransitionRefused
            if not person_recipient(row.guest.person).address:
                raise AddressMissing(person=str(row.guest))
            if row.guest.state != GuestState.INVITED:
                hold_place(row.guest)
                move(row.guest, GuestState.INVITED, by=by)
        values = {"state": S.SENT, "sent_at": now, "answered_at": None, "reminders": 0, "reminded_at": None}
        _write(rows, {**values, **({"answer_by": answer_by} if answer_by else {})}, "sent", edition, by)
        post_notice(edition, NoticeKey.GUEST_INVITATION, map(letter_of, rows), by=by)


def remind_invitations(invitations: Sequence[Invitation], *, by: Actor) -> int:
    """Remind of invitations that wait for their answer, and return of how many: of none twice within a day."""
    now = clock.now()
    with recording():
        edition, rows = _held(invitations, "send", by)
        due = [row for row in rows if may_remind(row, now)]
        if due:
            for row in due:
                row.reminders += 1
            Invitation.objects.bulk_update(due, ["reminders"], batch_size=200)
            _write(due, {"reminded_at": now}, "reminded", edition, by)
            post_notice(edition, NoticeKey.GUEST_REMINDER, map(letter_of, due), by=by)
    return len(due)


def may_remind(row: Invitation, now: dt.datetime) -> bool:
    """Return whether an invitation waits for its answer, in time, and was not reminded of within a day."""
    is_open = row.state == S.SENT and (row.answer_by is None or row.answer_by > now)
    return is_open and (row.reminded_at is None or now - row.reminded_at >= REMIND_AGAIN)


def withdraw_invitations(invitations: Sequence[Invitation], *, by: Actor, reason: str = "") -> None:
    """Withdraw invitations, and their guests with them; whoever was sent hers is written to, as the edition holds letters.

    The reason stays inside. Announces InvitationsChanged.
    """
    with recording():
        edition, rows = _held(invitations, "edit", by)
        for row in rows:
            if not INVITATION.allows(row.state, S.WITHDRAWN):
                raise TransitionRefused
        _write(rows, {"state": S.WITHDRAWN}, "withdrawn", edition, by)
        for row in rows:
            if GUEST.allows(row.guest.state, GuestState.WITHDRAWN):
                move(row.guest, GuestState.WITHDRAWN, by=by, reason=reason)
        asked = [row.guest for row in rows if row.sent_at is not None]
        if asked:
            post_notice(edition, NoticeKey.GUEST_UNINVITED, recipients_for(edition, asked), by=by)


def expire_invitations(edition: Edition, *, by: Actor) -> int:
    """Close the invitations whose time to answer is over, and return how many. Announces InvitationsChanged."""
    late = {"guest__edition": edition, "state": S.SENT, "answer_by__lte": clock.now()}
    with recording():
        rows = list(Invitation.objects.select_for_update(of=("self",)).filter(**late).order_by("pk"))
        if rows:
            _write(rows, {"state": S.EXPIRED}, "expired", edition, by)
    return len(rows)


def letter_of(invitation: Invitation) -> Recipient:
    """Return the guest as the recipient of a letter about her invitation."""
    guest = invitation.guest
    facts: dict[str, Fact] = {
        "category": guest.category.name,
        "due": moment(guest.edition, invitation.answer_by, guest.zone_name),
        "link": lambda lang: page_address(guest, lang, INVITATION_PAGE),
    }
    return person_recipient(guest.person, language=guest.language, context=facts)


def _held(invitations: Sequence[Invitation], verb: str, by: Actor) -> tuple[Edition, list[Invitation]]:
    """Ask, lock and read anew; StaleState where one is in another state than the caller saw."""
    seen = {row.pk: row.state for row in invitations}
    rows = list(
        Invitation.objects.select_for_update(of=("self",))
        .filter(pk__in=seen)
        .select_related(*RELATED)
        .order_by("pk")
    )
    if not rows or {row.pk: row.state for row in rows} != seen:
        raise StaleState
    edition = rows[0].guest.edition
    for row in rows:
        require(by, verb, row)
        if row.guest.edition_id != edition.pk:
            raise ValueError("invitations of one edition at a time")
    return edition, rows


def _write(
    rows: Sequence[Invitation], values: Mapping[str, Any], what: str, edition: Edition, by: Actor
) -> None:
    """Write the same values to all rows and record it, in the transaction that holds them."""
    changes = []
    for row in rows:
        before = {name: getattr(row, name) for name in values}
        changes.append((row, before, values))
        for name, value in values.items():
            setattr(row, name, value)
    for start in range(0, len(rows), 500):
        Invitation.objects.filter(pk__in=[row.pk for row in rows[start : start + 500]]).update(**values)
    record_many(f"guests.invitations.{what}", by=by, changes=changes, edition_id=edition.pk)
    _tell(rows, edition.pk, by)


def _tell(rows: Iterable[Invitation], edition_id: int, by: Actor) -> None:
    ids = tuple(row.pk for row in rows)
    announce(InvitationsChanged(by=by, edition_id=edition_id, invitation_ids=ids))
