"""Letters to jurors about what they have to read: when something is given to them, and before a round closes."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, F

from summitry.calls.enums import IN_PLAY, AssignmentState, RoundState
from summitry.calls.models import Assignment, Juror, Round
from summitry.calls.queries.panel_address import panel_address
from summitry.editions.actions.reminding import claim, moment, reminder_day
from summitry.foundation import clock
from summitry.foundation.access import Actor, system
from summitry.foundation.audit import record, recording
from summitry.foundation.i18n import formats
from summitry.foundation.jobs import job
from summitry.mailing.notices import NoticeKey, Recipient, person_recipient, post_notice

KIND = "jury-reads"
UNREAD = (AssignmentState.GIVEN, AssignmentState.BEGUN)
OF_ITSELF = system("rounds")


def tell_of_reads(round_: Round, fresh: Mapping[int, int], *, by: Actor) -> None:
    """Write to each juror how many entries came onto her table; `fresh` counts them by juror. In the caller's transaction."""
    jurors = Juror.objects.filter(pk__in=list(fresh)).select_related("person__account").order_by("pk")
    letters = [letter_of(round_, juror, fresh[juror.pk]) for juror in jurors]
    post_notice(round_.call.edition, NoticeKey.JURY_READS, letters, by=by)


def tell_of_opening(round_: Round, *, by: Actor) -> None:
    """Write to each juror who has something to read in a round that has just opened."""
    tell_of_reads(round_, unread_of(round_), by=by)


@job()
def remind_jurors() -> None:
    """Remind jurors who have reads left, a week, two days and, at last, on the day before their round closes."""
    now = clock.now()
    reading = Round.objects.filter(state=RoundState.READING, closes_at__gt=now)
    for round_ in reading.select_related("call__edition"):
        day = reminder_day(now, round_.closes_at or now)
        opened = round_.opens_at or now
        if day is not None and reminder_day(opened, round_.closes_at or now) != day:
            _remind(round_, day)


def _remind(round_: Round, day: int) -> None:
    if round_.closes_at is None:
        return
    unread = unread_of(round_)
    with recording():
        fresh = claim(round_.call.edition, f"{KIND}-{round_.pk}", unread.keys(), day, round_.closes_at)
        if not fresh:
            return
        jurors = Juror.objects.filter(pk__in=fresh).select_related("person__account").order_by("pk")
        letters = [letter_of(round_, juror, unread[juror.pk]) for juror in jurors]
        post_notice(round_.call.edition, NoticeKey.JURY_REMINDER, letters, by=OF_ITSELF)
        record("calls.assignments.reminded", by=OF_ITSELF, obj=round_, count=len(letters))


def unread_of(round_: Round) -> dict[int, int]:
    """Return by juror how many entries of a round she has not handed in; who has none is not there."""
    rows = Assignment.objects.filter(round=round_, state__in=UNREAD, entry__state__in=IN_PLAY)
    return dict(rows.order_by().values_list("juror").annotate(n=Count("pk")).values_list(F("juror"), "n"))


def letter_of(round_: Round, juror: Juror, count: int) -> Recipient:
    """Return a juror as the recipient of a letter about `count` entries; `juror.person.account` is loaded."""
    call = round_.call
    return person_recipient(
        juror.person,
        context={
            "call": call.name,
            "round": round_.name,
            "count": lambda lang: formats.number(count, lang),
            "due": moment(call.edition, round_.closes_at),
            "link": panel_address(call),
        },
    )
