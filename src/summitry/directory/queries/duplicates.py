"""Records that may be the same person or organisation: proposals for a human to look at, never merged by themselves.

People are proposed for the same e-mail address, for the same native name, and for Latin names whose words agree in any
order but for a slip or two. Spellings in different scripts cannot be compared; only a person can tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from django.db.models import Model

from summitry.directory.models import Merge, Organisation, Person, PersonName
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.directory.queries.sorting import latin_letters
from summitry.foundation.access import Actor, require, visible

ALIKE = 0.9  # of 1; one slip in a name of ten letters
_CROWD = 60  # a word that more names share ("university") leads to no comparison of its own
Values = Mapping[int, Iterable[str]]
Pairs = Iterator[tuple[int, int, float]]


class Reason(StrEnum):
    """Why two records are proposed, the strongest first."""

    EMAIL = "email"
    WEBSITE = "website"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records that may be one, the older first. `score` is 1 for equality."""

    first_id: int
    second_id: int
    reason: Reason
    score: float


def duplicate_people(actor: Actor) -> list[Candidate]:
    """Return the pairs of people that may be one, the likeliest first, with three queries.

    Pairs whose merge has been undone are left out: somebody has decided. Raises PermissionRefused for who may not
    merge.
    """
    require(actor, "merge", model=Person)
    people = visible(actor, Person.objects.all())
    emails: dict[int, list[str]] = {}
    names: dict[int, list[str]] = {}
    for person_id, email, reference in people.values_list("pk", "email", "reference_name"):
        emails[person_id] = [email.casefold()] if email else []
        names[person_id] = [reference]
    for person_id, text in PersonName.objects.filter(person__in=people).values_list("person_id", "text"):
        names[person_id].append(text)
    found = _candidates([(Reason.EMAIL, _same(emails)), (Reason.NAME, _alike(names))])
    return _ranked(found, Person)


def duplicate_organisations(actor: Actor) -> list[Candidate]:
    """Return the pairs of organisations that may be one, by website and by name; as `duplicate_people` does."""
    require(actor, "merge", model=Organisation)
    organisations = visible(actor, Organisation.objects.all())
    sites: dict[int, list[str]] = {}
    names: dict[int, list[str]] = {}
    for organisation_id, name, website in organisations.values_list("pk", "name", "website"):
        names[organisation_id] = list(name.texts.values())
        site = website.casefold().split("://")[-1].removeprefix("www.").rstrip("/")
        sites[organisation_id] = [site] if site else []
    found = _candidates([(Reason.WEBSITE, _same(sites)), (Reason.NAME, _alike(names))])
    return _ranked(found, Organisation)


def likeness(one: str, other: str) -> float:
    """Return how far two names agree, 0 to 1: the words of Latin names in any order and without accents."""
    first, second = _key(one), _key(other)
    if first == second:
        return 1.0
    if not script_of(one) == script_of(other) == LATIN:
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _candidates(kinds: Iterable[tuple[Reason, Pairs]]) -> list[Candidate]:
    best: dict[tuple[int, int], Candidate] = {}
    for reason, pairs in kinds:
        for first, second, score in pairs:
            known = best.get((first, second))
            if known is None or (known.reason is reason and known.score < score):
                best[first, second] = Candidate(first, second, reason, round(score, 3))
    return list(best.values())


def _same(values: Values) -> Pairs:
    by_value: dict[str, set[int]] = defaultdict(set)
    for row_id, texts in values.items():
        for text in texts:
            by_value[text].add(row_id)
    for ids in by_value.values():
        yield from ((first, second, 1.0) for first, second in combinations(sorted(ids), 2))


def _alike(names: Values) -> Pairs:
    yield from _same({row_id: [_key(text) for text in texts] for row_id, texts in names.items()})
    by_word: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for row_id, texts in names.items():
        for key in {_key(text) for text in texts if script_of(text) == LATIN}:
            for word in key.split():
                by_word[word].add((row_id, key))
    for rows in by_word.values():  # only names that share a word: all with all would be millions of pairs
        if len(rows) > _CROWD:
            continue
        for (first, one), (second, other) in combinations(sorted(rows), 2):
            score = likeness(one, other) if first != second else 0.0
            if score >= ALIKE:
                yield first, second, score


def _key(text: str) -> str:
    if script_of(text) != LATIN:
        return "".join(text.casefold().split())
    letters = "".join(char if char.isalnum() else " " for char in latin_letters(text))
    return " ".join(sorted(letters.split()))


def _ranked(candidates: Iterable[Candidate], model: type[Model]) -> list[Candidate]:
    undone = Merge.objects.filter(model=model._meta.label_lower, undone_at__isnull=False)
    decided = {frozenset(pair) for pair in undone.values_list("kept_id", "absorbed_id")}
    left = (pair for pair in candidates if frozenset((pair.first_id, pair.second_id)) not in decided)
    strength = list(Reason)
    return sorted(
        left, key=lambda pair: (strength.index(pair.reason), -pair.score, pair.first_id, pair.second_id)
    )
