from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings

from summitry.algorithms.selection import Candidate, Demand, Problem, Quota, Relief, Shortage, Side
from summitry.algorithms.selection.choose import run
from tests.algorithms.selection.problems import allowed, bounds, problems


def short(problem: Problem) -> Shortage | None:
    answer = run(problem, lambda _done, _stage: None)
    return answer if isinstance(answer, Shortage) else None


def demands(problem: Problem) -> list[Demand]:
    found = [Demand(Side.PLACES, bound=problem.places)]
    for quota, members in bounds(problem):
        if quota.least:
            found.append(Demand(Side.LEAST, quota.dimension, quota.label, quota.least))
        if quota.most is not None and quota.most < len(members):
            found.append(Demand(Side.MOST, quota.dimension, quota.label, quota.most))
    found += [Demand(Side.REQUIRED, bound=1, keys=(key,)) for key in sorted(problem.required)]
    if problem.excluded:
        found.append(Demand(Side.EXCLUDED, keys=tuple(sorted(problem.excluded))))
    return found


def can_be(problem: Problem, kept: list[Demand]) -> bool:
    """Whether some set of candidates of any size meets these demands."""
    members = {(q.dimension, q.label): found for q, found in bounds(problem)}
    keys = [candidate.key for candidate in problem.candidates]
    return any(
        all(_met(demand, frozenset(some), members) for demand in kept)
        for size in range(len(keys) + 1)
        for some in combinations(keys, size)
    )


def _met(demand: Demand, chosen: frozenset[int], members: dict[tuple[str, str], frozenset[int]]) -> bool:
    count = len(chosen & members.get((demand.dimension, demand.label), frozenset()))
    match demand.side:
        case Side.PLACES:
            return len(chosen) == demand.bound
        case Side.LEAST:
            return count >= demand.bound
        case Side.MOST:
            return count <= demand.bound
        case Side.REQUIRED:
            return chosen >= set(demand.keys)
        case Side.EXCLUDED:
            return not chosen & set(demand.keys)


def relieved(problem: Problem, way: tuple[Relief, ...]) -> list[Demand]:
    """The demands after a way out."""
    changed = {each.demand: each.bound for each in way}
    given_up = (Side.REQUIRED, Side.EXCLUDED)
    return [
        replace(demand, bound=changed.get(demand, demand.bound))
        for demand in demands(problem)
        if not (demand in changed and demand.side in given_up)
    ]


def quota_of(problem: Problem, demand: Demand) -> tuple[object, ...]:
    """What the demand is a part of: one side of a quota, or itself."""
    named = {(quota.dimension, quota.label) for quota in problem.quotas}
    label = demand.label if (demand.dimension, demand.label) in named else "*"
    return (demand.side, demand.dimension, label, demand.keys)


@settings(max_examples=80)
@given(problems(most=6, harsh=True))
def test_shortage_is_a_smallest_conflict_with_ways_that_are_enough(problem: Problem) -> None:
    assume(not allowed(problem))
    answer = short(problem)
    assert answer is not None
    named = list(answer.demands)
    everything = demands(problem)
    assert all(demand in everything for demand in named)
    assert not can_be(problem, named)
    for one in named:
        assert can_be(problem, [demand for demand in named if demand != one])
    quotas = sorted({quota_of(problem, demand) for demand in everything}, key=str)
    for fewer in combinations(quotas, len({quota_of(problem, demand) for demand in named}) - 1):
        assert can_be(problem, [demand for demand in everything if quota_of(problem, demand) in fewer])
    assert answer.ways
    for way in answer.ways:
        assert can_be(problem, relieved(problem, way))


def test_shortage_names_what_binds_and_what_would_free_it() -> None:
    problem = Problem(
        tuple(Candidate(key, 1.0, {"area": "health" if key < 3 else "energy"}) for key in range(8)),
        places=5,
        quotas=(Quota("area", "health", least=3), Quota("area", "energy", most=4)),
        excluded=frozenset({0}),
    )
    wanted = Demand(Side.LEAST, "area", "health", 3)
    out = Demand(Side.EXCLUDED, keys=(0,))
    assert short(problem) == Shortage((wanted, out), ((Relief(wanted, 2),), (Relief(out, 0),)))


def test_two_separate_conflicts_are_freed_together() -> None:
    problem = Problem(
        (Candidate(1, 1.0, {"area": "a"}), Candidate(2, 1.0, {"area": "b"}), Candidate(3, 1.0)),
        places=2,
        quotas=(Quota("area", "a", least=2), Quota("area", "c", least=1)),
    )
    first, second = Demand(Side.LEAST, "area", "a", 2), Demand(Side.LEAST, "area", "c", 1)
    answer = short(problem)
    assert answer is not None
    assert answer.demands in {(first,), (second,)}
    assert answer.ways == ((Relief(first, 1), Relief(second, 0)),)


def test_more_places_than_candidates_is_a_shortage_of_places() -> None:
    places = Demand(Side.PLACES, bound=3)
    answer = short(Problem((Candidate(1, 1.0),), places=3))
    assert answer == Shortage((places,), ((Relief(places, 1),),))
    assert short(Problem((), places=3)) == Shortage((places,), ((Relief(places, 0),),))


def test_shortage_of_a_large_call_is_named_quickly() -> None:
    candidates = tuple(
        Candidate(key, 1.0, {"area": f"a{key % 6}", "entity": f"e{key % 20}", "kind": f"k{key % 4}"})
        for key in range(1000)
    )
    quotas = (
        Quota("area", least=15),
        Quota("entity", most=5),
        Quota("entity", "e3", least=8),
        Quota("kind", most=25),
    )
    answer = short(
        Problem(candidates, 100, (*quotas, Quota("kind", "k1", most=4), Quota("kind", "k3", most=3)))
    )
    assert answer is not None
    assert [demand.label for demand in answer.demands] == ["e3", "k3"]


def test_conflict_of_very_many_labels_is_told_by_the_quota() -> None:
    candidates = tuple(Candidate(key, 1.0, {"organisation": f"o{key % 30}"}) for key in range(90))
    answer = short(Problem(candidates, 40, (Quota("organisation", most=1),)))
    places, each = Demand(Side.PLACES, bound=40), Demand(Side.MOST, "organisation", "*", 1)
    assert answer == Shortage((places, each), ((Relief(places, 30),), (Relief(each, 2),)))
