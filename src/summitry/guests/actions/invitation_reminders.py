"""What happens to invitations by itself: whoever has not answered is reminded, and at the end they expire."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import F

from summitry.editions.actions.reminding import claim, reminder_day
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.audit import record_many, recording
from summitry.foundation.jobs import job
from summitry.guests.actions.invitation import RELATED, expire_invitations, letter_of
from summitry.guests.enums import InvitationState
from summitry.guests.models import Invitation
from summitry.mailing.notices import NoticeKey, post_notice

KIND = "invitation"
_BATCH = 25
"""How many letters are written in one transaction, so that nobody waits long for the database."""
OF_ITSELF = system("reminders")


@job()
def see_to_invitations() -> None:
    """Remind guests of invitations that they have not answered, and close those whose time is over."""
    now = clock.now()
    late = Invitation.objects.filter(state=InvitationState.SENT, answer_by__lte=now)
    for edition in Edition.objects.filter(pk__in=late.values("guest__edition")):
        expire_invitations(edition, by=OF_ITSELF)
    asked: dict[tuple[int, dt.datetime, int], list[int]] = defaultdict(list)
    waiting = Invitation.objects.filter(state=InvitationState.SENT, answer_by__gt=now)
    for pk, edition_id, answer_by, sent_at in waiting.values_list(
        "pk", "guest__edition_id", "answer_by", "sent_at"
    ):
        if answer_by is None or sent_at is None:
            continue
        day = reminder_day(now, answer_by)
        # Who was invited after the day had come is not reminded at once.
        if day is not None and reminder_day(sent_at, answer_by) != day:
            asked[edition_id, answer_by, day].append(pk)
    editions = Edition.objects.in_bulk({edition_id for edition_id, _due, _day in asked})
    for (edition_id, answer_by, day), keys in asked.items():
        for start in range(0, len(keys), _BATCH):
            _remind(editions[edition_id], answer_by, day, keys[start : start + _BATCH])


def _remind(edition: Edition, answer_by: dt.datetime, day: int, keys: list[int]) -> None:
    with recording():
        fresh = claim(edition, KIND, keys, day, answer_by)
        rows = list(
            Invitation.objects.filter(pk__in=fresh, state=InvitationState.SENT, answer_by=answer_by)
            .select_related(*RELATED)
            .order_by("pk")
        )
        if not rows:
            return
        now = clock.now()
        Invitation.objects.filter(pk__in=[row.pk for row in rows]).update(
            reminders=F("reminders") + 1, reminded_at=now
        )
        changes = [(row, {"reminders": row.reminders}, {"reminders": row.reminders + 1}) for row in rows]
        record_many("guests.invitations.reminded", by=OF_ITSELF, changes=changes, edition_id=edition.pk)
        post_notice(edition, NoticeKey.GUEST_REMINDER, map(letter_of, rows), by=OF_ITSELF)
