"""What a calibration says, as each reader may see it.

A reader from whom an entry is withheld, by a conflict or before her own review, meets neither its row nor figures that tell
of it: counts are of what she may see, and chances are told in tenths, so that what is left over says nothing.
"""

from __future__ import annotations

import statistics
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, QuerySet

from summitry.algorithms.calibration.plain import result_from
from summitry.algorithms.calibration.types import CONTESTED, Components, Estimate, JurorEffect, Pair, Result
from summitry.algorithms.effort.rounds import precedence
from summitry.calls.enums import AssignmentState, Task
from summitry.calls.models import Assignment, Computation, Entry, Juror, Review, Round, Standing
from summitry.calls.permissions_judging import withheld
from summitry.calls.queries.calibration_problem import scale_of
from summitry.calls.queries.computations import answer_of, in_force
from summitry.calls.queries.conflicts import barring_review
from summitry.foundation.access import Actor, policy_for


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one entry; `low` and `high` are the ends of the 95 per cent interval of its score."""

    entry_id: int
    estimate: Estimate
    chance: float
    is_coarse: bool
    stand: str = ""

    @property
    def is_contested(self) -> bool:
        """Whether another jury might decide otherwise."""
        return CONTESTED[0] < self.chance < CONTESTED[1]

    @property
    def low(self) -> float:
        """The lower end of the interval in which the entry's worth lies in 95 cases of 100."""
        return self.estimate.score - 1.96 * self.estimate.error

    @property
    def high(self) -> float:
        """Its upper end."""
        return self.estimate.score + 1.96 * self.estimate.error


@dataclass(frozen=True)
class Shown:
    """A calibration as one reader sees it: its rows by chance, best first. `hidden` says whether something was left out."""

    computation: Computation
    rows: list[Row]
    hidden: bool
    components: Components
    supported: bool
    linked: int
    lowest: float
    highest: float

    @cached_property
    def contested(self) -> list[Row]:
        """The rows of the contested band."""
        return [row for row in self.rows if row.is_contested]


def shown_calibration(computation: Computation, actor: Actor) -> Shown:
    """Return the entries of a round as its calibration has them and `actor` may see them (two queries)."""
    result = result_from(answer_of(computation))
    standings = Standing.objects.filter(round=computation.round_id)
    stands = dict(standings.values_list("entry_id", "stand"))
    entries = set(_told_of(actor, standings).values_list("entry_id", flat=True))
    hidden = len(entries) < len(stands)
    rows = [
        Row(each.entry, each, _told(each.chance, hidden), hidden, stands[each.entry])
        for each in sorted(result.estimates, key=precedence)
        if each.entry in entries
    ]
    if hidden:
        rows.sort(key=lambda row: (-row.chance, -row.estimate.score, row.entry_id))
    lowest, highest = computation.summary.get("lowest", 0), computation.summary.get("highest", 100)
    return Shown(
        computation, rows, hidden, result.components, result.supported, result.linked, lowest, highest
    )


def entries_by_id(entry_ids: Collection[int]) -> dict[int, Entry]:
    """Return entries with what a line about them shows: number, title and area (one query)."""
    rows = Entry.objects.filter(pk__in=entry_ids).select_related("area")
    return rows.only("number", "title", "area__name").in_bulk()


