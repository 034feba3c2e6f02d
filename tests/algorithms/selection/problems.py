"""Small problems of every kind, made by hypothesis, and what trying every subset says about them."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from summitry.algorithms.selection import EVERY, Candidate, Problem, Quota
from summitry.algorithms.selection.types import whole

LABELS = {"area": ("a", "b", "c"), "kind": ("x", "y"), "entity": ("CN", "FR", "")}


@st.composite
def problems(
    draw, most: int = 8, scores=(0.0, 1.0, 1.5, 2.0, 2.000001, -1.25), draws: int = 0, *, harsh: bool = False
) -> Problem:
    """Any problem; `harsh` ones mostly have no selection."""
    count = draw(st.integers(0, most))
    keys = draw(st.lists(st.integers(-5, 50), min_size=count, max_size=count, unique=True))
    candidates = tuple(
        Candidate(
            key,
            draw(st.sampled_from(scores)),
            {
                "area": draw(st.sampled_from(LABELS["area"])),
                "kind": draw(st.sampled_from([("x",), ("y",), ("x", "y"), ()])),
                "entity": draw(st.sampled_from(LABELS["entity"])),
            },
            draw(st.sampled_from([None, 0.5])),
        )
        for key in keys
    )
    names = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["area", "kind", "entity"]), st.sampled_from([EVERY, "a", "x", "CN", "none"])
            ),
            unique=True,
            max_size=4,
        )
    )
    quotas = []
    for dimension, label in names:
        possible = 2 if harsh else int(label not in {EVERY, "none"})
        least = draw(st.integers(0, possible))
        most_ = draw(st.one_of(st.none(), st.integers(max(least, 0 if harsh else 1), 4)))
        quotas.append(Quota(dimension, label, least, most_))
    decided = {
        key: draw(
            st.sampled_from(
                (
                    "in out free free free free" if harsh else "in out free free free free free free free"
                ).split()
            )
        )
        for key in keys
    }
    return Problem(
        candidates,
        draw(st.integers(0, count)),
        tuple(quotas),
        frozenset(key for key, side in decided.items() if side == "in"),
        frozenset(key for key, side in decided.items() if side == "out"),
        draws=draws,
        seed=draw(st.integers(0, 3)),
        reserve=draw(st.integers(0, 3)),
    )


def bounds(problem: Problem) -> list[tuple[Quota, frozenset[int]]]:
    """Each bounded label as a quota of its own, and whom it counts."""
    found = []
    for quota in problem.quotas:
        labels = [quota.label]
        if quota.label == EVERY:
            named = {other.label for other in problem.quotas if other.dimension == quota.dimension}
            known = {label for each in problem.candidates for label in each.labels_in(quota.dimension)}
            labels = sorted(known - named)
        for label in labels:
            members = frozenset(e.key for e in problem.candidates if label in e.labels_in(quota.dimension))
            found.append((Quota(quota.dimension, label, quota.least, quota.most), members))
    return found


def allowed(problem: Problem, without: Quota | None = None) -> list[tuple[int, ...]]:
    """Every selection under the quotas, as sorted keys."""
    keys = sorted(candidate.key for candidate in problem.candidates)
    dropped = () if without is None else bounds(problem)
    rows = bounds(problem)
    if without is not None:
        mine = {
            (quota.dimension, quota.label)
            for quota, _members in dropped
            if quota.dimension == without.dimension
            and (
                quota.label == without.label
                or (
                    without.label == EVERY
                    and (quota.dimension, quota.label) not in {(q.dimension, q.label) for q in problem.quotas}
                )
            )
        }
        rows = [(quota, members) for quota, members in rows if (quota.dimension, quota.label) not in mine]
    found = []
    for some in combinations(keys, problem.places):
        chosen = frozenset(some)
        if not problem.required <= chosen or problem.excluded & chosen:
            continue
        counts = [(quota, len(members & chosen)) for quota, members in rows]
        if all(quota.least <= n and (quota.most is None or n <= quota.most) for quota, n in counts):
            found.append(some)
    return found


def total(problem: Problem, keys: tuple[int, ...]) -> int:
    """The summed score in millionths."""
    scores = {candidate.key: whole(candidate.score) for candidate in problem.candidates}
    return sum(scores[key] for key in keys)


def optima(problem: Problem, without: Quota | None = None) -> list[tuple[int, ...]]:
    """Every optimal selection, the smallest first."""
    found = allowed(problem, without)
    best = max((total(problem, each) for each in found), default=0)
    return sorted(each for each in found if total(problem, each) == best)
