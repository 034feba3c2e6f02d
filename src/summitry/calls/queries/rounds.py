"""Rounds: which entries belong into one, how far it is, and how much each juror has on her table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from summitry.calls.enums import IN_PLAY, AssignmentState, EntryState, JurorState, Stand
from summitry.calls.models import Assignment, Call, Computation, Entry, Juror, Round, Standing
from summitry.calls.permissions_judging import HELD
from summitry.calls.queries.lacking import standing_reads
from summitry.foundation.access import Actor, visible
from summitry.foundation.errors import NotFound

COUNTED = IN_PLAY | {EntryState.NOT_ADVANCED, EntryState.NOT_SELECTED, EntryState.ANNOUNCED}
"""A round counts what it read, whatever became of it later; only who left is in no count."""


def rounds_of(call: Call) -> list[Round]:
    """Return the rounds of a call in their order."""
    rounds = list(Round.objects.filter(call=call).order_by("number"))
    for each in rounds:
        each.call = call
    return rounds


def previous_of(round_: Round) -> Round | None:
    """Return the round before; None before the first."""
    return Round.objects.filter(call=round_.call_id, number__lt=round_.number).order_by("-number").first()


def next_of(round_: Round) -> Round | None:
    """Return the round after; None after the last."""
    return Round.objects.filter(call=round_.call_id, number__gt=round_.number).order_by("number").first()


def round_of(computation: Computation) -> Round:
    """Return the round of a computation, with its call and edition. Raises NotFound for one that has none."""
    rows = Round.objects.select_related("call__edition").filter(computations=computation.pk)
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def places_of(round_: Round) -> int:
    """Return how many entries go on from a round."""
    return round_.places or round_.call.places


def candidates(round_: Round) -> QuerySet[Entry]:
    """Return the entries that belong into a round now: eligible ones into the first, those advanced before into a later one."""
    before = previous_of(round_)
    if before is None:
        return Entry.objects.filter(call=round_.call_id, state__in=(EntryState.ELIGIBLE, EntryState.JUDGED))
    advanced = Standing.objects.filter(round=before, stand=Stand.ADVANCED)
    return Entry.objects.filter(pk__in=advanced.values("entry_id"), state__in=IN_PLAY)


def at_stake(round_: Round) -> QuerySet[Standing]:
    """Return the standings of a round whose entries still take part."""
    return Standing.objects.filter(round=round_, entry__state__in=IN_PLAY)


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a round is, as one reader may know it: nothing of entries from which a conflict bars her is counted.

    `needed` reads are wanted, `given` stand on somebody's table, `begun` and `submitted` are among these.
    """

    entries: int
    needed: int
    given: int
    begun: int
    submitted: int
    recused: int

    @property
    def percent(self) -> int:
        """How much of what is needed is handed in, in whole per cent, rounded down."""
        return min(100, 100 * self.submitted // self.needed) if self.needed else 0

    @property
    def open(self) -> int:
        """Reads that nobody has yet."""
        return max(0, self.needed - self.given)


def figures_of(round_: Round, actor: Actor) -> Figures:
    """Return how far a round is (two queries)."""
    return figures_by_round([round_], actor)[round_.pk]


def figures_by_round(rounds: list[Round], actor: Actor) -> dict[int, Figures]:
    """Return how far rounds are, by id (two queries)."""
    standings = visible(actor, Standing.objects.filter(round__in=rounds, entry__state__in=COUNTED))
    wanted: dict[int, list[int]] = {}
    for round_id, reads in standings.order_by().values_list("round_id", "reads"):
        wanted.setdefault(round_id, []).append(reads)
    rows = visible(actor, Assignment.objects.filter(round__in=rounds, entry__state__in=COUNTED))
    states = {
        (row["round_id"], row["state"]): row["n"]
        for row in rows.order_by().values("round_id", "state").annotate(n=Count("pk"))
    }
    return {each.pk: _figures(each.pk, wanted.get(each.pk, []), states) for each in rounds}


def _figures(pk: int, wanted: list[int], states: dict[tuple[int, str], int]) -> Figures:
    def count(*of: AssignmentState) -> int:
        return sum(states.get((pk, str(state)), 0) for state in of)

    return Figures(
        entries=len(wanted),
        needed=sum(wanted),
        given=count(*HELD),
        begun=count(AssignmentState.BEGUN),
        submitted=count(AssignmentState.SUBMITTED),
        recused=count(AssignmentState.RECUSED),
    )


@dataclass(frozen=True, slots=True)
class JurorLoad:
    """What a juror has on her table in a round."""

    juror: Juror
    given: int
    submitted: int

    @property
    def open(self) -> int:
        """What she has still to read."""
        return self.given - self.submitted


def loads_of(round_: Round, actor: Actor) -> list[JurorLoad]:
    """Return the jurors of a round who have accepted or have reads, with their loads (one query)."""
    mine = visible(actor, Assignment.objects.filter(round=round_, state__in=HELD, entry__state__in=IN_PLAY))
    held = Q(assignments__in=mine.order_by().values("pk"))
    rows = (
        Juror.objects.filter(call=round_.call_id)
        .annotate(
            given=Count("assignments", filter=held),
            submitted=Count("assignments", filter=held & Q(assignments__state=AssignmentState.SUBMITTED)),
        )
        .filter(Q(state=JurorState.ACCEPTED) | Q(given__gt=0))
        .order_by("pk")
    )
    return [JurorLoad(juror, juror.given, juror.submitted) for juror in rows]


@dataclass(frozen=True, slots=True)
class ShortEntry:
    """An entry that fewer jurors read than should."""

    entry: Entry
    reads: int
    given: int

    @property
    def missing(self) -> int:
        """How many readers it lacks."""
        return self.reads - self.given


def short_entries(round_: Round, actor: Actor) -> list[ShortEntry]:
    """Return the entries of a round that lack readers who are there, those that lack most first (one query)."""
    held = Q(entry__assignments__in=standing_reads().filter(round=round_).values("pk"))
    rows = (
        visible(actor, at_stake(round_))
        .annotate(given=Count("entry__assignments", filter=held))
        .filter(given__lt=F("reads"))
        .select_related("entry")
        .order_by("entry__number")
    )
    found = [ShortEntry(row.entry, row.reads, row.given) for row in rows]
    return sorted(found, key=lambda each: -each.missing)


def due_rounds(now: dt.datetime) -> QuerySet[Round]:
    """Return the rounds that take reviews although their time is over."""
    return Round.objects.filter(state="reading", closes_at__lte=now)
