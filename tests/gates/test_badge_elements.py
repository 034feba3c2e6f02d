from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.errors import InvalidInput
from summitry.gates.queries.badge_defaults import DESIGNS
from summitry.gates.queries.badge_elements import checked_elements, elements_of, stored
from summitry.gates.queries.badge_sheets import SHEETS, Wanted, impose

GOOD = {"kind": "name", "x": 1, "y": 1, "w": 50, "h": 10}


@pytest.mark.parametrize("key", DESIGNS)
def test_every_design_is_a_layout_that_an_editor_could_save(key: str) -> None:
    design = DESIGNS[key]
    kept = stored(design.elements)
    assert checked_elements(kept, design.width, design.height) == elements_of(kept) == design.elements


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"kind": "soul"}, {"0-kind"}),
        ({"x": "far", "w": "-1"}, {"0-x", "0-w"}),
        ({"x": "nan"}, {"0-x"}),
        ({"x": 60}, {"0-w"}),
        ({"size": 10, "least": 11}, {"0-least"}),
        ({"colour": "red"}, {"0-colour"}),
        ({"align": "left"}, {"0-align"}),
        ({"turn": "90"}, {"0-align"}),
        ({"kind": "code", "w": 10}, {"0-w"}),
        ({"kind": "text"}, {"0-text"}),
        ({"kind": "text", "text": "x" * 201}, {"0-text"}),
    ],
)
def test_elements_are_refused_beside_what_is_wrong(wrong: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_elements([{**GOOD, **wrong}], 100, 50)
    assert set(refused.value.fields) == fields


@pytest.mark.parametrize("given_", [None, "x", [1], [GOOD] * 41])
def test_elements_that_are_no_list_of_a_few_are_refused(given_: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_elements(given_, 100, 50)
    assert set(refused.value.fields) == {""}


sizes = st.sampled_from([(105.0, 148.0), (74.0, 105.0), (82.0, 203.0), (100.0, 50.0), (300.0, 300.0)])


@given(
    st.lists(st.tuples(sizes, st.sampled_from(["", "a", "b"])), max_size=40),
    st.sampled_from(["single", "a4", "a3"]),
    st.booleans(),
)
def test_imposition_places_each_badge_once_in_order_and_never_over_another(
    badges: list[tuple[tuple[float, float], str]], kind: str, marks: bool
) -> None:
    wanted = [Wanted(n, w, h, group) for n, ((w, h), group) in enumerate(badges)]
    sheets = impose(wanted, kind, marks=marks)
    assert [slot.badge for sheet in sheets for slot in sheet.slots] == list(range(len(badges)))
    for sheet in sheets:
        assert len({badges[slot.badge][1] for slot in sheet.slots}) == 1
        for n, slot in enumerate(sheet.slots):
            assert slot.x >= 0 <= slot.y
            assert slot.x + slot.w <= sheet.width + 0.01
            assert slot.y + slot.h <= sheet.height + 0.01
            assert all(
                slot.x + slot.w <= other.x
                or other.x + other.w <= slot.x
                or slot.y + slot.h <= other.y
                or other.y + other.h <= slot.y
                for other in sheet.slots[:n]
            )


def test_a_sheet_takes_as_many_as_fit() -> None:
    assert [
        len(sheet.slots) for sheet in impose([Wanted(n, 74, 105) for n in range(5)], "a4", marks=True)
    ] == [4, 1]
    assert SHEETS["a4"] == (210.0, 297.0)
