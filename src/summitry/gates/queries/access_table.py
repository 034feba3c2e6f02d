"""The one rule engine: from rules, grants and denials to the table of when a guest may enter which zone.

It is plain arithmetic on intervals of whole seconds, without a database and without a clock. Whoever decides at a gate
looks the answer up in its table, and knows no rules.

The order: what the rules say to any of her categories, for how she takes part; for a companion only as far as her
principal may go as well; then what is granted to her by name; less what is denied to her by name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


class Interval(NamedTuple):
    """From an instant until before another, in seconds since 1970."""

    start: int
    end: int


class Cell(NamedTuple):
    """One line of the table: a zone, and an interval in which it is open to the guest."""

    zone: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rule:
    """That a category (all of them: None), taking part in one way (any: ""), may enter a zone in some intervals."""

    zone: int
    category: int | None
    attendance: str
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Exemption:
    """What was granted or denied to one guest by name."""

    zone: int
    interval: Interval
    allows: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """What the rules ask about a guest; a companion has a principal."""

    categories: frozenset[int]
    attendance: str
    exemptions: tuple[Exemption, ...] = field(default=())
    principal: Holder | None = None


def access_of(holder: Holder, rules: Sequence[Rule]) -> list[Cell]:
    """Return the table of one guest: by zone, then by time, without overlaps and without gaps of no length."""
    open_: dict[int, list[Interval]] = _by_rules(holder, rules)
    if holder.principal is not None:
        bounds: dict[int, list[Interval]] = defaultdict(list)
        for cell in access_of(holder.principal, rules):
            bounds[cell.zone].append(Interval(cell.start, cell.end))
        open_ = {zone: common(mine, bounds[zone]) for zone, mine in open_.items()}
    for allows in (True, False):
        for one in holder.exemptions:
            if one.allows is allows:
                present = open_.get(one.zone, [])
                open_[one.zone] = union([*present, one.interval]) if allows else less(present, one.interval)
    return [Cell(zone, *interval) for zone in sorted(open_) for interval in open_[zone]]


def _by_rules(holder: Holder, rules: Sequence[Rule]) -> dict[int, list[Interval]]:
    found: dict[int, list[Interval]] = defaultdict(list)
    for rule in rules:
        if rule.attendance not in ("", holder.attendance):
            continue
        if rule.category is None or rule.category in holder.categories:
            found[rule.zone] += rule.intervals
    return {zone: union(intervals) for zone, intervals in found.items()}


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return what any of `intervals` covers, in order; what touches becomes one."""
    covered: list[Interval] = []
    for one in sorted(intervals):
        if one.start >= one.end:
            continue
        if covered and one.start <= covered[-1].end:
            covered[-1] = Interval(covered[-1].start, max(covered[-1].end, one.end))
        else:
            covered.append(one)
    return covered


def common(ours: Sequence[Interval], theirs: Sequence[Interval]) -> list[Interval]:
    """Return what both cover."""
    both = (Interval(max(a.start, b.start), min(a.end, b.end)) for a in ours for b in theirs)
    return union(both)


def less(intervals: Sequence[Interval], taken: Interval) -> list[Interval]:
    """Return what `intervals` cover without what was `taken`."""
    rest = []
    for one in intervals:
        rest += [
            Interval(one.start, min(one.end, taken.start)),
            Interval(max(one.start, taken.end), one.end),
        ]
    return union(rest)


def hours_on(
    days: Iterable[dt.date], opens: dt.time | None, closes: dt.time | None, zone: ZoneInfo
) -> tuple[Interval, ...]:
    """Return the same hours of each of `days`, by the clocks of `zone`; without hours, the whole day.

    Hours that do not end after they begin end on the next day. A day on which clocks are changed is longer or shorter.
    """
    found = []
    for day in days:
        start = dt.datetime.combine(day, opens or dt.time(), zone)
        last = day if closes is not None and closes > (opens or dt.time()) else day + DAY
        end = dt.datetime.combine(last, closes or dt.time(), zone)
        found.append(Interval(int(start.timestamp()), int(end.timestamp())))
    return tuple(union(found))
