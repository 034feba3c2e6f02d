"""The demo's invitations: in every state, most of them accepted long ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.guests.actions.answering import (
    Named,
    accept_invitation,
    decline_invitation,
    mark_opened,
    pass_on_invitation,
)
from summitry.guests.actions.invitation import (
    draft_invitations,
    expire_invitations,
    remind_invitations,
    send_invitations,
    withdraw_invitations,
)
from summitry.guests.enums import GuestState, InvitationState, Source
from summitry.guests.models import Guest, Invitation

DRAFTED, LATE, ACCEPTED, DECLINED, WITHDRAWN, REMINDED = 15, 10, 8, 8, 4, 12
"""Of how many guests who have not answered the invitation is not sent, was sent too long ago, and so on."""
PASSED_ON = (
    Named("Elif Aydın", "elif.aydin@invitations.example"),
    Named("Kofi Mensah", "kofi.mensah@invitations.example"),
)
DECLINES = "I am expected elsewhere on these days, and wish you good talks."
LONG_AGO, LATELY, GIVEN = dt.timedelta(days=60), dt.timedelta(days=12), dt.timedelta(days=30)


def build_invitations(edition: Edition, by: Actor) -> None:
    """Invite those guests who wait to be invited, let some of them answer, and note who accepted before."""
    rows = Guest.objects.filter(edition=edition, source=Source.INVITED, principal=None)
    related = rows.select_related("edition", "category", "person__account").order_by("pk")
    accepted_before(list(related.filter(state=GuestState.CONFIRMED)))
    waiting = list(related.filter(state=GuestState.INVITED, person__email__gt=""))
    drafts, late, sent = _split(waiting, DRAFTED, LATE)
    draft_invitations(drafts, by=by)
    closes = dt.datetime.combine(edition.ends_on, dt.time(12), edition.zone)
    with clock.frozen(clock.now() - LATELY - GIVEN):
        _send(late, clock.now() + GIVEN, by)
    expire_invitations(edition, by=by)
    with clock.frozen(clock.now() - LATELY):
        invitations = _send(sent, closes, by)
    for invitation in invitations[::2]:
        mark_opened(invitation)
    _take_answers(invitations, by)


def accepted_before(guests: Sequence[Guest]) -> None:
    """Note the invitations that accredited guests accepted before they applied, without their letters."""
    now = clock.now()
    Invitation.objects.bulk_create(
        [
            Invitation(
                guest=guest,
                state=InvitationState.ACCEPTED,
                sent_at=now - LONG_AGO,
                opened_at=now - LONG_AGO + dt.timedelta(hours=3 + number % 200),
                answer_by=now - LONG_AGO + GIVEN,
                answered_at=now - LONG_AGO + dt.timedelta(hours=4 + number % 200),
            )
            for number, guest in enumerate(guests)
        ],
        batch_size=500,
    )


def _split(guests: Sequence[Guest], *counts: int) -> tuple[Sequence[Guest], ...]:
    """Return the first so many, the next so many, and the rest; where they are few, some parts are empty."""
    parts, start = [], 0
    for count in counts:
        parts.append(guests[start : start + count])
        start += count
    return (*parts, guests[start:])


def _send(guests: Sequence[Guest], answer_by: dt.datetime, by: Actor) -> list[Invitation]:
    if not guests:
        return []
    send_invitations(draft_invitations(guests, by=by, answer_by=answer_by), by=by)
    rows = Invitation.objects.filter(guest__in=guests).select_related("guest__edition")
    return list(rows.order_by("pk"))


def _take_answers(invitations: Sequence[Invitation], by: Actor) -> None:
    left = iter(invitations)
    for _number, invitation in zip(range(ACCEPTED), left, strict=False):
        accept_invitation(invitation, by=by)
    for number, invitation in zip(range(DECLINED), left, strict=False):
        decline_invitation(invitation, by=by, remark=DECLINES if number % 2 else "")
    for named, invitation in zip(PASSED_ON, left, strict=False):
        pass_on_invitation(invitation, named, by=by)
    taken_back = [invitation for _number, invitation in zip(range(WITHDRAWN), left, strict=False)]
    if taken_back:
        withdraw_invitations(taken_back, by=by)
    reminded = [invitation for _number, invitation in zip(range(REMINDED), left, strict=False)]
    if reminded:
        remind_invitations(reminded, by=by)
