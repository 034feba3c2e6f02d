"""Proposed teams: able, free, rested, the least loaded first; and relays that never go round in a circle."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from summitry.algorithms.booths import Booth, Choice, FaultKind, Opening, check, propose
from summitry.algorithms.booths.check import REST

HOUR = 3600
FR, ZH = frozenset({("en", "fr"), ("fr", "en")}), frozenset({("en", "zh"), ("zh", "en")})


def opening(sitting: int = 1, lang: str = "fr", starts: int = 0, **facts: object) -> Opening:
    values: dict[str, object] = {"ends": starts + HOUR, "spoken": frozenset({"en"}), **facts}
    return Opening(sitting, lang, starts, **values)  # type: ignore[arg-type] # a builder for tests


def told(*choices: Choice) -> list[tuple[int, str, tuple[int, ...], str, int]]:
    return [(one.opening.sitting, one.opening.lang, one.team, one.relay, one.missing) for one in choices]


def test_two_are_proposed_for_an_hour_and_one_for_a_short_sitting():
    pairs = dict.fromkeys((1, 2, 3), FR)
    long, short = opening(), opening(2, starts=9 * HOUR, ends=9 * HOUR + 1800)
    assert told(*propose([long, short], pairs, {})) == [(1, "fr", (1, 2), "", 0), (2, "fr", (3,), "", 0)]


def test_those_who_are_there_stay_and_somebody_is_added():
    assert told(*propose([opening(team=(2,))], dict.fromkeys((1, 2), FR), {})) == [(1, "fr", (2, 1), "", 0)]


def test_whoever_works_or_needs_rest_is_not_proposed():
    busy = {1: [(-HOUR, -REST + 1)], 2: [(HOUR + REST, 2 * HOUR)], 3: [(1800, 2000)]}
    assert told(*propose([opening()], dict.fromkeys((1, 2, 3), FR), busy)) == [(1, "fr", (2,), "", 1)]


def test_two_cover_together_what_neither_does_alone():
    pairs = {1: FR, 2: FR, 3: ZH}
    spoken = frozenset({"fr", "zh"})
    assert told(*propose([opening(lang="en", spoken=spoken)], pairs, {})) == [(1, "en", (1, 3), "", 0)]


def test_relay_serves_where_nobody_masters_the_floor():
    spoken = frozenset({"en", "zh"})
    choice = propose([opening(spoken=spoken, relays=("en", "zh"))], {1: FR, 2: FR}, {})
    assert told(*choice) == [(1, "fr", (1, 2), "en", 0)]


def test_relays_do_not_lead_back():
    spoken = frozenset({"ru", "fr", "zh"})
    pairs = {1: frozenset({("fr", "zh")}), 2: frozenset({("zh", "fr")})}
    found = propose(
        [opening(lang=lang, spoken=spoken, relays=("fr", "zh")) for lang in ("fr", "zh")], pairs, {}
    )
    assert [one.relay for one in found].count("") == 1


def test_nobody_able_is_told():
    assert told(*propose([opening(lang="ar")], {1: FR}, {})) == [(1, "ar", (), "", 2)]


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.sampled_from(["fr", "zh", "en"]), st.sampled_from(["en", "fr"])),
        max_size=14,
    ),
    st.lists(st.sampled_from([FR, ZH, FR | ZH]), max_size=8),
)
def test_proposal_never_doubles_tires_or_misplaces_anybody(asked, people):
    openings = [
        opening(n, lang, starts * 1800, spoken=frozenset({spoken}))
        for n, (starts, lang, spoken) in enumerate(asked)
        if lang != spoken
    ]
    pairs = dict(enumerate(people, 1))
    found = propose(openings, pairs, {})
    assert {(one.opening.sitting, one.opening.lang) for one in found} == {
        (o.sitting, o.lang) for o in openings
    }
    for one, other in combinations(found, 2):
        if set(one.team) & set(other.team):
            gap = max(one.opening.starts - other.opening.ends, other.opening.starts - one.opening.ends)
            assert gap >= REST
    booths = [
        Booth(o.sitting, o.lang, o.starts, o.ends, one.team, o.spoken, one.relay)
        for one in found
        for o in (one.opening,)
        if one.team
    ]
    kinds = {fault.kind for fault in check(booths, {}, {}, pairs)}
    assert kinds <= {FaultKind.ALONE}
