"""The rule engine, by itself."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from summitry.gates.queries.access_table import (
    Cell,
    Exemption,
    Holder,
    Interval,
    Rule,
    access_of,
    common,
    hours_on,
    less,
    union,
)

intervals = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Interval(*ends)), max_size=6
)


def seconds(covered: list[Interval]) -> set[int]:
    return {second for one in covered for second in range(one.start, one.end)}


@given(intervals, intervals, st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_arithmetic_of_intervals_is_that_of_sets(
    ours: list[Interval], theirs: list[Interval], taken: tuple[int, int]
) -> None:
    assert seconds(union(ours)) == seconds(ours)
    assert seconds(common(union(ours), union(theirs))) == seconds(ours) & seconds(theirs)
    assert seconds(less(union(ours), Interval(*taken))) == seconds(ours) - set(range(*taken))
    joined = union(ours)
    assert all(a.end < b.start for a, b in pairwise(joined))
    assert all(one.start < one.end for one in joined)


holders = st.builds(
    Holder,
    st.frozensets(st.integers(1, 3), min_size=1),
    st.sampled_from(["on_site", "online"]),
    st.lists(
        st.builds(
            Exemption,
            st.integers(1, 2),
            st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda ends: Interval(*ends)),
            st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
)
rules = st.lists(
    st.builds(
        Rule,
        st.integers(1, 2),
        st.none() | st.integers(1, 3),
        st.sampled_from(["", "on_site", "online"]),
        intervals.map(tuple),
    ),
    max_size=5,
)


def may(holder: Holder, given_rules: list[Rule], zone: int, at: int) -> bool:
    """Say by the rules' own words whether somebody may be in a zone at an instant."""
    named = [
        one for one in holder.exemptions if one.zone == zone and one.interval.start <= at < one.interval.end
    ]
    if any(not one.allows for one in named):
        return False
    if named:
        return True
    by_rule = any(
        rule.zone == zone
        and rule.attendance in ("", holder.attendance)
        and (rule.category is None or rule.category in holder.categories)
        and any(one.start <= at < one.end for one in rule.intervals)
        for rule in given_rules
    )
    return by_rule and (holder.principal is None or may(holder.principal, given_rules, zone, at))


@given(holders, st.none() | holders, rules)
def test_table_says_what_the_rules_say(
    one: Holder, principal: Holder | None, given_rules: list[Rule]
) -> None:
    holder = Holder(one.categories, one.attendance, one.exemptions, principal)
    table = access_of(holder, given_rules)
    for zone in (1, 2):
        opened = {at for cell in table if cell.zone == zone for at in range(cell.start, cell.end)}
        assert opened == {at for at in range(31) if may(holder, given_rules, zone, at)}


def test_companion_comes_along_and_no_further() -> None:
    day = Rule(1, None, "on_site", (Interval(0, 10),))
    vip = Rule(2, 7, "on_site", (Interval(0, 10),))
    everybody = Rule(2, None, "on_site", (Interval(5, 20),))
    principal = Holder(frozenset({7}), "on_site")
    companion = Holder(frozenset({8}), "on_site", principal=principal)
    assert access_of(principal, [day, vip]) == [Cell(1, 0, 10), Cell(2, 0, 10)]
    assert access_of(companion, [day, vip]) == [Cell(1, 0, 10)]
    assert access_of(companion, [vip, Rule(2, 8, "on_site", (Interval(5, 20),))]) == [Cell(2, 5, 10)]
    assert access_of(companion, [everybody]) == [Cell(2, 5, 20)]


def test_hours_are_those_of_the_host_citys_clock() -> None:
    day, zone = dt.date(2026, 3, 28), ZoneInfo("Europe/Paris")
    days = [day, day + dt.timedelta(days=1)]
    lengths = [one.end - one.start for one in hours_on(days, dt.time(22), dt.time(6), zone)]
    assert lengths == [7 * 3600, 8 * 3600]
    assert [one.end - one.start for one in hours_on(days, None, None, zone)] == [47 * 3600]
    assert hours_on(days[:1], dt.time(8), dt.time(20), zone)[0] == Interval(1774681200, 1774724400)
