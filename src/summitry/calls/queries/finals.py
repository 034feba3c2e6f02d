"""A live final as its pages show it: the order, who is on the stage, the clock, and how many ballots are in: counts, no names."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet

from summitry.calls.enums import AssignmentState, FinalState, JurorState, PitchState, RoundKind
from summitry.calls.models import Assignment, Ballot, Call, Conflict, Entry, Final, Juror, Pitch, Round
from summitry.calls.permissions_judging import BARRING, withheld
from summitry.calls.queries.rounds import places_of
from summitry.foundation import clock
from summitry.foundation.access import Actor

WAITING, PITCHING, QUESTIONS = "waiting", "pitching", "questions"
PODIUM = 10
"""At most so many places are revealed one by one on the stage."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of the pitch on the stage: what it counts, until when, or how much is left while it is stopped."""

    phase: str
    ends_at: dt.datetime | None
    left: dt.timedelta
    is_running: bool

    @property
    def shown(self) -> str:
        """What is left as minutes and seconds; after the end how much over it is, behind a plus sign."""
        seconds = math.floor(self.left.total_seconds())
        minutes, rest = divmod(abs(seconds), 60)
        return f"{'+' if seconds < 0 else ''}{minutes:02d}:{rest:02d}"


@dataclass(frozen=True)
class Stage:
    """A final at one moment. `committed` and `revealed` count ballots of the `expected` jurors."""

    final: Final
    pitches: tuple[Pitch, ...]
    now: dt.datetime
    expected: int
    committed: int
    revealed: int

    @cached_property
    def on_stage(self) -> Pitch | None:
        """The pitch that is on the stage."""
        return next((pitch for pitch in self.pitches if pitch.state == PitchState.ON_STAGE), None)

    @cached_property
    def following(self) -> Pitch | None:
        """The pitch that comes next."""
        return next((pitch for pitch in self.pitches if pitch.state == PitchState.WAITING), None)

    @property
    def done(self) -> int:
        """How many pitches are over."""
        return sum(pitch.state == PitchState.DONE for pitch in self.pitches)

    @cached_property
    def clock(self) -> Clock:
        """The clock of the pitch on the stage."""
        return clock_of(self.on_stage, self.final, self.now)

    @property
    def missing(self) -> int:
        """How many of those who committed have not revealed their ballots."""
        return self.committed - self.revealed

    @property
    def percent(self) -> int:
        """How many of the ballots that are expected are in, in whole per cent, rounded down."""
        return min(100, 100 * self.committed // self.expected) if self.expected else 0

    @property
    def revealed_percent(self) -> int:
        """How many of the committed ballots are revealed, in whole per cent, rounded down."""
        return 100 * self.revealed // self.committed if self.committed else 0

    @property
    def is_voting(self) -> bool:
        """Whether the public votes now."""
        return votes_now(self.final, self.now)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the result."""

    rank: int
    entry: Entry
    score: float | None
    step: str


def clock_of(pitch: Pitch | None, final: Final, now: dt.datetime) -> Clock:
    """Return the clock of a pitch at a moment."""
    if pitch is None or (pitch.started_at is None and pitch.questions_at is None):
        return Clock(WAITING, None, dt.timedelta(seconds=final.seconds), is_running=False)
    phase, seconds = (QUESTIONS, final.question_seconds) if pitch.questions_at else (PITCHING, final.seconds)
    since = pitch.questions_at or pitch.started_at or now
    ends_at = since + dt.timedelta(seconds=seconds)
    return Clock(phase, ends_at, ends_at - (pitch.paused_at or now), is_running=pitch.paused_at is None)


def live_rounds(call: Call) -> QuerySet[Round]:
    """Return the rounds of a call that are held on a stage."""
    return Round.objects.filter(call=call, kind=RoundKind.LIVE).order_by("number")


def final_of(call: Call, number: int = 0) -> Final | None:
    """Return the final of a call: the one of a round, else the one that runs, that comes next, or that was last."""
    rows = Final.objects.filter(round__call=call).select_related("round", "panel")
    found = list(rows.filter(round__number=number) if number else rows.order_by("round__number"))
    for final in found:
        final.round.call = call
    at_work = [one for one in found if one.state in {FinalState.RUNNING, FinalState.COMMITTED}]
    planned = [one for one in found if one.state == FinalState.PLANNED]
    return next(iter([*at_work, *planned, *reversed(found)]), None)


def stage_of(final: Final) -> Stage:
    """Return a final as it stands now (three queries)."""
    pitches = list(Pitch.objects.filter(final=final).select_related("entry__organisation", "entry__area"))
    for pitch in pitches:
        pitch.final = final
    counts = Ballot.objects.filter(final=final).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(revealed_at__isnull=False))
    )
    return Stage(
        final=final,
        pitches=tuple(pitches),
        now=clock.now(),
        expected=voters_of(final).count(),
        committed=counts["all"],
        revealed=counts["open"],
    )


def voters_of(final: Final) -> QuerySet[Juror]:
    """Return the jurors who judge in a final: its panel, or all who have accepted."""
    rows = Juror.objects.filter(call=final.round.call_id, state=JurorState.ACCEPTED)
    return rows.filter(panel=final.panel_id) if final.panel_id else rows


def voter_of(final: Final, actor: Actor) -> Juror | None:
    """Return as which juror somebody judges in a final; None for whoever does not."""
    if actor.account_id is None:
        return None
    return voters_of(final).filter(account=actor.account_id).first()


def closed_to(final: Final, jurors: Iterable[int]) -> set[tuple[int, int]]:
    """Return which jurors must not judge which entries of a final, as pairs: conflicts that bar, and recusals (two queries)."""
    ids = list(jurors)
    entries = Pitch.objects.filter(final=final).values("entry")
    conflicts = Conflict.objects.filter(juror__in=ids, state__in=BARRING, entry__in=entries)
    recused = Assignment.objects.filter(
        juror__in=ids, state=AssignmentState.RECUSED, entry__in=entries, round__call=final.round.call_id
    )
    return {
        *conflicts.order_by().values_list("juror_id", "entry_id"),
        *recused.order_by().values_list("juror_id", "entry_id"),
    }


def judged_by(final: Final, juror: Juror) -> list[Pitch]:
    """Return the pitches of a final that a juror may judge, in their order; the others are absent (three queries)."""
    out = {entry for _juror, entry in closed_to(final, [juror.pk])}
    rows = Pitch.objects.filter(final=final).select_related("entry__organisation", "entry__area")
    return [pitch for pitch in rows if pitch.entry_id not in out]


def is_masked(final: Final, actor: Actor) -> bool:
    """Return whether an entry of a final is withheld from `actor`: then its result is not hers before the stage shows it."""
    ids = withheld(actor)
    return ids is not None and Pitch.objects.filter(final=final, entry__in=ids).exists()


def places_in(final: Final) -> list[Place]:
    """Return the result, best first, without a mask; nothing before the ballots are counted (one query)."""
    rows: list[dict[str, Any]] = final.tally.get("entries", [])
    entries = Entry.objects.select_related("organisation", "area").in_bulk([row["entry"] for row in rows])
    return [Place(row["rank"], entries[row["entry"]], row["score"], row["step"]) for row in rows]


def podium_of(final: Final) -> int:
    """Return how many places are revealed one by one: those that are awarded, at most ten."""
    return min(PODIUM, places_of(final.round), len(final.tally.get("entries", [])))


def unveiled_places(final: Final) -> list[Place]:
    """Return the places that the stage shows by now, best first; the last comes first to be shown (one query)."""
    if not final.unveiled:
        return []
    podium = podium_of(final)
    return places_in(final)[max(0, podium - final.unveiled) : podium]


def missing_jurors(final: Final) -> QuerySet[Juror]:
    """Return the jurors who committed a ballot and have not revealed it."""
    rows = Juror.objects.filter(ballots__final=final, ballots__revealed_at=None)
    return rows.select_related("person").order_by("pk")


def votes_now(final: Final, now: dt.datetime) -> bool:
    """Return whether the public votes at a moment."""
    if not final.public_share or final.vote_opens_at is None or final.state == FinalState.REVEALED:
        return False
    return final.vote_opens_at <= now and (final.vote_closes_at is None or now < final.vote_closes_at)
