"""A proposal: first in the order of the guests, then better by exchanging two seats, as long as that helps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from summitry.algorithms.seating.check import Kind, Rule, Table
from summitry.algorithms.seating.tables import Diner, Place

ROUNDS = 40
_HEAVY = 10_000  # one violation weighs more than any way through the order


def propose(
    places: Iterable[Place],
    diners: Iterable[Diner],
    rules: Sequence[Rule],
    locked: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """Return a seating, diner to place; the same question gets the same answer.

    `locked` diners stay where they are. The first in the order get the first places of honour; then those who break a rule
    change seats with whoever makes the fewest violations and the smallest departure from the order, until nothing helps.
    Where seats are too few, the last in the order get none.
    """
    search = _Search(Table(places, diners, rules), dict(locked or {}))
    for _round in range(ROUNDS):
        if not search.improve():
            break
    return search.seated


class _Search:
    def __init__(self, table: Table, locked: Mapping[int, int]) -> None:
        self.table = table
        self.locked = frozenset(locked)
        taken = set(locked.values())
        self.open = sorted(
            (place for place in table.places.values() if place.id not in taken),
            key=lambda p: (p.honour, p.id),
        )
        waiting = sorted(
            (d for d in table.diners.values() if d.id not in locked), key=lambda d: (d.order, d.id)
        )
        self.seated = {**locked, **{d.id: p.id for d, p in zip(waiting, self.open, strict=False)}}
        self.held = {place: diner for diner, place in self.seated.items()}
        ranks = {
            d.id: rank for rank, d in enumerate(sorted(table.diners.values(), key=lambda d: (d.order, d.id)))
        }
        heights = {
            p.id: rank for rank, p in enumerate(sorted(table.places.values(), key=lambda p: (p.honour, p.id)))
        }
        self._ranks, self._heights = ranks, heights
        self._rules_of: dict[int, list[Rule]] = defaultdict(list)
        for rule in table.rules:
            if rule.kind is not Kind.LANGUAGE:
                for diner in rule.diners:
                    self._rules_of[diner].append(rule)
        self._languages = [rule for rule in table.rules if rule.kind is Kind.LANGUAGE]

    def improve(self) -> bool:
        """Let each who breaks a rule change seats once, where that helps; return whether anything did."""
        better = False
        for one in self._offenders():
            start = self.seated[one]
            best, gain = start, 0
            for place in self.open:
                if place.id != start and (found := self._gain(one, place.id)) > gain:
                    best, gain = place.id, found
            if best != start:
                self._exchange(one, best)
                better = True
        return better

    def _offenders(self) -> list[int]:
        """Those who break a rule and may move; of a locked one, those who may take seats from beside her."""
        named = {
            diner
            for rule in self.table.rules
            for violation in self.table.broken(rule, self.seated, self.held)
            for diner in (
                violation.diners if rule.kind is not Kind.TOGETHER else rule.diners & self.seated.keys()
            )
        }
        near = {
            self.held[place]
            for diner in named & self.locked
            for place in self.table.places[self.seated[diner]].beside
            if place in self.held
        }
        movable = (named | near) - self.locked
        return sorted(movable, key=lambda diner: (-self.table.diners[diner].order, diner))

    def _gain(self, one: int, place: int) -> int:
        """What it helps if `one` goes to `place` and whoever is there takes her seat."""
        start = self.seated[one]
        affected = self._affected(start) | self._affected(place)
        before = self._cost(affected) * _HEAVY + self._way(start, place)
        self._exchange(one, place)
        after = self._cost(affected) * _HEAVY + self._way(start, place)
        self._exchange(one, start)
        return before - after

    def _affected(self, place: int) -> frozenset[int]:
        near = {place, *self.table.places[place].beside}
        return frozenset(self.held[each] for each in near if each in self.held)

    def _cost(self, diners: frozenset[int]) -> int:
        rules = {rule.id: rule for diner in diners for rule in self._rules_of.get(diner, ())}
        seated, held = self.seated, self.held
        pairs = sum(1 for rule in rules.values() for _each in self.table.broken(rule, seated, held))
        mute = sum(1 for rule in self._languages for _each in self.table.broken(rule, seated, held, diners))
        return pairs + mute

    def _way(self, one: int, other: int) -> int:
        return sum(
            abs(self._ranks[self.held[place]] - self._heights[place])
            for place in (one, other)
            if place in self.held
        )

    def _exchange(self, diner: int, place: int) -> None:
        start, other = self.seated[diner], self.held.get(place)
        del self.held[start]
        self.seated[diner], self.held[place] = place, diner
        if other is not None and other != diner:
            self.seated[other], self.held[start] = start, other
