"""The question of an assignment and its two possible answers: a result, or a shortage that names its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Pair = tuple[int, int]
"""The key of an entry, then the key of a juror."""
Mode = Literal["best", "fair", "random"]
Goal = Literal["reads", "minimums"]
"""What may be lacking: the reads that entries need, or those that jurors must have."""
GroupKind = Literal["organisation", "entity"]
MODES: tuple[Mode, ...] = ("best", "fair", "random")
WHOLE = 10_000
"""Affinities and probabilities are whole ten-thousandths, so that sums are exact."""
LARGEST = 1_000_000
"""No count of reads, load or cap may be larger."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is read: `reads` different jurors must read it."""

    key: int
    reads: int


@dataclass(frozen=True, slots=True)
class Juror:
    """Who reads `least` to `most` entries. An empty organisation or entity shares its cap with nobody."""

    key: int
    most: int
    least: int = 0
    organisation: str = ""
    entity: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Who may read what, how much, and what is wanted. Raises ValueError with an exact sentence where it contradicts itself.

    `affinity` has a row per entry and a column per juror, in their order here, in ten-thousandths. `barred` pairs must not
    be, for the rules named; `kept` pairs must be (a review has begun); `former` pairs were in force and are given up only
    where the rest demands it; they may name who is no longer there. At most `per_organisation` jurors of one organisation
    and `per_entity` of one entity read an entry. Modes: `best` total; `fair`, which first brings the worst served entry to
    `floor_share` of what is possible, in about `seconds`; `random`, in which no pair is likelier than `limit` and the draw
    follows `seed`. With `connect`, the graph of jurors and entries is made one where exchanges can do it.
    """

    entries: tuple[Entry, ...]
    jurors: tuple[Juror, ...]
    affinity: npt.NDArray[np.int32]
    barred: Mapping[Pair, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    kept: frozenset[Pair] = frozenset()
    former: frozenset[Pair] = frozenset()
    per_organisation: int | None = None
    per_entity: int | None = None
    mode: Mode = "best"
    limit: float = 0.8
    seed: int = 0
    floor_share: float = 1.0
    seconds: float = 60.0
    connect: bool = False

    def __post_init__(self) -> None:
        self._check_people()
        self._check_affinity()
        self._check_pairs("barred", self.barred)
        self._check_pairs("kept", self.kept)
        for pair, rules in self.barred.items():
            if not rules:
                raise ValueError(f"The barred pair {pair} names no rule.")
        self._check_wishes()

    def _check_people(self) -> None:
        for name, keys in (
            ("entries", [entry.key for entry in self.entries]),
            ("jurors", [juror.key for juror in self.jurors]),
        ):
            if len(set(keys)) < len(keys):
                raise ValueError(f"Two {name} have the same key.")
        for entry in self.entries:
            _check_count(f"The number of reads of entry {entry.key}", entry.reads)
        for juror in self.jurors:
            _check_count(f"The largest load of juror {juror.key}", juror.most)
            _check_count(f"The smallest load of juror {juror.key}", juror.least)
        for name, cap in (("organisation", self.per_organisation), ("entity", self.per_entity)):
            if cap is not None:
                _check_count(f"The cap per {name}", cap)

    def _check_affinity(self) -> None:
        shape = (len(self.entries), len(self.jurors))
        if self.affinity.shape != shape:
            raise ValueError(f"The affinity has the shape {self.affinity.shape}, not {shape}.")
        if self.affinity.dtype.kind not in "iu":
            raise ValueError("The affinity is not of whole numbers.")
        if self.affinity.size and not 0 <= self.affinity.min() <= self.affinity.max() <= WHOLE:
            raise ValueError(f"An affinity is outside 0 to {WHOLE}.")

    def _check_pairs(self, name: str, pairs: Iterable[Pair]) -> None:
        entries = {entry.key for entry in self.entries}
        jurors = {juror.key for juror in self.jurors}
        for entry, juror in pairs:
            if entry not in entries or juror not in jurors:
                raise ValueError(f"The {name} pair {(entry, juror)} names nobody here.")

    def _check_wishes(self) -> None:
        if self.mode not in MODES:
            raise ValueError(f"{self.mode!r} is not one of the modes {', '.join(MODES)}.")
        if not 0 < self.limit <= 1:
            raise ValueError("The limit of a pair's probability is not above 0 and at most 1.")
        if not 0 <= self.floor_share <= 1:
            raise ValueError("The share of the fairness bound is outside 0 to 1.")
        if not 0 < self.seconds <= 86_400:
            raise ValueError("The seconds are not above 0 and at most a day.")
        if not 0 <= self.seed < 2**128:
            raise ValueError("The seed is not a whole number of 0 to 128 bits.")


def _check_count(name: str, count: int) -> None:
    if not 0 <= count <= LARGEST:
        raise ValueError(f"{name} is outside 0 to {LARGEST}.")


class UnansweredError(Exception):
    """The time was over before it was known whether there is an assignment. Only caps that cross can take so long."""


class Note(StrEnum):
    """What the reader of a result should know about how it came about."""

    CAPS_CROSS = "caps_cross"
    """Organisations and entities are not nested, so the caps were solved as an integer program."""
    FLOOR_LOWERED = "floor_lowered"
    """The floor that was asked for could not be reached or proved impossible; a lower one was."""
    REWEIGHTED = "reweighted"
    """No floor could be proved: the fairness comes from reweighted flows."""
    UNPROVED = "unproved"
    """Under its floor, the total may not be the largest."""
    STOPPED = "stopped"
    """A time limit decided: another machine may find another result, which is to be checked instead of replayed."""
    NOT_CONNECTED = "not_connected"
    """Jurors and entries fall into components that no exchange within the rules could join."""


@dataclass(frozen=True, slots=True)
class Result:
    """An assignment that keeps every rule; affinities and probabilities in ten-thousandths.

    `bound` is the largest total that any assignment could have, `worst` the smallest summed affinity of an entry that is
    read at all, and `worst_bound` what that could be at most (mode `fair` only). `moved` are the former pairs that were
    still possible and yet are lost. `components` counts the parts of the graph of jurors and entries. In mode `random`,
    `probabilities` lists the pairs that were possible, as entry, juror and probability, and `expected` is the mean total.
    """

    pairs: tuple[Pair, ...]
    total: int
    bound: int
    worst: int
    worst_bound: int | None
    moved: tuple[Pair, ...]
    components: int
    solver: str
    notes: tuple[Note, ...] = ()
    expected: int | None = None
    probabilities: tuple[tuple[int, int, int], ...] = ()


class Change(StrEnum):
    """One kind of step that frees a shortage."""

    RAISE_MOST = "raise_most"
    """Juror `juror` reads up to `by` more."""
    LOWER_LEAST = "lower_least"
    """Juror `juror` need read `by` fewer."""
    LOWER_READS = "lower_reads"
    """Entry `entry` gets by with `by` fewer reads."""
    RAISE_READS = "raise_reads"
    """Entry `entry` is read by `by` more."""
    LIFT_RULES = "lift_rules"
    """The rules `rules`, which together bar the pair of `entry` and `juror`, no longer do."""
    RELEASE_KEPT = "release_kept"
    """The pair of `entry` and `juror` need not be kept."""
    RAISE_ORGANISATION_CAP = "raise_organisation_cap"
    """`by` more jurors of one organisation may read an entry."""
    RAISE_ENTITY_CAP = "raise_entity_cap"
    """`by` more jurors of one entity may read an entry."""
    RAISE_LIMIT = "raise_limit"
    """A pair may be likelier by `by` ten-thousandths."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change of the question; only the fields that its change names are set."""

    change: Change
    entry: int | None = None
    juror: int | None = None
    by: int = 0
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """Steps to be taken together, and what is wrong afterwards: reads, reads to the jurors' minimums, clashing kept pairs.

    Verified: what is still wrong was found by asking the changed question. A remedy that leaves nothing frees all.
    """

    steps: tuple[Step, ...]
    still_missing: int
    still_unreached: int
    still_clashing: int

    @property
    def frees_all(self) -> bool:
        """Whether an assignment exists after these steps."""
        return not (self.still_missing or self.still_unreached or self.still_clashing)


