"""Meetings between guests: opened to, asked for, agreed, declined, taken back; those nobody answers expire.

A request blocks nothing. What is agreed takes a slot in both diaries, and a slot is given away once: of two who agree at
the same moment one is refused. Who may complete a guest's application acts for her here as well: herself, and her office.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.jobs import job
from summitry.foundation.states import transition
from summitry.guests.actions.meeting_letters import tell_answer, tell_request
from summitry.guests.enums import GONE, MEETING, GuestState, MeetingState
from summitry.guests.errors import NotToBeMet, SlotTaken, TooManyRequests
from summitry.guests.events import GuestMoved, MeetingChanged
from summitry.guests.models import DiaryEntry, Guest, Meeting, MeetingDesk
from summitry.guests.permissions import SELF
from summitry.guests.queries.busy import MINUTES, busy_of, is_free, slots_of

S = MeetingState
ANSWERED_WITHIN = dt.timedelta(hours=48)
MOST_OPEN = 10
LONGEST_WORDS = 500
OF_ITSELF = system("meetings")


def set_meeting_desk(
    guest: Guest, *, by: Actor, is_open: bool, about: str = "", via_office: bool = False
) -> MeetingDesk:
    """Let a guest be asked for meetings, or not; who no longer can is asked by nobody, and what was asked falls.

    She agrees to be met herself; others agree for her only where they also answer for her, and what she agreed to, she
    alone changes. Raises PermissionRefused, InvalidInput, and StaleState where somebody else changed it meanwhile.
    """
    require(by, "complete", guest)
    is_own = by.is_system or guest.pk in by.scope_ids("guest", frozenset({SELF}))
    if is_open and not (is_own or via_office):
        raise PermissionRefused
    values: dict[str, Any] = {"is_open": is_open, "about": about.strip(), "via_office": via_office}
    with recording():
        desk, _created = MeetingDesk.objects.get_or_create(guest=guest, defaults={"since": clock.now()})
        if not is_own and desk.is_open and not desk.via_office:
            raise PermissionRefused
        changed = change(desk, values, by=by, audit="guests.meeting.opened")
        if "is_open" in changed and not is_open:
            _end_all(guest.pk, by, keep=S.ACCEPTED)
    return desk


def propose_meeting(
    asker: Guest, asked: Guest, starts_at: dt.datetime, *, by: Actor, words: str = ""
) -> Meeting:
    """Ask somebody for a meeting in a slot in which both are free; whoever answers for her is written to.

    Announces MeetingChanged. Raises NotToBeMet, SlotTaken, TooManyRequests, InvalidInput, and StaleState where the same
    was asked already.
    """
    require(by, "complete", asker)
    now, edition = clock.now(), asker.edition
    if len(words) > LONGEST_WORDS:
        text = _("At most %(limit)d characters are possible.") % {"limit": LONGEST_WORDS}
        raise InvalidInput(fields={"words": [text]})
    if starts_at <= now or starts_at not in slots_of(edition):
        raise SlotTaken
    meeting = Meeting(
        edition=edition,
        asker=asker,
        asked=asked,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=MINUTES),
        words=" ".join(words.split()),
        proposed_at=now,
        expires_at=min(now + ANSWERED_WITHIN, starts_at),
    )
    with recording():
        _check_two(meeting)
        if Meeting.objects.filter(asker=asker, state=S.PROPOSED, expires_at__gt=now).count() >= MOST_OPEN:
            raise TooManyRequests(most=MOST_OPEN)
        if not is_free(starts_at, busy_of(edition, [asker, asked])):
            raise SlotTaken
        try:
            with transaction.atomic():
                meeting.save(force_insert=True)
        except IntegrityError as error:
            raise StaleState from error
        record("guests.meeting.proposed", by=by, obj=meeting)
        tell_request(meeting, by)
        _tell(meeting, by)
    return meeting


def accept_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Agree to a meeting: the slot is taken in both diaries. Announces MeetingChanged.

    Raises SlotTaken where one of the two has something else by now, NotToBeMet, and StaleState where it was answered or
    has expired.
    """
    require(by, "complete", meeting.asked)
    with recording():
        if meeting.state == S.PROPOSED and meeting.expires_at <= clock.now():
            raise StaleState
        _check_two(meeting)
        if not is_free(meeting.starts_at, busy_of(meeting.edition, [meeting.asker, meeting.asked])):
            raise SlotTaken
        _move(meeting, S.ACCEPTED, by)
        pair = (meeting.asker_id, meeting.asked_id)
        entries = [DiaryEntry(guest_id=pk, meeting=meeting, starts_at=meeting.starts_at) for pk in pair]
        try:
            with transaction.atomic():
                DiaryEntry.objects.bulk_create(entries)
        except IntegrityError as error:
            raise SlotTaken from error
        tell_answer(meeting, by)
    return meeting


