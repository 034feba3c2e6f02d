"""Sending a mailing: in small batches, at its pace, each letter at most once for each time somebody wants it sent.

A letter is claimed by a compare-and-set just before it is handed over, and marked right after. A worker that dies in
between leaves a claimed letter, of which nobody knows whether it left: it counts as failed, and a person may send it
again, under the same Message-ID. So no letter is ever knowingly sent twice. What the mail server refuses for the time
being is tried again with growing pauses; while the server itself is away, no attempt counts.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from django_tasks.base import Task

from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.foundation.jobs import job
from summitry.foundation.states import transition
from summitry.mailing.actions.freezing import freeze_letters
from summitry.mailing.actions.handing import hand_over, mail_server
from summitry.mailing.answers import LOST
from summitry.mailing.enums import MAILING, LetterState, MailingState
from summitry.mailing.events import MailingChanged, MailingSent
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.recipients import reach_of

logger = logging.getLogger(__name__)
ACTOR = system("mail")
WINDOW = dt.timedelta(seconds=10)
"""About one batch leaves in this time."""
SERVER_PAUSE = dt.timedelta(minutes=1)
ABANDONED_AFTER = dt.timedelta(minutes=15)
"""A claimed letter that is not marked within this time was in the hands of a worker that died."""
NOBODY, SERVER_AWAY = "nobody", "server-away"


def plan(task: Task[..., object], at: dt.datetime, mailing_id: int) -> None:
    """Run a job of this mailing at an instant of the installation's clock, after the present transaction commits."""
    wait = max(at - clock.now(), dt.timedelta())
    task.using(run_after=timezone.now() + wait).enqueue(mailing_id)


@job()
def start_mailing(mailing_id: int) -> None:
    """Begin to send a mailing whose time has come; do nothing where it was recalled or has begun already."""
    mailing = Mailing.objects.select_related("edition", "created_by").filter(pk=mailing_id).first()
    if mailing is None or mailing.release_at is None or mailing.release_at > clock.now():
        return
    try:
        if mailing.state == MailingState.SCHEDULED:
            _start_scheduled(mailing)
        elif mailing.state == MailingState.RELEASED:
            with recording():
                begin(mailing, audit="mailing.mailing.started")
    except (StaleState, TransitionRefused):
        logger.info("The mailing %s was decided otherwise a moment ago", mailing_id)


@job()
def send_letters(mailing_id: int) -> None:
    """Hand over the next letters of a mailing, and come back for the rest."""
    mailing = Mailing.objects.select_related("edition").filter(pk=mailing_id).first()
    if mailing is None or mailing.state != MailingState.SENDING:
        return
    size, interval = batch_of(mailing)
    now = clock.now()
    turn = Mailing.objects.filter(pk=mailing_id, state=MailingState.SENDING, next_batch_at__lte=now)
    if not turn.update(next_batch_at=now + interval):
        return
    next_at = now + interval
    problem = ""
    try:
        _send_batch(mailing, size)
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("The mail server does not answer: %s", error)
        problem, next_at = SERVER_AWAY, now + SERVER_PAUSE
    _go_on(mailing, next_at, problem)


@job(retries=0)
def watch_outbox() -> None:
    """Each minute: start what is due, go on with what stands still, and give up letters of workers that died."""
    now = clock.now()
    lost = Letter.objects.filter(state=LetterState.CLAIMED, claimed_at__lt=now - ABANDONED_AFTER)
    lost.update(state=LetterState.FAILED, error=LOST)
    waiting = (MailingState.SCHEDULED, MailingState.RELEASED)
    due = Mailing.objects.filter(state__in=waiting, release_at__lte=now - SERVER_PAUSE)
    for pk in due.values_list("pk", flat=True):
        start_mailing.enqueue(pk)
    standing = Mailing.objects.filter(state=MailingState.SENDING, next_batch_at__lte=now - SERVER_PAUSE)
    for pk in standing.values_list("pk", flat=True):
        send_letters.enqueue(pk)


def begin(mailing: Mailing, *, audit: str) -> None:
    """Move a mailing on to being sent, and send its first letters after the present transaction commits."""
    now = clock.now()
    transition(mailing, MAILING, MailingState.SENDING, by=ACTOR, audit=audit)
    Mailing.objects.filter(pk=mailing.pk).update(next_batch_at=now, ended_at=None, problem="")
    send_letters.enqueue(mailing.pk)
    announce(MailingChanged(by=ACTOR, edition_id=mailing.edition_id, mailing_id=mailing.pk))


def batch_of(mailing: Mailing) -> tuple[int, dt.timedelta]:
    """Return how many letters leave at once, and how long it is until the next ones.

    The pace is the mailing's own, within its share of what the installation may send in a minute.
    """
    active = Mailing.objects.filter(state=MailingState.SENDING).count()
    pace = min(mailing.pace, max(1, settings.MAIL_PER_MINUTE // max(1, active)))
    size = max(1, round(pace * WINDOW.total_seconds() / 60))
    return size, dt.timedelta(seconds=60 * size / pace)


def _start_scheduled(mailing: Mailing) -> None:
    """Ask the audience once more, write the letters and begin; a mailing that reaches nobody stays in the outbox."""
    reach = reach_of(mailing)
    with recording():
        if reach.count:
            begin(mailing, audit="mailing.mailing.started")
            freeze_letters(mailing, reach)
        else:
            transition(mailing, MAILING, MailingState.HELD, by=ACTOR, audit="mailing.mailing.stopped")
            Mailing.objects.filter(pk=mailing.pk).update(problem=NOBODY)
            announce(MailingChanged(by=ACTOR, edition_id=mailing.edition_id, mailing_id=mailing.pk))


def _send_batch(mailing: Mailing, size: int) -> None:
    ready = Q(not_before=None) | Q(not_before__lte=clock.now())
    letters = mailing.letters.filter(ready, state=LetterState.QUEUED).order_by("pk")
    ids = list(letters.values_list("pk", flat=True)[:size])
    if not ids:
        return
    with mail_server() as connection:
        for letter_id in ids:
            hand_over(letter_id, connection)


def _go_on(mailing: Mailing, next_at: dt.datetime, problem: str) -> None:
    """Plan the next batch, or close the mailing when nothing waits any longer."""
    waiting = mailing.letters.filter(state__in=(LetterState.QUEUED, LetterState.CLAIMED))
    left = waiting.aggregate(
        ready=Count("pk", filter=Q(not_before=None)), first=Min("not_before"), all=Count("pk")
    )
    if not left["all"]:
        _finish(mailing)
        return
    if not left["ready"] and left["first"]:
        next_at = max(next_at, left["first"])
    Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING).update(
        next_batch_at=next_at, problem=problem
    )
    plan(send_letters, next_at, mailing.pk)
    announce(MailingChanged(by=ACTOR, edition_id=mailing.edition_id, mailing_id=mailing.pk))


def _finish(mailing: Mailing) -> None:
    counts = mailing.letters.aggregate(
        sent=Count("pk", filter=Q(state=LetterState.SENT)),
        failed=Count("pk", filter=Q(state__in=(LetterState.FAILED, LetterState.BOUNCED))),
    )
    try:
        with recording():
            transition(
                mailing,
                MAILING,
                MailingState.SENT,
                by=ACTOR,
                audit="mailing.mailing.sent",
                changes={"ended_at": clock.now(), "problem": "", "next_batch_at": None},
            )
            announce(MailingSent(by=ACTOR, edition_id=mailing.edition_id, mailing_id=mailing.pk, **counts))
    except StaleState:
        logger.info("The mailing %s was recalled while its last letters left", mailing.pk)
