"""Deciding a round: who goes on, who waits in reserve, who does not, with reasons where the chair decides otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.algorithms.effort.rounds import next_reads
from summitry.calls.actions.moving import REASON, check_reason, move_many
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.round import fill_round
from summitry.calls.enums import ROUND, EntryState, RoundState, Stand, StepKind, Task
from summitry.calls.events import CallChanged
from summitry.calls.models import Entry, Round, Standing
from summitry.calls.queries.advancing import Proposed, has_grounds, is_masked_in, proposal_of
from summitry.calls.queries.calibration import result_in_force
from summitry.calls.queries.computations import in_force
from summitry.calls.queries.rounds import next_of, previous_of
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import veiled
from summitry.foundation.errors import InvalidInput, StaleState, SummitryError
from summitry.foundation.states import transition

MOST_READS = 3
"""With adaptive reads an entry gets at most so many times the reads that the round gives on average."""


class CannotDecide(SummitryError):
    """The round cannot be decided, or decided again, now."""

    code = "cannot-decide"
    message = gettext_lazy("This round cannot be decided now: %(reason)s")


def set_stand(standing: Standing, stand: Stand, *, by: Actor, reason: str = "") -> Standing:
    """Say for one entry where it stands, whatever the proposal says; `Stand.IN` leaves it to the proposal again.

    The reason stays with the standing; the log says only that there is one. Raises InvalidInput without a reason, or for one
    that is too long, CannotDecide unless the round is closed and undecided.
    """
    require(by, "decide", standing)
    reason = reason.strip()
    if stand != Stand.IN and not reason:
        raise InvalidInput(fields={"reason": [_("Write down why.")]})
    check_reason(reason)
    with recording():
        round_ = Round.objects.get(pk=standing.round_id)
        if round_.state != RoundState.CLOSED:
            raise CannotDecide(reason=_("its reviews are not closed, or it is decided."))
        before = {"stand": standing.stand, "reason": standing.reason}
        after = {"stand": str(stand), "reason": reason if stand != Stand.IN else ""}
        if not Standing.objects.filter(pk=standing.pk, **before).update(**after):
            raise StaleState
        standing.stand, standing.reason = after["stand"], after["reason"]
        seen, now = veiled(before, REASON), veiled(after, REASON)
        record("calls.standing.set", by=by, obj=standing, before=seen, after=now)
    return standing


def decide_round(round_: Round, *, by: Actor) -> Round:
    """Decide a round by its proposal and what was set for single entries; nobody goes further without it.

    Entries that do not go on move to "not advanced", after the last round the others are shortlisted. Announces
    EntriesChanged and CallChanged. Raises CannotDecide, and StaleState where somebody else decided first.
    """
    require(by, "decide", round_.call)
    _check_unmasked(round_, by)
    with recording():
        transition(round_, ROUND, RoundState.DECIDED, by=by, audit="calls.round.decided")
        if not has_grounds(round_):
            raise CannotDecide(reason=_("no calibration is in force, and no ballots are counted."))
        proposed = proposal_of(round_)
        following = next_of(round_)
        _write(proposed)
        _move(proposed, is_last=following is None, by=by)
        record_step(round_.call_id, StepKind.ADVANCED, _content(round_, proposed))
        if following is not None:
            following.call = round_.call
            fill_round(following, by=by)
        announce(CallChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id))
    return round_


def reopen_decision(round_: Round, *, by: Actor) -> Round:
    """Take the decision of a round back, as long as nobody reads in the next one; what was set by hand stays set.

    Announces EntriesChanged and CallChanged. Raises CannotDecide.
    """
    require(by, "decide", round_.call)
    _check_unmasked(round_, by)
    with recording():
        following = next_of(round_)
        if following is not None and following.state != RoundState.PLANNED:
            raise CannotDecide(reason=_("the next round has begun."))
        rows = Standing.objects.filter(round=round_)
        rows.filter(reason="").update(stand=Stand.IN, rank=None)
        rows.update(rank=None)
        moved = Entry.objects.filter(
            standings__round=round_, state__in=(EntryState.NOT_ADVANCED, EntryState.SHORTLISTED)
        ).select_related("call")
        move_many(list(moved), EntryState.JUDGED, by=by)
        transition(round_, ROUND, RoundState.CLOSED, by=by, audit="calls.round.reopened")
        record_step(round_.call_id, StepKind.ADVANCED, {"round": round_.number, "reopened": True})
        announce(CallChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id))
    return round_


def spread_reads(round_: Round, *, adaptive: object, by: Actor) -> int:
    """Say how often each entry of a planned round is read, and return the sum.

    Equal: as often as the round says. Adaptive: the same sum, spent where the calibration before it leaves most open;
    entries that are certain either way get none. Raises CannotDecide where there is no such calibration.
    """
    require(by, "edit", round_)
    with recording():
        if not Round.objects.filter(pk=round_.pk, state=RoundState.PLANNED).exists():
            raise CannotDecide(reason=_("jurors have begun to read."))
        fill_round(round_, by=by)
        rows = list(Standing.objects.filter(round=round_))
        wanted = _adapted(round_, {row.entry_id for row in rows}) if adaptive else {}
        for row in rows:
            row.reads = wanted.get(row.entry_id, 0) if adaptive else round_.reads
        Standing.objects.bulk_update(rows, ["reads"], batch_size=500)
        total = sum(row.reads for row in rows)
        record("calls.round.spread", by=by, obj=round_, reads=total)
    return total


def _adapted(round_: Round, entries: set[int]) -> dict[int, int]:
    before = previous_of(round_)
    result = result_in_force(before) if before is not None else None
    if result is None:
        raise CannotDecide(reason=_("there is no calibration of a round before it."))
    mine = [each for each in result.estimates if each.entry in entries]
    return next_reads(
        replace(result, estimates=tuple(mine)), round_.reads * len(entries), 1, MOST_READS * round_.reads
    )


def _check_unmasked(round_: Round, by: Actor) -> None:
    """Who must not know of an entry of a round decides about others one by one, not about the round: it would decide about that one."""
    if is_masked_in(round_, by):
        raise CannotDecide(
            reason=_(
                "a conflict of interest bars you from one of its entries, or you have one still to review, so somebody else has to."
            )
        )


def _write(proposed: Sequence[Proposed]) -> None:
    rows = []
    for each in proposed:
        row = each.standing
        row.stand = each.stand
        row.rank = each.rank if each.stand in {Stand.ADVANCED, Stand.RESERVE} else None
        rows.append(row)
    Standing.objects.bulk_update(rows, ["stand", "rank"], batch_size=500)


def _move(proposed: Sequence[Proposed], *, is_last: bool, by: Actor) -> None:
    out = [each.standing.entry_id for each in proposed if each.stand == Stand.OUT]
    stays = [each.standing.entry_id for each in proposed if each.stand != Stand.OUT] if is_last else []
    for ids, to in ((out, EntryState.NOT_ADVANCED), (stays, EntryState.SHORTLISTED)):
        rows = Entry.objects.filter(pk__in=ids).exclude(state=to).select_related("call")
        move_many(list(rows), to, by=by)


def _content(round_: Round, proposed: Sequence[Proposed]) -> dict[str, object]:
    computation = in_force(round_.call, Task.CALIBRATION, round_)
    numbers = dict(Standing.objects.filter(round=round_).values_list("pk", "entry__number"))
    by_stand = {
        str(stand): [numbers[each.standing.pk] for each in proposed if each.stand == stand]
        for stand in (Stand.ADVANCED, Stand.RESERVE, Stand.OUT)
    }
    return {
        "round": round_.number,
        "calibration": computation.number if computation else None,
        "set": sorted(numbers[each.standing.pk] for each in proposed if each.is_set),
        **by_stand,
    }
