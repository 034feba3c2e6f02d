"""Decisions about eligibility: by one officer where an entry passes or goes back, by two where it is rejected."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from summitry.calls.actions.eligibility_letters import send_ineligible, send_returned
from summitry.calls.actions.moving import move
from summitry.calls.actions.recording import record_step_with_words
from summitry.calls.enums import ENTRY, EntryState, Outcome, StepKind
from summitry.calls.errors import InConflict, SecondPersonNeeded, StillOpen
from summitry.calls.models import EligibilityCheck, Entry, Rejection
from summitry.calls.permissions_judging import is_barred, is_entered_by
from summitry.calls.queries.entry_windows import is_past_deadline
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused

E = EntryState
LONGEST = 1000
"""Characters of a reason."""
LONGEST_REMARKS = 2000
WINDOW = dt.timedelta(days=7)
"""How long an entrant has to complete what was returned to her, unless somebody says otherwise."""
REJECTABLE = frozenset({E.SUBMITTED, E.RETURNED, E.ELIGIBLE, E.JUDGED})


def look_at(check: EligibilityCheck, outcome: str, *, by: Actor, words: str = "") -> EligibilityCheck:
    """Say for one rule, as an officer, whether an entry passes; words are needed where the machine found otherwise.

    It stays so until the rule, or what it looks at, is another. Raises InvalidInput, InConflict, StaleState.
    """
    entry = check.entry
    _require(entry, by)
    if outcome not in {Outcome.PASSES, Outcome.FAILS}:
        raise InvalidInput(fields={"outcome": [_("Say whether it passes.")]})
    _check_words("words", words, needed=check.outcome == Outcome.FAILS and outcome == Outcome.PASSES)
    with recording():
        _check_state(entry)
        values = {
            "outcome": outcome,
            "officer_id": by.account_id,
            "words": words.strip(),
            "checked_at": clock.now(),
        }
        rows = EligibilityCheck.objects.filter(
            pk=check.pk, outcome=check.outcome, rule_version=check.rule_version
        )
        if not rows.update(**values):
            raise StaleState
        for name, value in values.items():
            setattr(check, name, value)
        record("calls.eligibility.looked_at", by=by, obj=entry, rule=str(check.rule), outcome=outcome)
        facts = {"rule": check.rule_id, "version": check.rule_version, "outcome": outcome}
        _keep(entry, "looked_at", words, **facts)
    return check


def pass_entry(entry: Entry, *, by: Actor, words: str = "", seen: str = "") -> Entry:
    """Find an entry eligible, whatever a machine found: what it did not pass, the officer takes on herself, with words.

    A rejected entry is reinstated by somebody who took no part in its rejection. `seen` is the state that the officer saw.
    Announces EntriesChanged. Raises StillOpen while its entrant can still change it, SecondPersonNeeded, InConflict,
    InvalidInput, TransitionRefused, StaleState.
    """
    _require(entry, by)
    if not is_past_deadline(entry.call):
        raise StillOpen
    with recording():
        _check_state(entry, seen)
        if not (ENTRY.allows(entry.state, E.ELIGIBLE) or entry.state == E.ELIGIBLE):
            raise TransitionRefused
        open_ = EligibilityCheck.objects.filter(entry=entry).exclude(outcome=Outcome.PASSES)
        failed = open_.filter(outcome=Outcome.FAILS).exists() or entry.state == E.INELIGIBLE
        _check_words("words", words, needed=failed)
        _lift_rejection(entry, by)
        open_.update(
            outcome=Outcome.PASSES, officer_id=by.account_id, words=words.strip(), checked_at=clock.now()
        )
        _keep(entry, "passed", words)
        if entry.state == E.ELIGIBLE:
            record("calls.eligibility.confirmed", by=by, obj=entry)
        else:
            move(entry, E.ELIGIBLE, by=by, reason="")
    return entry


def return_entry(
    entry: Entry, remarks: str, *, by: Actor, until: dt.datetime | None = None, seen: str = ""
) -> Entry:
    """Return an entry with remarks: its entrant can complete it and hand it in again until `until` (a week, by default).

    She is written to. Announces EntriesChanged. Raises InvalidInput, InConflict, TransitionRefused, StaleState.
    """
    _require(entry, by)
    until = until or clock.now() + WINDOW
    if until <= clock.now():
        raise InvalidInput(fields={"until": [_("This moment is over.")]})
    _check_words("remarks", remarks, needed=True, limit=LONGEST_REMARKS)
    with recording():
        _check_state(entry, seen)
        Rejection.objects.filter(entry=entry, confirmed_by=None).delete()
        _keep(entry, "returned", remarks, until=until.astimezone(dt.UTC).isoformat())
        move(entry, E.RETURNED, by=by, remarks=remarks.strip(), late_until=until)
        send_returned(entry, by=by)
    return entry


def propose_rejection(entry: Entry, reason: str, *, by: Actor, seen: str = "") -> Rejection:
    """Propose to hold an entry not eligible; somebody else has to confirm it before anything happens.

    The reason goes to the entrant. Raises StaleState where somebody has proposed it first, InvalidInput, InConflict,
    TransitionRefused, PermissionRefused for whoever has no account.
    """
    _require(entry, by)
    if by.account_id is None:
        raise PermissionRefused
    _check_words("reason", reason, needed=True)
    with recording():
        _check_state(entry, seen)
        if entry.state not in REJECTABLE:
            raise TransitionRefused
        try:
            with transaction.atomic():
                made = Rejection.objects.create(
                    entry=entry,
                    proposed_by_id=by.account_id,
                    proposed_at=clock.now(),
                    reason=reason.strip(),
                )
        except IntegrityError as error:
            raise StaleState from error
        record("calls.rejection.proposed", by=by, obj=entry)
        _keep(entry, "rejection_proposed", made.reason)
    return made


def confirm_rejection(rejection: Rejection, *, by: Actor) -> Entry:
    """Confirm what somebody else proposed: the entry is not eligible, and its entrant is written to.

    Announces EntriesChanged. Raises SecondPersonNeeded, InConflict, and StaleState where it was settled first.
    """
    entry = rejection.entry
    _require(entry, by)
    if by.account_id is None:
        raise PermissionRefused
    if by.account_id == rejection.proposed_by_id:
        raise SecondPersonNeeded
    with recording():
        _check_state(entry)
        waiting = Rejection.objects.filter(pk=rejection.pk, confirmed_by=None)
        if not waiting.update(confirmed_by_id=by.account_id, confirmed_at=clock.now()):
            raise StaleState
        _keep(entry, "rejected", rejection.reason)
        move(entry, E.INELIGIBLE, by=by, reason=rejection.reason)
        send_ineligible(entry, by=by)
    rejection.refresh_from_db()
    return entry


def drop_rejection(rejection: Rejection, *, by: Actor) -> Entry:
    """Take back or refuse what was proposed: the entry waits as before. Raises StaleState where it was settled first."""
    entry = rejection.entry
    _require(entry, by)
    with recording():
        if not Rejection.objects.filter(pk=rejection.pk, confirmed_by=None).delete()[0]:
            raise StaleState
        record("calls.rejection.dropped", by=by, obj=entry)
        _keep(entry, "rejection_dropped")
    return entry


def is_own(entry: Entry, by: Actor) -> bool:
    """Return whether an entry is the actor's own: she is its contact or a member of its team."""
    return is_entered_by(by, entry.pk)


