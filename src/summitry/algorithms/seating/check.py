"""What a plan does not keep to: each violation with the people it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from summitry.algorithms.seating.tables import Diner, Place


class Kind(StrEnum):
    """What a rule asks."""

    APART = "apart"
    TOGETHER = "together"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for some diners; `whole_block` reaches over the whole table, else it is about neighbouring seats.

    A language rule without diners holds for all.
    """

    id: int
    kind: Kind
    diners: frozenset[int] = frozenset()
    whole_block: bool = False


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that is not kept, and by whom; the two of a pair stand in the order of their ids."""

    rule: int
    diners: tuple[int, ...]


class Table:
    """All that is known of a plan, ready to be asked for any seating."""

    def __init__(self, places: Iterable[Place], diners: Iterable[Diner], rules: Sequence[Rule]) -> None:
        self.places = {place.id: place for place in places}
        self.diners = {diner.id: diner for diner in diners}
        self.rules = tuple(rules)

    def broken(
        self,
        rule: Rule,
        seated: Mapping[int, int],
        held: Mapping[int, int],
        among: frozenset[int] | None = None,
    ) -> Iterator[Violation]:
        """Yield how `rule` is broken; `seated` leads from diners to places, `held` back. `among` narrows a language rule."""
        if rule.kind is Kind.APART:
            for one, other in combinations(sorted(rule.diners & seated.keys()), 2):
                if self._near(seated[one], seated[other], whole_block=rule.whole_block):
                    yield Violation(rule.id, (one, other))
        elif rule.kind is Kind.TOGETHER:
            yield from self._scattered(rule, seated)
        else:
            asked = (rule.diners or self.diners.keys()) & seated.keys()
            for one in sorted(asked if among is None else asked & among):
                if self._is_mute(one, seated, held):
                    yield Violation(rule.id, (one,))

    def _near(self, one: int, other: int, *, whole_block: bool) -> bool:
        if whole_block:
            return self.places[one].block == self.places[other].block
        return other in self.places[one].beside

    def _scattered(self, rule: Rule, seated: Mapping[int, int]) -> Iterator[Violation]:
        group = sorted(rule.diners & seated.keys())
        if len(group) < 2:
            return
        for one in group:
            others = (seated[other] for other in group if other != one)
            if not any(self._near(seated[one], other, whole_block=rule.whole_block) for other in others):
                yield Violation(rule.id, (one,))

    def _is_mute(self, one: int, seated: Mapping[int, int], held: Mapping[int, int]) -> bool:
        langs = self.diners[one].langs
        beside = (held[place] for place in self.places[seated[one]].beside if place in held)
        known = [self.diners[other].langs for other in beside if self.diners[other].langs]
        return bool(langs and known) and not any(langs & others for others in known)


def check(
    places: Iterable[Place], diners: Iterable[Diner], rules: Sequence[Rule], seated: Mapping[int, int]
) -> list[Violation]:
    """Return every violation of a seating (diner to place), rule by rule.

    Who is not seated violates nothing. Of a group to sit together, those are named who have none of it near them. Somebody
    whose languages nobody knows speaks to everybody.
    """
    table = Table(places, diners, rules)
    held = {place: diner for diner, place in seated.items()}
    return [violation for rule in rules for violation in table.broken(rule, seated, held)]
