from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.i18n import Text
from summitry.programme.enums import ChangeKind
from summitry.programme.queries.diff import Change, Place, Placed, changes_between

MORNING = dt.datetime(2026, 11, 9, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)

places = st.builds(
    lambda room, start, hours: Place(room, MORNING + start * HOUR, MORNING + (start + hours) * HOUR),
    st.none() | st.integers(1, 3),
    st.integers(0, 5),
    st.integers(1, 3),
)
titles = st.sampled_from([Text.of("One"), Text.of("Two"), Text.of({"en": "One", "fr": "Un"}), Text()])
states = st.dictionaries(st.integers(1, 6), st.builds(Placed, places, titles, st.booleans()), max_size=6)


def applied(old: dict[int, Placed], changes: list[Change]) -> dict[int, Place]:
    """The places of what takes place after the changes."""
    result = {pk: placed.place for pk, placed in old.items() if not placed.is_cancelled}
    for change in changes:
        if change.kind == ChangeKind.CANCELLED:
            del result[change.session_id]
        elif change.after is not None:
            result[change.session_id] = change.after
    return result


@given(states, states)
def test_changes_lead_from_the_old_to_the_new(old: dict[int, Placed], new: dict[int, Placed]) -> None:
    wanted = {pk: placed.place for pk, placed in new.items() if not placed.is_cancelled}
    assert applied(old, changes_between(old, new)) == wanted


@given(states)
def test_nothing_changed_means_no_change(state: dict[int, Placed]) -> None:
    assert changes_between(state, state) == []


@given(states, states)
def test_changes_survive_being_stored(old: dict[int, Placed], new: dict[int, Placed]) -> None:
    changes = changes_between(old, new)
    assert [Change.from_json(change.to_json()) for change in changes] == changes


def test_moved_and_renamed_are_two_changes() -> None:
    here, there = Place(1, MORNING, MORNING + HOUR), Place(2, MORNING, MORNING + HOUR)
    changes = changes_between({1: Placed(here, Text.of("Old"))}, {1: Placed(there, Text.of("New"))})
    assert [change.kind for change in changes] == [ChangeKind.MOVED, ChangeKind.RENAMED]
    assert (changes[0].before, changes[0].after) == (here, there)


def test_new_translation_is_no_renaming() -> None:
    place = Place(1, MORNING, MORNING + HOUR)
    title = Text.of("Old")
    assert (
        changes_between({1: Placed(place, title)}, {1: Placed(place, title.with_text("fr", "Vieux"))}) == []
    )
