from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.calibration import Components, Estimate, Result
from summitry.algorithms.effort import next_reads, precedence


def resulting(*known: tuple[float, int, float]) -> Result:
    """A result with these (chance, reads, score) by entry, counted from 1."""
    estimates = tuple(
        Estimate(key, reads, score, score, None, score, 1.0, chance)
        for key, (chance, reads, score) in enumerate(known, start=1)
    )
    return Result(
        estimates, (), Components(5, 1, 1, 0, 1, 0), (), supported=True, linked=1, contested=(), pairs=()
    )


results = st.lists(
    st.tuples(st.integers(0, 20).map(lambda n: n / 20), st.integers(0, 6), st.integers(1, 10).map(float)),
    max_size=12,
).map(lambda known: resulting(*known))


def test_chance_counts_more_than_score_and_score_more_than_key():
    result = resulting((0.2, 3, 9.0), (0.6, 1, 7.0), (0.2, 3, 9.5), (0.2, 3, 9.0), (0.9, 3, 8.0))
    assert [each.entry for each in sorted(result.estimates, key=precedence)] == [5, 2, 3, 1, 4]


def test_reads_go_to_the_contested_band_and_more_to_those_with_fewer():
    result = resulting((1.0, 4, 9.0), (0.5, 4, 7.0), (0.5, 2, 7.0), (0.05, 4, 5.0), (0.0, 4, 3.0))
    assert next_reads(result, 5, least=1, most=9) == {2: 2, 3: 3}


def test_certain_entries_get_nothing_even_where_the_budget_would_allow():
    result = resulting((1.0, 4, 9.0), (0.5, 4, 7.0), (0.5, 4, 7.0), (0.0, 4, 3.0))
    assert next_reads(result, 100, least=2, most=3) == {2: 3, 3: 3}


def test_without_sense_in_the_bounds_nobody_gets_a_read():
    result = resulting((0.5, 1, 5.0))
    assert [next_reads(result, *bounds) for bounds in ((5, 0, 3), (5, 3, 2), (1, 2, 3), (0, 1, 1))] == [
        {}
    ] * 4


@settings(max_examples=80, deadline=None)
@given(results, st.integers(0, 40), st.integers(1, 3), st.integers(0, 5))
def test_reads_keep_to_budget_and_bounds(result, budget, least, more):
    reads = next_reads(result, budget, least, least + more)
    chances = {estimate.entry: estimate.chance for estimate in result.estimates}
    assert sum(reads.values()) <= budget
    assert all(least <= count <= least + more for count in reads.values())
    assert all(0 < chances[entry] < 1 for entry in reads)
    assert list(reads) == sorted(reads)
    unfed = [entry for entry, chance in chances.items() if 0 < chance < 1 and entry not in reads]
    assert not unfed or budget - sum(reads.values()) < least