def decline_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Decline a meeting. Announces MeetingChanged. Raises StaleState and TransitionRefused."""
    require(by, "complete", meeting.asked)
    with recording():
        _move(meeting, S.DECLINED, by)
        tell_answer(meeting, by)
    return meeting


def withdraw_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """Take a request back that nobody has answered. Announces MeetingChanged."""
    require(by, "complete", meeting.asker)
    return _move(meeting, S.WITHDRAWN, by)


def cancel_meeting(meeting: Meeting, *, by: Actor, of: Guest) -> Meeting:
    """Cancel what was agreed, for one of the two; both diaries are free again. Announces MeetingChanged."""
    if of.pk not in (meeting.asker_id, meeting.asked_id):
        raise InvalidInput
    require(by, "complete", of)
    with recording():
        _move(meeting, S.CANCELLED, by)
        tell_answer(meeting, by, of=of)
    return meeting


@job()
def expire_meetings() -> None:
    """Close requests that nobody has answered in time."""
    late = Meeting.objects.filter(state=S.PROPOSED, expires_at__lte=clock.now())
    for pk in list(late.values_list("pk", flat=True)):
        with recording():
            row = late.select_related("asker__person", "asked__person").filter(pk=pk).first()
            if row is not None:
                _move(row, S.EXPIRED, OF_ITSELF)


def leave_meetings(event: GuestMoved) -> None:
    """End the meetings of a guest who does not come or is no longer accredited, in the same transaction."""
    if event.now in GONE or event.was == GuestState.CONFIRMED:
        _end_all(event.guest_id, event.by)


def _end_all(guest_id: int, by: Actor, keep: str = "") -> None:
    rows = Meeting.objects.filter(Q(asker=guest_id) | Q(asked=guest_id), state__in=[S.PROPOSED, S.ACCEPTED])
    for row in rows.exclude(state=keep).select_related("asker__person", "asked__person", "edition"):
        if row.state == S.ACCEPTED:
            _move(row, S.CANCELLED, by)
            tell_answer(row, by, of=row.asker if row.asker_id == guest_id else row.asked)
        else:
            _move(row, S.WITHDRAWN if row.asker_id == guest_id else S.DECLINED, by)


def _move(meeting: Meeting, to: S, by: Actor) -> Meeting:
    with recording():
        changes = {"answered_at": clock.now()}
        transition(meeting, MEETING, to, by=by, audit=f"guests.meeting.{to}", changes=changes)
        if to == S.CANCELLED:
            DiaryEntry.objects.filter(meeting=meeting).delete()
        _tell(meeting, by)
    return meeting


def _check_two(meeting: Meeting) -> None:
    pair = {meeting.asker_id, meeting.asked_id}
    met = MeetingDesk.objects.filter(guest__in=pair, is_open=True, guest__state=GuestState.CONFIRMED)
    if len(pair) < 2 or met.filter(guest__edition=meeting.edition_id).count() < 2:
        raise NotToBeMet


def _tell(meeting: Meeting, by: Actor) -> None:
    announce(
        MeetingChanged(by=by, edition_id=meeting.edition_id, meeting_id=meeting.pk, state=str(meeting.state))
    )
