"""A juror's own table: what was given to her in the rounds of a call, how far she is, and which entry comes next.

Nothing of others' reviews is in it, and nothing of entries from which a conflict bars her.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from summitry.calls.enums import IN_PLAY, AssignmentState, JurorState, RoundState
from summitry.calls.models import Assignment, Call, Conflict, Criterion, Juror, Review, Round
from summitry.calls.permissions import JUROR
from summitry.calls.permissions_judging import BARRING, HELD
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text

SHOWN = (RoundState.READING, RoundState.CLOSED, RoundState.DECIDED)
LONGEST_READ = dt.timedelta(minutes=45)
"""Whoever let more time pass between two reviews did something else in between."""
ORDERS = ("given", "area", "fewest")


@dataclass(frozen=True, slots=True)
class Line:
    """An entry on a juror's table."""

    assignment_id: int
    entry_id: int
    round: int
    number: int
    title: Text
    area_id: int | None
    area: Text | None
    state: str
    given: int
    asked: int
    is_saved: bool
    saved_at: dt.datetime | None
    submitted_at: dt.datetime | None

    @property
    def is_done(self) -> bool:
        """Whether it is handed in."""
        return self.state == AssignmentState.SUBMITTED

    @property
    def label(self) -> str:
        """Its state in words."""
        return str(AssignmentState(self.state).label)


@dataclass(frozen=True)
class Sheet:
    """What a juror has in one round, in the order in which she reads."""

    round: Round
    lines: tuple[Line, ...]

    @property
    def is_reading(self) -> bool:
        """Whether reviews are taken."""
        return self.round.state == RoundState.READING

    @cached_property
    def done(self) -> int:
        """How many are handed in."""
        return sum(line.is_done for line in self.lines)

    @property
    def percent(self) -> int:
        """How much is handed in, in whole per cent, rounded down."""
        return 100 * self.done // len(self.lines) if self.lines else 0

    @property
    def left(self) -> dt.timedelta | None:
        """About how long the rest will take, by the median pause between her last reviews; None before there are three."""
        moments = sorted(line.submitted_at for line in self.lines if line.submitted_at)
        pauses = [after - before for before, after in pairwise(moments)]
        usual = [pause.total_seconds() for pause in pauses if pause <= LONGEST_READ]
        if len(usual) < 2:
            return None
        return dt.timedelta(seconds=statistics.median(usual) * (len(self.lines) - self.done))

    def next_after(
        self, number: int, order: str = "given", others: Mapping[int, int] | None = None
    ) -> Line | None:
        """Return what to read after an entry: the next that is not handed in, in one of ORDERS; None where none is left.

        `others` says how many reviews of each entry are handed in, for the order "fewest".
        """
        at = next((place for place, line in enumerate(self.lines) if line.number == number), -1)
        here = self.lines[at] if at >= 0 else None
        turned = [*self.lines[at + 1 :], *self.lines[: max(at, 0)]]
        rest = [line for line in turned if not line.is_done]
        if order == "area" and here is not None:
            rest.sort(key=lambda line: line.area_id != here.area_id)
        elif order == "fewest" and others is not None:
            rest.sort(key=lambda line: others.get(line.entry_id, 0))
        return rest[0] if rest else None

    def beside(self, number: int) -> tuple[Line | None, Line | None]:
        """Return the lines before and after an entry, whatever their states."""
        at = next((place for place, line in enumerate(self.lines) if line.number == number), -1)
        if at < 0:
            return None, None
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        return (self.lines[at - 1] if at else None), after


@dataclass(frozen=True, slots=True)
class Jury:
    """A jury on which somebody sits: its call, and how many of her entries in open rounds are not handed in."""

    call: Call
    open: int
    total: int


def topic_of(assignment_id: int) -> str:
    """Return the live topic on which the pages of one review hear that it was saved; only its juror may listen."""
    return f"review:{assignment_id}"


def is_on_a_jury(actor: Actor, edition: Edition) -> bool:
    """Return whether somebody sits on a jury of an edition; a query only for whoever holds the role of a juror."""
    ids = actor.scope_ids("call", frozenset({JUROR.code}))
    return bool(ids) and _seats(actor).filter(call__edition=edition).exists()


def seat_of(actor: Actor, call: Call) -> bool:
    """Return whether somebody sits on the jury of a call (one query for whoever has signed in)."""
    return actor.is_signed_in and _seats(actor).filter(call=call).exists()


