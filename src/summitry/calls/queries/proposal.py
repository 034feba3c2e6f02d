"""An assignment as one reader sees it before and after it is in force: its figures, the worst served entries, the loads.

Everything is counted of the entries that the reader may know of, so that no count tells of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from summitry.calls.enums import AssignmentState, ComputationState, JurorState
from summitry.calls.models import Assignment, Computation, Entry, Juror, Round, Standing
from summitry.calls.permissions_judging import HELD, barred
from summitry.calls.queries.computations import answer_of
from summitry.calls.queries.summaries import WORST
from summitry.foundation.access import Actor, visible

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Served:
    """An entry and how well its readers fit it, as a share of the best fit that as many could have."""

    entry: Entry
    share: float


@dataclass(frozen=True, slots=True)
class Load:
    """How many entries a juror has now, and how many she would have."""

    juror: Juror
    now: int
    then: int

    @property
    def is_full(self) -> bool:
        """Whether she would read as many as she said she can at most."""
        return self.then >= self.juror.most


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an assignment gives and changes. Shares are of 1; `worst_share` is None where no entry is read.

    `optimum` is the summed fit against the largest that any assignment could have, `fairness` that of the worst served entry
    against the largest that it could have. `new` reads come onto a table, `gone` leave one, `stay` are there already, of
    which `kept` are begun or handed in.
    """

    computation: Computation
    reads: int
    mean: float
    optimum: float
    fairness: float | None
    worst: list[Served]
    loads: list[Load]
    new: int
    gone: int
    stay: int
    kept: int
    same_organisation: int
    same_entity: int
    components: int
    notes: tuple[str, ...]
    is_masked: bool

    @property
    def has_panels(self) -> bool:
        """Whether the jury falls into several panels, which share some entries so that their marks can be compared."""
        return len({load.juror.panel_id for load in self.loads} - {None}) > 1

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for approval."""
        return self.computation.state == ComputationState.PROPOSED


def proposal_shown(computation: Computation, round_: Round, actor: Actor) -> Proposal:
    """Return an assignment as `actor` may see it (four queries)."""
    answer, summary = answer_of(computation) or {}, computation.summary
    entries = _entries(round_, actor)
    pairs = {(entry, juror) for entry, juror in answer["pairs"] if entry in entries}
    rows = visible(actor, Assignment.objects.filter(round=round_, state__in=HELD))
    held = {(entry, juror): state for entry, juror, state in rows.values_list("entry", "juror", "state")}
    served = {entry: fit for entry, fit in summary["served"] if entry in entries}
    readers = Counter(entry for entry, _juror in pairs)
    shares = {entry: fit / (10_000 * readers[entry]) for entry, fit in served.items() if readers[entry]}
    worst = sorted(shares, key=lambda entry: (shares[entry], entry))[:WORST]
    shown = Entry.objects.only("number", "title").in_bulk(worst)
    return Proposal(
        computation=computation,
        reads=len(pairs),
        mean=sum(served.values()) / (10_000 * len(pairs)) if pairs else 0.0,
        optimum=_share(summary["total"], summary["bound"]) or 0.0,
        fairness=_share(summary["worst"], summary["worst_bound"]),
        worst=[Served(shown[entry], shares[entry]) for entry in worst],
        loads=_loads(round_, held, pairs),
        new=len(pairs - held.keys()),
        gone=len(held.keys() - pairs),
        stay=len(held.keys() & pairs),
        kept=sum(held[pair] != AssignmentState.GIVEN for pair in held.keys() & pairs),
        same_organisation=summary["same_organisation"],
        same_entity=summary["same_entity"],
        components=summary["components"],
        notes=tuple(summary["notes"]),
        is_masked=len(entries) < summary["entries"],
    )


def _entries(round_: Round, actor: Actor) -> set[int]:
    """The entries of a round that the reader may know of."""
    rows = Standing.objects.filter(round=round_)
    ids = barred(actor)
    rows = rows if ids is None else rows.exclude(entry__in=ids)
    return set(rows.values_list("entry_id", flat=True))


def _loads(round_: Round, held: Iterable[Pair], pairs: Iterable[Pair]) -> list[Load]:
    now, then = (Counter(juror for _entry, juror in found) for found in (held, pairs))
    rows = Juror.objects.filter(call=round_.call_id).order_by("pk")
    return [
        Load(row, now[row.pk], then[row.pk])
        for row in rows
        if row.state == JurorState.ACCEPTED or now[row.pk] or then[row.pk]
    ]


def _share(value: int, bound: int | None) -> float | None:
    return value / bound if bound else None
