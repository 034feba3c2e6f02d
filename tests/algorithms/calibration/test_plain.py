import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.calibration import Problem, Rating
from summitry.algorithms.calibration.plain import problem_from, problem_plain, result_from

PLAIN = {
    "entries": [1, 2],
    "ratings": [[1, 7, 1, 5.0, None], [2, 7, 1, 6.5, 90]],
    "places": 1,
    "lowest": 1.0,
    "highest": 10.0,
    "draws": 100,
    "seed": 4,
}


def test_problem_is_written_in_the_order_of_keys_and_read_back():
    problem = Problem((Rating(2, 7, 6.5, seconds=90), Rating(1, 7, 5.0)), (2, 1), 1, 1.0, 10.0, 100, 4)
    assert problem_plain(problem) == PLAIN
    assert problem_plain(problem_from(PLAIN)) == PLAIN


@pytest.mark.parametrize(
    ("member", "value", "said"),
    [
        ("entries", None, "the entries must be a list"),
        ("entries", [True, 2], "an entry must be a whole number"),
        ("entries", [2**70], "an entry must be a whole number"),
        ("ratings", [[1, 7, 1, 5.0]], "five members"),
        ("ratings", [[1, 7, 1, "5", None]], "the score of a rating must be a number"),
        ("ratings", [[1, 7, 1, float("inf"), None]], "the score of a rating must be a number"),
        ("lowest", "1", "the lowest score must be a number"),
        ("draws", 1.5, "the number of draws must be a whole number"),
    ],
)
def test_malformed_problem_is_refused_with_the_member_at_fault(member, value, said):
    with pytest.raises(ValueError, match=said):
        problem_from(PLAIN | {member: value})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*PLAIN]), inner, max_size=7),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(json_values)
def test_whatever_is_no_problem_and_no_result_is_refused(value):
    for read in (problem_from, result_from):
        with pytest.raises(ValueError, match=r"must|is|lies|names"):
            read(value)
