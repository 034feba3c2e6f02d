"""Which conflicts of interest the data tell of: facts of jurors and of entries, filed under keys, and where they meet.

Keys are compared as sets, so that the work grows with jurors plus entries and not with their pairs. People are one by the
directory's id or by a mailbox; a name alone makes a conflict likely, which is enough to bar until somebody has looked.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from summitry.calls.enums import ConflictKind as Kind
from summitry.calls.enums import ConflictSource as Source
from summitry.calls.queries.likely_names import (
    house_domain,
    likely_person,
    mailbox,
    name_words,
    organisation_keys,
    person_keys,
)

Fact = tuple[str, str | int]
"""What a conflict rests on: what sort of thing, and which. Nobody's name or address: those are kept as short digests."""
Key = tuple[str, str | int]
_OF_DOMAINS = frozenset({"domain", "website"})
COMMON_LEAST, COMMON_SHARE = 20, 5
"""A domain that so many entries have, and more than every fifth, is no house's: a provider of mail, or where all work."""
MOST_PAIRS = 2000
"""So many conflicts at most rest on one domain."""
_HOUSE = (Kind.SAME_ORGANISATION, Kind.SAME_GROUP, Kind.SAME_DOMAIN)
"""Three ways to find the same institution, the surest first: a pair gets one conflict, resting on all that was found."""
_KIND_OF = {
    "organisation": Kind.SAME_ORGANISATION,
    "organisation_name": Kind.SAME_ORGANISATION,
    "group": Kind.SAME_GROUP,
    "website": Kind.SAME_GROUP,
    "domain": Kind.SAME_DOMAIN,
    "entity": Kind.COUNTRY,
    "nominator": Kind.OTHER,
}


class Pair(NamedTuple):
    """One conflict: between whom, of what kind, and who says so."""

    juror_id: int
    entry_id: int
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class House:
    """An institution as somebody is of it: its id in the directory, what it is called, where its pages are."""

    id: int | None
    names: tuple[str, ...]
    website: str = ""


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody on either side. `advises` says that she is on an entry as its adviser."""

    person_id: int | None
    names: tuple[str, ...]
    emails: tuple[str, ...]
    houses: tuple[House, ...] = ()
    advises: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """A juror, as conflicts look at her."""

    id: int
    human: Human
    entity_id: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Whom an entrant names as somebody who should not judge."""

    id: int
    name: str
    organisation: str
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """An entry, as conflicts look at it. `is_judged` is False for one of another call, which only tells who works together."""

    id: int
    people: tuple[Human, ...]
    houses: tuple[House, ...] = ()
    entity_id: int | None = None
    nominators: tuple[str, ...] = ()
    named: tuple[Named, ...] = ()
    is_judged: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is looked at. `groups` maps a key of an institution's name to the group that it belongs to.

    `declared` are a juror, an entry and a kind: what she or the entrant declared there holds for the entrant's other
    entries too.
    """

    judges: tuple[Judge, ...]
    cases: tuple[Case, ...]
    groups: Mapping[str, int] = field(default_factory=dict)
    declared: tuple[tuple[int, int, str], ...] = ()
    bars_same_entity: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Every conflict that the facts tell of, and what each rests on; and the domains that were set aside, in their order.

    Such a domain makes no conflict by itself: so many have it that it tells of no house.
    """

    pairs: Mapping[Pair, frozenset[Fact]]
    common: tuple[str, ...] = ()


def found_in(facts: Facts) -> Found:
    """Return what the facts tell of."""
    finder = _Finder(facts)
    for case in facts.cases:
        if case.is_judged:
            finder.look_at(case)
    return Found(finder.settled(), tuple(sorted(finder.common)))