@dataclass(frozen=True, slots=True)
class JurorRow:
    """How a juror marks, and what is conspicuous of it; `reads` are those that the reader may know of."""

    juror: Juror
    reads: int
    effect: JurorEffect


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two jurors whose marks are more alike than chance explains."""

    first: Juror
    second: Juror
    common: int
    pair: Pair


def may_screen(actor: Actor, computation: Computation) -> bool:
    """Return whether `actor` may see how single jurors mark: whoever decides, and nobody from whom an entry is withheld.

    Their figures rest on every entry, so that they would tell of that one.
    """
    call = computation.call
    holds = actor.is_system or policy_for(type(call)).may(actor, "decide", call)
    return holds and not _hidden_entries(actor, computation)


def screened(computation: Computation, actor: Actor) -> tuple[list[JurorRow], list[PairRow]]:
    """Return the jurors of a calibration, conspicuous ones first, and the pairs that are alike; nothing unless `may_screen`."""
    if not may_screen(actor, computation):
        return [], []
    result = result_from(answer_of(computation))
    keys = [effect.juror for effect in result.jurors]
    jurors = Juror.objects.filter(pk__in=keys).select_related("person").in_bulk()
    rows = [JurorRow(jurors[each.juror], each.reads, each) for each in result.jurors if each.juror in jurors]
    rows.sort(key=lambda row: (-len(row.effect.flags), -abs(row.effect.offset), row.juror.pk))
    pairs = [
        PairRow(jurors[each.first], jurors[each.second], each.common, each)
        for each in result.pairs
        if each.first in jurors and each.second in jurors
    ]
    return rows, pairs


@dataclass(frozen=True, slots=True)
class Marks:
    """The plain figures of an entry's reviews in one round, on the scale of its criteria."""

    reads: int
    mean: float
    median: float
    spread: float | None


def marks_of(round_: Round, actor: Actor, entry_ids: Collection[int]) -> dict[int, Marks]:
    """Return the figures of entries for `actor`, by entry (three queries).

    Office and chair see those of entries that are not withheld from them; a juror only those of entries that she has handed
    in her own review of.
    """
    may_all = policy_for(Computation).may(actor, "view", Computation(call=round_.call))
    rows = _told_of(actor, Standing.objects.filter(round=round_, entry__in=entry_ids))
    seen = set(rows.values_list("entry_id", flat=True)) if may_all else reviewed_by(round_, actor)
    allowed = seen & set(entry_ids)
    if not allowed:
        return {}
    scale = scale_of(round_)
    reviews = Review.objects.filter(
        assignment__round=round_, assignment__entry__in=allowed, assignment__state=AssignmentState.SUBMITTED
    ).exclude(Exists(barring_review()))
    scores: dict[int, list[float]] = {}
    for entry, marks in reviews.values_list("assignment__entry_id", "marks"):
        score = scale.score(round_.pk, marks)
        if score is not None:
            scores.setdefault(entry, []).append(score)
    return {entry: _marks(found) for entry, found in scores.items()}


def reviewed_by(round_: Round, actor: Actor) -> set[int]:
    """Return the entries of which `actor` has handed in her review in a round, and from which no conflict bars her."""
    if actor.account_id is None:
        return set()
    rows = Assignment.objects.filter(
        round=round_, juror__account=actor.account_id, state=AssignmentState.SUBMITTED
    ).exclude(entry__in=withheld(actor) or [])
    return set(rows.values_list("entry_id", flat=True))


def result_in_force(round_: Round) -> Result | None:
    """Return the calibration that is in force for a round, for this room's own reckoning; nobody's rights are asked."""
    computation = in_force(round_.call, Task.CALIBRATION, round_)
    return result_from(answer_of(computation)) if computation is not None else None


def estimates_in_force(round_: Round) -> dict[int, Estimate]:
    """Return the estimates of that calibration by entry; empty where none is in force."""
    result = result_in_force(round_)
    return {each.entry: each for each in result.estimates} if result is not None else {}


def _told_of(actor: Actor, standings: QuerySet[Standing]) -> QuerySet[Standing]:
    ids = withheld(actor)
    return standings if ids is None else standings.exclude(entry__in=ids)


def _hidden_entries(actor: Actor, computation: Computation) -> bool:
    """Whether an entry is withheld that was in a round of the call: the calibration rests on it, too."""
    ids = withheld(actor)
    rounds = Standing.objects.filter(round__call=computation.call_id)
    return ids is not None and rounds.filter(entry__in=ids).exists()


def _told(chance: float, hidden: Any) -> float:
    return round(chance, 1) if hidden else chance


def _marks(scores: list[float]) -> Marks:
    spread = statistics.stdev(scores) if len(scores) > 1 else None
    return Marks(len(scores), statistics.fmean(scores), statistics.median(scores), spread)