def juries_of(actor: Actor, edition: Edition) -> list[Jury]:
    """Return the juries of an edition on which somebody sits, with what is open on each (two queries)."""
    calls = list(Call.objects.filter(edition=edition, pk__in=_seats(actor).values("call_id")))
    rows = own_assignments(actor).filter(round__call__in=calls, round__state=RoundState.READING)
    counts = {
        row["round__call_id"]: row
        for row in rows.order_by()
        .values("round__call_id")
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=AssignmentState.SUBMITTED)))
    }
    found = []
    for call in calls:
        row = counts.get(call.pk, {"total": 0, "done": 0})
        call.edition = edition
        found.append(Jury(call, row["total"] - row["done"], row["total"]))
    return found


def own_assignments(actor: Actor) -> QuerySet[Assignment]:
    """Return what is on the table of `actor` herself, whatever else her roles show her."""
    barred = Conflict.objects.filter(
        juror__account=actor.account_id, entry=OuterRef("entry"), state__in=BARRING
    )
    return Assignment.objects.filter(
        ~Exists(barred),
        juror__account=actor.account_id,
        juror__account__isnull=False,
        juror__state=JurorState.ACCEPTED,
        state__in=HELD,
        round__state__in=SHOWN,
    )


def own_assignment(actor: Actor, call: Call, round_number: int, number: int) -> Assignment:
    """Return one assignment of `actor` herself, by the numbers of round and entry, with all its pages need (three queries).

    Raises NotFound, also where the entry left the call while the round reads.
    """
    rows = own_assignments(actor).filter(round__call=call, round__number=round_number, entry__number=number)
    related = ("round", "entry__area", "entry__call", "juror__person", "review")
    found = rows.select_related(*related).prefetch_related("round__criteria").first()
    if found is None or (found.round.state == RoundState.READING and found.entry.state not in IN_PLAY):
        raise NotFound
    found.round.call = found.entry.call = call
    return found


def review_of(assignment: Assignment) -> Review | None:
    """Return the review of an assignment; None before its first save."""
    return getattr(assignment, "review", None)


def sheets_of(actor: Actor, call: Call, *, only: int | None = None) -> list[Sheet]:
    """Return what a juror has in the rounds of a call, open ones first, then the later before the earlier.

    Three queries, however many entries. `only` is the number of one round.
    """
    rows = own_assignments(actor).filter(round__call=call)
    rows = rows.filter(Q(entry__state__in=IN_PLAY) | ~Q(round__state=RoundState.READING))
    if only is not None:
        rows = rows.filter(round__number=only)
    rows = rows.select_related("entry__area", "review").order_by("round__number", "entry__number")
    rows = rows.only(
        "state", "round_id", "entry__number", "entry__title", "entry__area__name",
        "review__marks", "review__saved_at", "review__submitted_at",
    )  # fmt: skip
    by_round: dict[int, list[Assignment]] = {}
    for row in rows:
        by_round.setdefault(row.round_id, []).append(row)
    rounds = Round.objects.filter(pk__in=by_round).prefetch_related("criteria")
    sheets = []
    for round_ in rounds:
        round_.call = call
        criteria = list(round_.criteria.all())
        sheets.append(Sheet(round_, tuple(_line(row, round_, criteria) for row in by_round[round_.pk])))
    return sorted(sheets, key=lambda sheet: (not sheet.is_reading, -sheet.round.number))


def handed_in(round_: Round) -> dict[int, int]:
    """Return how many reviews of each entry of a round are handed in: for an order of reading, never to be shown."""
    rows = Assignment.objects.filter(round=round_, state=AssignmentState.SUBMITTED).order_by()
    return dict(rows.values("entry_id").annotate(n=Count("pk")).values_list("entry_id", "n"))


def _seats(actor: Actor) -> QuerySet[Juror]:
    return Juror.objects.filter(account=actor.account_id, account__isnull=False, state=JurorState.ACCEPTED)


def _line(row: Assignment, round_: Round, criteria: Sequence[Criterion]) -> Line:
    review, area = review_of(row), row.entry.area
    marks = review.marks if review is not None else {}
    return Line(
        assignment_id=row.pk,
        entry_id=row.entry_id,
        round=round_.number,
        number=row.entry.number,
        title=row.entry.title,
        area_id=row.entry.area_id,
        area=area.name if area else None,
        state=row.state,
        given=sum(marks.get(criterion.slug) is not None for criterion in criteria),
        asked=len(criteria),
        is_saved=review is not None,
        saved_at=review.saved_at if review else None,
        submitted_at=review.submitted_at if review else None,
    )