class _Finder:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.found: dict[Pair, set[Fact]] = defaultdict(set)
        self.by_key: dict[Key, set[int]] = defaultdict(set)
        self.by_name: dict[str, set[int]] = defaultdict(set)
        self.by_word: dict[str, set[int]] = defaultdict(set)
        self.judges = {judge.id: judge for judge in facts.judges}
        for judge in facts.judges:
            self._file(judge)
        self.common = self._common_domains()
        self.together = self._working_together()

    def _file(self, judge: Judge) -> None:
        human = judge.human
        for key in _people_keys(human) | _house_keys(human.houses, self.facts.groups) | _domains(human):
            self.by_key[key].add(judge.id)
        for house in human.houses:
            if domain := house_domain(house.website):
                self.by_key["domain", domain].add(judge.id)
        if self.facts.bars_same_entity and judge.entity_id is not None:
            self.by_key["entity", judge.entity_id].add(judge.id)
        for name in human.names:
            for key_ in person_keys(name)[0]:
                self.by_name[key_].add(judge.id)
            for word in name_words(name):
                if len(word) > 1:
                    self.by_word[word].add(judge.id)

    def _common_domains(self) -> set[str]:
        """The domains of jurors that too many entries have, or on which too many conflicts would rest."""
        judged = [case for case in self.facts.cases if case.is_judged]
        entries: dict[str, int] = defaultdict(int)
        for case in judged:
            keys = {key for human in case.people for key in _domains(human) | _house_keys(human.houses, {})}
            keys |= _house_keys(case.houses, {})
            for domain in {str(value) for what, value in keys if what in _OF_DOMAINS}:
                entries[domain] += 1
        jurors: dict[str, set[int]] = defaultdict(set)
        for (what, value), ids in self.by_key.items():
            if what in _OF_DOMAINS:
                jurors[str(value)] |= ids
        return {
            domain
            for domain, ids in jurors.items()
            if (entries[domain] >= COMMON_LEAST and entries[domain] * COMMON_SHARE > len(judged))
            or entries[domain] * len(ids) > MOST_PAIRS
        }

    def _working_together(self) -> dict[Key, set[tuple[int, str, int]]]:
        """By each person's keys: which jurors enter something with her, or advise her, and on which entry that shows."""
        declared: dict[int, set[tuple[int, str]]] = defaultdict(set)
        for juror_id, entry_id, kind in self.facts.declared:
            if juror_id in self.judges:
                declared[entry_id].add((juror_id, kind))
        together: dict[Key, set[tuple[int, str, int]]] = defaultdict(set)
        for case in self.facts.cases:
            related = set(declared.get(case.id, ()))
            keys: set[Key] = set()
            for human in case.people:
                own = _people_keys(human)
                keys |= own
                kind = Kind.ADVISER if human.advises else Kind.CO_ENTRANT
                related |= {(juror_id, str(kind)) for key in own for juror_id in self.by_key.get(key, ())}
            for juror_id, kind_ in related:
                for key in keys - _people_keys(self.judges[juror_id].human):
                    together[key].add((juror_id, kind_, case.id))
        return together

    def look_at(self, case: Case) -> None:
        """Add all conflicts of one entry."""
        for human in case.people:
            self._look_at_human(case, human)
        keys = _house_keys(case.houses, self.facts.groups)
        if case.entity_id is not None:
            keys.add(("entity", case.entity_id))
        for key in keys:
            self._meet(case, key)
        for address in case.nominators:
            for juror_id in self.by_key.get(("mailbox", mailbox(address)), ()):
                self._add(juror_id, case, Kind.OTHER, ("nominator", juror_id))
        for named in case.named:
            self._look_at_named(case, named)

    def _look_at_human(self, case: Case, human: Human) -> None:
        herself = Kind.ADVISER if human.advises else Kind.SELF
        for key in _people_keys(human):
            fact = (key[0], _short(key[1]) if key[0] == "mailbox" else key[1])
            for juror_id in self.by_key.get(key, ()):
                self._add(juror_id, case, herself, fact)
            for juror_id, kind, elsewhere in self.together.get(key, ()):
                if elsewhere != case.id:
                    self._add(juror_id, case, kind, ("entry", elsewhere))
        for name in human.names:
            for word in person_keys(name)[1]:
                for juror_id in self.by_name.get(word, ()):
                    self._add(juror_id, case, herself, ("name", _short(word)))
        for key in _house_keys(human.houses, self.facts.groups) | _domains(human):
            self._meet(case, key)

    def _meet(self, case: Case, key: Key) -> None:
        if key[0] in _OF_DOMAINS and key[1] in self.common:
            return
        for juror_id in self.by_key.get(key, ()):
            self._add(juror_id, case, _KIND_OF[key[0]], key)

    def _look_at_named(self, case: Case, named: Named) -> None:
        people = {juror_id for word in person_keys(named.name)[1] for juror_id in self.by_name.get(word, ())}
        near = {juror_id for word in name_words(named.name) for juror_id in self.by_word.get(word, ())}
        people |= {
            juror_id
            for juror_id in near - people
            if likely_person(named.name, self.judges[juror_id].human.names)
        }
        houses = self._of_house(named.organisation)
        sure = people & houses or people
        how = "name"
        if not sure:  # an entrant may name a house in place of a person
            sure, how = self._of_house(named.name), "organisation_name"
        kind = named.kind if named.kind in Kind.values else Kind.OTHER
        for juror_id in sure:
            self._add(juror_id, case, kind, ("named", named.id), Source.ENTRANT)
            self._add(juror_id, case, kind, ("named_by", how), Source.ENTRANT)

    def _of_house(self, name: str) -> set[int]:
        keys = organisation_keys(name) if name else frozenset()
        return {juror_id for key in keys for juror_id in self.by_key.get(("organisation_name", key), ())}

    def _add(self, juror_id: int, case: Case, kind: str, fact: Fact, source: Source = Source.DERIVED) -> None:
        self.found[Pair(juror_id, case.id, str(kind), str(source))].add(fact)

    def settled(self) -> dict[Pair, frozenset[Fact]]:
        """Return what was found, one conflict for one institution, and nothing beside an entry of her own."""
        of_pair: dict[tuple[int, int], list[Pair]] = defaultdict(list)
        for pair in self.found:
            if pair.source == Source.DERIVED:
                of_pair[pair.juror_id, pair.entry_id].append(pair)
        for pairs in of_pair.values():
            kinds = {pair.kind: pair for pair in pairs}
            same = [kinds[kind] for kind in _HOUSE if kind in kinds]
            for weaker in same[1:]:
                self.found[same[0]] |= self.found.pop(weaker)
            if Kind.SELF in kinds and Kind.CO_ENTRANT in kinds:
                del self.found[kinds[Kind.CO_ENTRANT]]
        return {pair: frozenset(facts) for pair, facts in self.found.items()}


def _people_keys(human: Human) -> set[Key]:
    keys: set[Key] = {("mailbox", box) for email in human.emails if (box := mailbox(email))}
    if human.person_id is not None:
        keys.add(("person", human.person_id))
    return keys


def _domains(human: Human) -> set[Key]:
    return {("domain", domain) for email in human.emails if (domain := house_domain(email))}


def _house_keys(houses: Iterable[House], groups: Mapping[str, int]) -> set[Key]:
    keys: set[Key] = set()
    for house in houses:
        if house.id is not None:
            keys.add(("organisation", house.id))
        for name in house.names:
            for key in organisation_keys(name):
                keys.add(("organisation_name", key))
                if key in groups:
                    keys.add(("group", groups[key]))
        if domain := house_domain(house.website):
            keys.add(("website", domain))
    return keys


def _short(value: Any) -> str:
    return hashlib.sha256(str(value).encode()).hexdigest()[:12]