def _require(entry: Entry, by: Actor) -> None:
    require(by, "check", entry)
    if is_barred(by, entry.pk):
        raise InConflict


def _check_state(entry: Entry, seen: str = "") -> None:
    """Look at the row itself: what the officer saw, and what this object shows, must still be so."""
    now = Entry.objects.filter(pk=entry.pk).values_list("state", flat=True).first()
    if now != (seen or entry.state) or now != entry.state:
        raise StaleState


def _check_words(field: str, words: str, *, needed: bool, limit: int = LONGEST) -> None:
    if needed and not words.strip():
        raise InvalidInput(fields={field: [_("Please say why.")]})
    if len(words) > limit:
        raise InvalidInput(
            fields={field: [_("At most %(limit)d characters are possible.") % {"limit": limit}]}
        )


def _lift_rejection(entry: Entry, by: Actor) -> None:
    rejection = Rejection.objects.filter(entry=entry).first()
    if rejection is None:
        return
    if rejection.confirmed_by_id and by.account_id in {rejection.proposed_by_id, rejection.confirmed_by_id}:
        raise SecondPersonNeeded(_("Somebody who took no part in the rejection has to reinstate it."))
    rejection.delete()


def _keep(entry: Entry, did: str, words: str = "", **facts: Any) -> None:
    content = {"did": did, "entry": entry.number, **{name: _plain(value) for name, value in facts.items()}}
    record_step_with_words(entry, StepKind.ELIGIBILITY, content, words.strip())


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)
