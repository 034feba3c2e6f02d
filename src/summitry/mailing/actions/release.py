"""Letting a mailing leave: held, released with five minutes for second thoughts, scheduled, or recalled."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence

from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.states import transition
from summitry.mailing.actions.freezing import freeze_letters
from summitry.mailing.actions.sending import plan, start_mailing
from summitry.mailing.enums import MAILING, LetterState, MailingState
from summitry.mailing.errors import NobodyChosen, NothingWritten, RecipientsChanged
from summitry.mailing.events import MailingChanged, MailingRecalled, MailingReleased
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.recipients import Reach, languages_of, reach_of

RECALL_WINDOW = dt.timedelta(minutes=5)
"""How long a released mailing waits, so that whoever released it can think better of it."""


def hold_mailing(mailing: Mailing, *, by: Actor) -> Mailing:
    """Put a draft in the outbox, where the secretariat releases it. Raises NothingWritten. Announces MailingChanged."""
    require(by, "hold", mailing)
    _check_words(mailing)
    with recording():
        transition(mailing, MAILING, MailingState.HELD, by=by, audit="mailing.mailing.held")
        announce(MailingChanged(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk))
    return mailing


def withdraw_mailing(mailing: Mailing, *, by: Actor) -> Mailing:
    """Take a held mailing back as a draft. Announces MailingChanged."""
    require(by, "hold", mailing)
    with recording():
        transition(mailing, MAILING, MailingState.DRAFT, by=by, audit="mailing.mailing.withdrawn")
        announce(MailingChanged(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk))
    return mailing


def release_mailing(
    mailing: Mailing, *, by: Actor, seen: str | None = None, at: dt.datetime | None = None
) -> Mailing:
    """Let a mailing leave in five minutes, or `at` an instant.

    Its letters are written down when it is released; a scheduled mailing asks its audience again when its time comes,
    and writes its letters then. `seen` is the `fingerprint` of what the releasing person saw: where words or recipients
    are others by now, RecipientsChanged is raised and nothing happens. Raises NobodyChosen, NothingWritten,
    InvalidInput (a time that has passed), StaleState. Announces MailingReleased.
    """
    require(by, "release", mailing)
    if at is not None and at <= clock.now():
        raise InvalidInput(fields={"at": [_("This time has passed. Please choose a later one.")]})
    _check_words(mailing)
    reach = None if mailing.notice else reach_of(mailing)
    keys = keys_of(mailing, reach)
    if not keys:
        raise NobodyChosen
    if seen is not None and seen != fingerprint(mailing, keys):
        raise RecipientsChanged
    leaves_at = at or clock.now() + RECALL_WINDOW
    facts = {"release_at": leaves_at, "released_by": by.label[:200], "problem": ""}
    state = MailingState.SCHEDULED if at else MailingState.RELEASED
    with recording():
        transition(mailing, MAILING, state, by=by, audit=f"mailing.mailing.{state}", changes=facts)
        # Apart from the rest: the audit log outlives the recipients' addresses.
        Mailing.objects.filter(pk=mailing.pk).update(confirmed=keys)
        if reach is not None and not at:
            freeze_letters(mailing, reach)
        plan(start_mailing, leaves_at, mailing.pk)
        announce(
            MailingReleased(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk, count=len(keys))
        )
    mailing.confirmed = keys
    return mailing


def recall_mailing(mailing: Mailing, *, by: Actor) -> int:
    """Stop a released mailing, or the rest of one that is being sent; return how many letters did not leave.

    Whether it is recalled or leaves is decided once: StaleState says that it was sent or recalled a moment ago.
    Announces MailingRecalled.
    """
    require(by, "recall", mailing)
    changes = {"ended_at": clock.now(), "next_batch_at": None}
    with recording():
        transition(
            mailing, MAILING, MailingState.RECALLED, by=by, audit="mailing.mailing.recalled", changes=changes
        )
        count = mailing.letters.filter(state=LetterState.QUEUED).update(state=LetterState.RECALLED)
        announce(MailingRecalled(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk, count=count))
    return count


def unschedule_mailing(mailing: Mailing, *, by: Actor) -> Mailing:
    """Take a scheduled mailing off the schedule, back into the outbox. Announces MailingChanged."""
    require(by, "recall", mailing)
    with recording():
        transition(
            mailing,
            MAILING,
            MailingState.HELD,
            by=by,
            audit="mailing.mailing.unscheduled",
            changes={"release_at": None},
        )
        announce(MailingChanged(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk))
    return mailing


def keys_of(mailing: Mailing, reach: Reach | None) -> list[str]:
    """Return who gets the mailing: whom it reaches, or the letters that a notice has already."""
    if reach is not None:
        return reach.keys
    waiting = Letter.objects.filter(mailing=mailing, state=LetterState.QUEUED)
    return sorted(waiting.values_list("key", flat=True))


def fingerprint(mailing: Mailing, keys: Sequence[str]) -> str:
    """Return a digest of what would leave: the words, and to whom."""
    said = [mailing.subject.to_json(), mailing.body.to_json(), mailing.kind, list(keys)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:24]


def _check_words(mailing: Mailing) -> None:
    if not mailing.notice and not languages_of(mailing.subject, mailing.body):
        raise NothingWritten
