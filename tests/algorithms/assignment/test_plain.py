from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.algorithms.assignment import (
    Entry,
    Juror,
    Problem,
    as_plain,
    problem_from,
    problem_plain,
    result_from,
)
from summitry.algorithms.assignment.solve import run
from tests.algorithms.assignment.problems import problem, problems, shuffled


def text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


@settings(max_examples=40, deadline=None)
@given(problems(), st.sampled_from(["best", "random"]))
def test_problems_and_answers_survive_json(asked, mode):
    asked = replace(asked, mode=mode)
    again = problem_from(json.loads(text(problem_plain(asked))))
    assert text(problem_plain(again)) == text(problem_plain(asked))
    answer = run(asked)
    assert run(again) == answer
    assert result_from(json.loads(text(as_plain(answer)))) == answer


@settings(max_examples=20, deadline=None)
@given(problems())
def test_the_order_asked_in_changes_no_byte(asked):
    entries, jurors = len(asked.entries), len(asked.jurors)
    other = shuffled(asked, list(range(entries))[::-1], list(range(jurors))[::-1])
    assert text(problem_plain(other)) == text(problem_plain(asked))


def test_an_answer_is_of_json_types_only():
    def kinds(value: Any) -> set[type]:
        if isinstance(value, dict):
            return {dict, *(kind for one in value.values() for kind in kinds(one))}
        if isinstance(value, list):
            return {list, *(kind for one in value for kind in kinds(one))}
        return {type(value)}

    for asked in (
        problem([[1, 2]]),
        problem([[1, 2]], mode="random", limit=0.6),
        problem([[1, 2]], mode="fair"),
        problem([[1, 2]], reads=3, kept=frozenset({(10, 20)})),
    ):
        assert kinds(as_plain(run(asked))) <= {dict, list, str, int, bool, type(None)}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"entries": None}, "The field entries is not a list."),
        ({"entries": [[1]]}, "An entry is not a list of int, int."),
        ({"entries": [[1, True]]}, "An entry is not a list of int, int."),
        ({"entries": [[1, 1], [1, 1]], "affinity": [[1], [1]]}, "Two entries have the same key."),
        ({"entries": [[10, -1]]}, "The number of reads of entry 10 is outside 0 to 1000000."),
        ({"jurors": [[20, 1, 0, "", None]]}, "A juror is not a list of int, int, int, str, str."),
        ({"affinity": [[1, 2]]}, "The affinity is not 1 lists of 1 numbers."),
        ({"affinity": [[0.5]]}, "An affinity is not a whole number of 0 to 10000."),
        ({"affinity": [[10_001]]}, "An affinity is outside 0 to 10000."),
        ({"barred": [[10, 20, []]]}, "The barred pair (10, 20) names no rule."),
        ({"barred": [[10, 20, [1]]]}, "A rule that bars a pair is not a name."),
        ({"barred": [[10, 99, ["x"]]]}, "The barred pair (10, 99) names nobody here."),
        ({"kept": [[10, 99]]}, "The kept pair (10, 99) names nobody here."),
        ({"mode": "quick"}, "'quick' is not one of the modes best, fair, random."),
        ({"limit": "1"}, "The field limit is of the wrong kind."),
        ({"limit": float("nan")}, "The limit of a pair's probability is not above 0 and at most 1."),
        ({"floor_share": 2}, "The share of the fairness bound is outside 0 to 1."),
        ({"seconds": 0}, "The seconds are not above 0 and at most a day."),
        ({"seed": -1}, "The seed is not a whole number of 0 to 128 bits."),
        ({"per_entity": -1}, "The cap per entity is outside 0 to 1000000."),
        ({"connect": 1}, "The field connect is of the wrong kind."),
    ],
)
def test_a_malformed_problem_is_refused_with_a_sentence(change, sentence):
    value = problem_plain(problem([[1]])) | change
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        problem_from(value)


@pytest.mark.parametrize("value", [None, [], {}, {"answer": "result"}, {"answer": "shortage", "missing": 1}])
def test_a_malformed_answer_is_refused(value):
    with pytest.raises(ValueError, match=r"answer|fields|object"):
        result_from(value)


def test_an_affinity_of_another_shape_or_kind_is_refused():
    entries, jurors = (Entry(1, 1),), (Juror(2, 1),)
    with pytest.raises(ValueError, match="shape"):
        Problem(entries, jurors, np.zeros((2, 1), np.int32))
    with pytest.raises(ValueError, match="whole numbers"):
        Problem(entries, jurors, np.zeros((1, 1)))  # type: ignore[arg-type]
