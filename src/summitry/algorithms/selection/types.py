"""The question and the answer of a selection: plain values, all keys ints, all scores exact to a millionth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

EVERY = "*"
"""In place of a label: this quota holds for each label of its dimension that has no quota of its own."""

UNIT = 1_000_000
"""Scores are compared in whole millionths: what differs by less is a tie."""

MOST_SCORE = 100_000
MOST_CANDIDATES = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry: its score, its labels per dimension (one or several), and the standard error of its score if known.

    An entry with several labels in a dimension counts for each of them, an entry with none for no quota of it.
    """

    key: int
    score: float
    labels: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    error: float | None = None

    def labels_in(self, dimension: str) -> tuple[str, ...]:
        """Its labels in this dimension, each once."""
        found = self.labels.get(dimension, ())
        return (found,) if isinstance(found, str) else tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Quota:
    """At least and at most so many chosen entries with this label, or with each label (EVERY)."""

    dimension: str
    label: str = EVERY
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Choose exactly `places` candidates of the highest summed score under the quotas and what is decided already.

    For the chances, `samples` are draws of all scores, each in the order of `candidates`; without samples, `draws` draws
    are made from each candidate's own score and error by `seed`. `reserve` is how many to name who follow. Of all optima the
    one with the smallest keys is taken; with the published seed of a `lottery`, the one whose keys that lottery draws first.
    Raises ValueError with a sentence where the parts do not fit together.
    """

    candidates: tuple[Candidate, ...]
    places: int
    quotas: tuple[Quota, ...] = ()
    required: frozenset[int] = frozenset()
    excluded: frozenset[int] = frozenset()
    draws: int = 0
    samples: tuple[tuple[float, ...], ...] = ()
    seed: int = 0
    reserve: int = 0
    lottery: str = ""

    def __post_init__(self) -> None:
        """Refuse what has no meaning; whether the quotas can be met together is the solver's answer."""
        keys = [candidate.key for candidate in self.candidates]
        if len(keys) > MOST_CANDIDATES:
            raise ValueError(f"There are {len(keys)} candidates; at most {MOST_CANDIDATES} are possible.")
        for key, times in Counter(keys).items():
            if times > 1:
                raise ValueError(f"Candidate {key} is there {times} times.")
        _check_decided(self.required, self.excluded, frozenset(keys))
        for name in ("places", "draws", "seed", "reserve"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} is less than 0.")
        for candidate in self.candidates:
            _check_candidate(candidate)
        _check_quotas(self.quotas)
        for row, sample in enumerate(self.samples):
            if len(sample) != len(keys):
                raise ValueError(f"Sample {row} has {len(sample)} scores for {len(keys)} candidates.")
            if not all(abs(score) <= MOST_SCORE for score in sample):
                raise ValueError(f"Sample {row} has a score that is no number between ±{MOST_SCORE}.")


def _check_decided(required: frozenset[int], excluded: frozenset[int], keys: frozenset[int]) -> None:
    for key in sorted((required | excluded) - keys):
        raise ValueError(f"{key} is decided, but is no candidate.")
    for key in sorted(required & excluded):
        raise ValueError(f"Candidate {key} is decided both in and out.")


def _check_candidate(candidate: Candidate) -> None:
    if not abs(candidate.score) <= MOST_SCORE:
        raise ValueError(f"The score of candidate {candidate.key} is no number between ±{MOST_SCORE}.")
    if candidate.error is not None and not 0 <= candidate.error <= MOST_SCORE:
        raise ValueError(f"The error of candidate {candidate.key} is no number between 0 and {MOST_SCORE}.")
    for dimension in candidate.labels:
        if EVERY in candidate.labels_in(dimension):
            raise ValueError(f"Candidate {candidate.key} has the label {EVERY}, which means every label.")


def _check_quotas(quotas: tuple[Quota, ...]) -> None:
    for quota in quotas:
        name = f"{quota.dimension} {quota.label}"
        if quota.least < 0 or (quota.most is not None and quota.most < 0):
            raise ValueError(f"The quota for {name} is less than 0.")
        if quota.most is not None and quota.least > quota.most:
            raise ValueError(
                f"The quota for {name} asks for at least {quota.least} and at most {quota.most}."
            )
    for (dimension, label), times in Counter((quota.dimension, quota.label) for quota in quotas).items():
        if times > 1:
            raise ValueError(f"There are {times} quotas for {dimension} {label}.")


def whole(score: float) -> int:
    """Return a score in whole millionths, halves to even."""
    return round(score * UNIT)


def as_score(millionths: int) -> float:
    """Return whole millionths as a score."""
    return millionths / UNIT


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the chosen carry a label that a quota bounds."""

    dimension: str
    label: str
    least: int
    most: int | None
    chosen: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Price:
    """What one quota costs: the summed score it loses, who comes in and who goes out without it."""

    quota: Quota
    loss: float
    comes: tuple[int, ...]
    goes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flip:
    """How much a score must fall (chosen) or rise (not chosen) until the optimum is indifferent; beyond that, it flips.

    `comes` and `goes` are the others who change places then. `change` is None where no score would flip it.
    """

    key: int
    chosen: bool
    change: float | None
    comes: tuple[int, ...] = ()
    goes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """In which share of the draws a candidate is selected under the quotas."""

    key: int
    share: float


@dataclass(frozen=True, slots=True)
class Reserve:
    """One who may follow, and whose places she may take with every quota still met, all others staying."""

    key: int
    replaces: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Entries among whom the optimum is indifferent: `places` of them are chosen.

    `open` says that any choice of so many of them is an optimum, so that a lottery may draw freely; else the quotas link
    some of them, and a lottery must be that of the problem, which keeps to the quotas.
    """

    keys: tuple[int, ...]
    places: int
    open: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The optimum, one of those with the highest summed score, and what is to be said about it."""

    chosen: tuple[int, ...]
    objective: float
    unconstrained: float
    counts: tuple[Count, ...]
    prices: tuple[Price, ...]
    flips: tuple[Flip, ...]
    chances: tuple[Chance, ...]
    reserve: tuple[Reserve, ...]
    ties: tuple[Tie, ...]


class Side(StrEnum):
    """What a demand asks for."""

    LEAST = "least"
    MOST = "most"
    PLACES = "places"
    REQUIRED = "required"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing asked for: a bound of a quota for a label, the number of places, an entry decided in, those decided out.

    `label` is EVERY where a quota for every label is meant as a whole.
    """

    side: Side
    dimension: str = ""
    label: str = ""
    bound: int = 0
    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Relief:
    """One demand given up or changed: `bound` is what it would have to be (for those decided in or out: 0)."""

    demand: Demand
    bound: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """There is no selection: a smallest set of demands that cannot be met together, and ways out.

    Each way is a set of changes that is enough, with all other demands kept.
    """

    demands: tuple[Demand, ...]
    ways: tuple[tuple[Relief, ...], ...]
