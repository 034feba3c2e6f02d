"""The rounds of a call: what each asks of jurors, when it takes reviews, and which entries are in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.calls.actions.moving import move_many
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.seeds import commit_seed
from summitry.calls.actions.telling_jurors import tell_of_opening
from summitry.calls.enums import ROUND, CallState, EntryState, RoundKind, RoundState, StepKind
from summitry.calls.events import CallChanged
from summitry.calls.models import Assignment, Call, Computation, Criterion, Entry, Round, Standing
from summitry.calls.queries.rounds import at_stake, candidates, due_rounds, next_of, previous_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import job
from summitry.foundation.states import transition

LATER = frozenset(
    {"name", "closes_at", "places", "opens_discussion", "per_organisation", "per_entity", "mode"}
)
"""What of a round can still be changed while jurors read; its questions and its number of reads cannot."""


def create_round(call: Call, *, by: Actor, name: Text, **facts: Any) -> Round:
    """Add a round after the last one. Announces CallChanged. Raises InvalidInput."""
    require(by, "edit", Round(call=call))
    with recording():
        last = Round.objects.filter(call=call).aggregate(last=Max("number"))["last"] or 0
        made = Round(call=call, number=last + 1, name=name, **facts)
        _check_window(made)
        checked(made).save(force_insert=True)
        record("calls.round.created", by=by, obj=made)
        _told(made, by)
    return made


def update_round(
    round_: Round, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Round:
    """Change facts of a round. Announces CallChanged.

    Raises InvalidInput, also for what cannot be changed once jurors read, and StaleState like `change`.
    """
    require(by, "edit", round_)
    late = {name for name in changes if changes[name] != getattr(round_, name)} - LATER
    if late and round_.state != RoundState.PLANNED:
        said = _("This cannot be changed any more: jurors have begun to read.")
        raise InvalidInput(fields={name: [said] for name in sorted(late)})
    _check_window(round_, changes)
    with recording():
        if change(round_, changes, by=by, audit="calls.round.updated", expected=expected):
            _told(round_, by)
    return round_


def remove_round(round_: Round, *, by: Actor) -> None:
    """Remove the last round, while nobody reads in it. Announces CallChanged. Raises RoundInUse."""
    require(by, "edit", round_)
    with recording():
        used = Assignment.objects.filter(round=round_).exists() or hasattr(round_, "final")
        if used or round_.state != RoundState.PLANNED or next_of(round_):
            raise RoundInUse
        record("calls.round.removed", by=by, obj=round_)
        _step(round_, {"removed": True})
        Computation.objects.filter(round=round_).delete()
        call = round_.call
        round_.delete()
        announce(CallChanged(by=by, edition_id=call.edition_id, call_id=call.pk))


def add_criterion(round_: Round, *, by: Actor, name: Text, **facts: Any) -> Criterion:
    """Add a criterion. Announces CallChanged. Raises InvalidInput, and RoundInUse once jurors read."""
    require(by, "edit", Criterion(round=round_))
    with recording():
        _check_planned(round_)
        taken = set(Criterion.objects.filter(round=round_).values_list("slug", flat=True))
        free = (slug for n in range(1, 999) if (slug := f"criterion-{n}") not in taken)
        made = Criterion(round=round_, name=name, **{"slug": next(free), "position": len(taken), **facts})
        _check_anchors(made)
        checked(made).save(force_insert=True)
        record("calls.criterion.created", by=by, obj=made)
        _told(round_, by)
    return made


def update_criterion(
    criterion: Criterion, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Criterion:
    """Change a criterion. Announces CallChanged. Raises InvalidInput, StaleState, and RoundInUse once jurors read."""
    require(by, "edit", criterion)
    with recording():
        _check_planned(criterion.round)
        _check_anchors(criterion, changes)
        if change(criterion, changes, by=by, audit="calls.criterion.updated", expected=expected):
            _told(criterion.round, by)
    return criterion


def remove_criterion(criterion: Criterion, *, by: Actor) -> None:
    """Remove a criterion. Announces CallChanged. Raises RoundInUse once jurors read."""
    require(by, "edit", criterion)
    with recording():
        _check_planned(criterion.round)
        record("calls.criterion.removed", by=by, obj=criterion)
        criterion.delete()
        _told(criterion.round, by)


def fill_round(round_: Round, *, by: Actor) -> int:
    """Put the entries that belong into a round in it, and return how many came or left; entries that are in keep their reads.

    While the round is planned, entries that belong there no more leave. Late entries come into a round that has opened.
    The caller asked for permission to plan or open the round, or is an action of this room.
    """
    with recording():
        belong = set(candidates(round_).values_list("pk", flat=True))
        there = set(Standing.objects.filter(round=round_).values_list("entry_id", flat=True))
        gone = there - belong if round_.state == RoundState.PLANNED else set()
        Standing.objects.filter(round=round_, entry__in=gone).delete()
        fresh = sorted(belong - there)
        Standing.objects.bulk_create(
            [Standing(round=round_, entry_id=pk, reads=round_.reads) for pk in fresh], batch_size=500
        )
        if fresh and round_.state != RoundState.PLANNED:
            _to_jury(round_, by)
        if fresh or gone:
            record("calls.round.filled", by=by, obj=round_, came=len(fresh), left=len(gone))
    return len(fresh) + len(gone)


def open_round(round_: Round, *, by: Actor) -> Round:
    """Let jurors read: its entries are with the jury from now on. Announces EntriesChanged and CallChanged.

    Raises RoundNotReady with what is missing: criteria, entries, a closing time that lies ahead, the decision before.
    """
    require(by, "edit", round_)
    now = clock.now()
    with recording():
        fill_round(round_, by=by)
        _check_ready(round_, now)
        opens_at = min(round_.opens_at or now, now)
        transition(
            round_,
            ROUND,
            RoundState.READING,
            by=by,
            audit="calls.round.opened",
            changes={"opens_at": opens_at},
        )
        commit_seed(round_.call)
        _to_jury(round_, by)
        entries = sorted(at_stake(round_).values_list("entry__number", flat=True))
        _step(round_, {"entries": entries})
        tell_of_opening(round_, by=by)
        announce(CallChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id))
    return round_


def close_round(round_: Round, *, by: Actor) -> Round:
    """Take no more reviews in a round. Announces CallChanged. Raises TransitionRefused."""
    require(by, "edit", round_)
    with recording():
        now = clock.now()
        closes_at = min(round_.closes_at or now, now)
        transition(
            round_,
            ROUND,
            RoundState.CLOSED,
            by=by,
            audit="calls.round.closed",
            changes={"closes_at": closes_at},
        )
        _step(round_, {})
        announce(CallChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id))
    return round_


def extend_round(round_: Round, *, closes_at: dt.datetime, by: Actor) -> Round:
    """Let jurors read again, or longer, until another moment. Announces CallChanged. Raises InvalidInput."""
    require(by, "edit", round_)
    if closes_at <= clock.now():
        raise InvalidInput(fields={"closes_at": [_("This lies in the past.")]})
    if round_.state == RoundState.READING:
        return update_round(round_, by=by, closes_at=closes_at)
    with recording():
        changes = {"closes_at": closes_at}
        transition(round_, ROUND, RoundState.READING, by=by, audit="calls.round.extended", changes=changes)
        _step(round_, {})
        announce(CallChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id))
    return round_


@job()
def close_rounds_in_time() -> None:
    """Close the rounds whose time is over."""
    for round_ in due_rounds(clock.now()).select_related("call__edition"):
        close_round(round_, by=system("rounds"))


def round_content(round_: Round) -> dict[str, Any]:
    """Return what the record keeps of a round: the rules of its judging, by numbers and digests of nobody."""
    rows = round_.criteria.values_list("slug", "weight", "lowest", "highest")
    return {
        "round": round_.number,
        "kind": str(round_.kind),
        "state": str(round_.state),
        "reads": round_.reads,
        "places": round_.places,
        "mode": str(round_.mode),
        "per_organisation": round_.per_organisation,
        "per_entity": round_.per_entity,
        "blind": round_.is_blind,
        "closes": round_.closes_at.astimezone(dt.UTC).isoformat() if round_.closes_at else None,
        "criteria": [list(row) for row in rows],
    }


class RoundInUse(SummitryError):
    """The round, or a later one, has begun: what jurors were asked stays as it was."""

    code = "round-in-use"
    message = gettext_lazy("Jurors have begun to read, or a later round follows: this stays as it is.")


class RoundNotReady(SummitryError):
    """Something is missing before jurors can read."""

    code = "round-not-ready"
    message = gettext_lazy("The round cannot open yet: %(missing)s")


def _told(round_: Round, by: Actor) -> None:
    if round_.call.state != CallState.DRAFT:
        _step(round_, {})
    announce(CallChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id))


def _step(round_: Round, more: Mapping[str, Any]) -> None:
    record_step(round_.call_id, StepKind.ROUND, round_content(round_) | dict(more))


def _to_jury(round_: Round, by: Actor) -> None:
    rows = Entry.objects.filter(standings__round=round_, state=EntryState.ELIGIBLE).select_related("call")
    move_many(list(rows), EntryState.JUDGED, by=by)


def _check_planned(round_: Round) -> None:
    if not Round.objects.filter(pk=round_.pk, state=RoundState.PLANNED).exists():
        raise RoundInUse


def _check_window(round_: Round, changes: Mapping[str, Any] | None = None) -> None:
    facts = dict(changes or {})
    opens_at = facts.get("opens_at", round_.opens_at)
    closes_at = facts.get("closes_at", round_.closes_at)
    if opens_at and closes_at and closes_at <= opens_at:
        raise InvalidInput(fields={"closes_at": [_("The round must close after it opens.")]})
    if facts.get("reads", round_.reads) < 1 and round_.kind == RoundKind.DESK:
        raise InvalidInput(fields={"reads": [_("At least one juror has to read each entry.")]})


def _check_anchors(criterion: Criterion, changes: Mapping[str, Any] | None = None) -> None:
    facts = dict(changes or {})
    lowest, highest = facts.get("lowest", criterion.lowest), facts.get("highest", criterion.highest)
    if lowest >= highest:
        raise InvalidInput(fields={"highest": [_("The best mark must lie above the lowest.")]})
    if facts.get("weight", criterion.weight) < 1:
        raise InvalidInput(fields={"weight": [_("A weight is 1 or more.")]})
    anchors = facts.get("anchors", criterion.anchors)
    outside = [mark for mark in anchors if not (mark.isdecimal() and lowest <= int(mark) <= highest)]
    if outside:
        said = _("%(mark)s is not a mark of this criterion.") % {"mark": outside[0]}
        raise InvalidInput(fields={"anchors": [said]})


def _check_ready(round_: Round, now: dt.datetime) -> None:
    before = previous_of(round_)
    if before is not None and before.state != RoundState.DECIDED:
        raise RoundNotReady(missing=_("the round before it is not decided."))
    if not at_stake(round_).exists():
        raise RoundNotReady(missing=_("no entry is eligible for it."))
    if round_.kind == RoundKind.DESK and not round_.criteria.exists():
        raise RoundNotReady(missing=_("it asks nothing; add a criterion."))
    if round_.closes_at is not None and round_.closes_at <= now:
        raise RoundNotReady(missing=_("its closing time lies in the past."))