@dataclass(frozen=True, slots=True)
class ShortEntry:
    """An entry that stays `missing` reads short of its `reads`; `open` jurors may read it at all."""

    entry: int
    reads: int
    missing: int
    open: int


@dataclass(frozen=True, slots=True)
class ShortJuror:
    """A juror who can `reach` at most so many of the `least` that she should read."""

    juror: int
    least: int
    reach: int


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """Entries and jurors that compete for the same reads.

    Goal `reads`: the entries together need `need` reads, of which those who may read them, whose loads they exhaust, can
    give only `give`. Goal `minimums`: the jurors together should read `need`, of which those that they may read, whose reads
    they exhaust (`entries`), offer only `give`. Either part may be empty: who may read too few entries exhausts none.
    """

    goal: Goal
    entries: tuple[int, ...]
    jurors: tuple[int, ...]
    need: int
    give: int


@dataclass(frozen=True, slots=True)
class BindingRule:
    """Rules that bar `pairs` pairs of short entries, and how many reads lifting them there would `free`."""

    rules: tuple[str, ...]
    pairs: int
    frees: int
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BindingCap:
    """A cap that holds reads back: so many would be free without it, at these entries; `jointly`, without both caps."""

    kind: GroupKind
    cap: int
    frees: int
    entries: tuple[int, ...]
    jointly: bool


class Clash(StrEnum):
    """Why kept pairs cannot all be kept."""

    BARRED = "barred"
    """A rule bars the pair."""
    ENTRY_FULL = "entry_full"
    """The entry has more kept pairs than reads."""
    JUROR_FULL = "juror_full"
    """The juror has more kept pairs than she may read."""
    ORGANISATION_CAP = "organisation_cap"
    """More kept pairs of the entry than jurors of one organisation may read it."""
    ENTITY_CAP = "entity_cap"
    """More kept pairs of the entry than jurors of one entity may read it."""


@dataclass(frozen=True, slots=True)
class KeptClash:
    """A kept pair that clashes with another demand of the question."""

    entry: int
    juror: int
    clash: Clash


@dataclass(frozen=True, slots=True)
class Shortage:
    """Why no assignment exists and what would free it.

    `missing` reads stay open in the best that can be had, and `unreached` reads to the jurors' minimums. Which entries stay
    short is often a choice: `entries` are those of one best attempt, `bottleneck` all that compete for the same jurors.
    """

    missing: int
    unreached: int
    entries: tuple[ShortEntry, ...]
    jurors: tuple[ShortJuror, ...]
    bottleneck: Bottleneck | None
    rules: tuple[BindingRule, ...]
    caps: tuple[BindingCap, ...]
    clashes: tuple[KeptClash, ...]
    remedies: tuple[Remedy, ...]
    solver: str


Plain = dict[str, Any]
"""A value of JSON types only."""
