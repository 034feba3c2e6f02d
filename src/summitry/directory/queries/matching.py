"""Finding people who may be the one that somebody describes: across scripts, for a human to decide, never by itself.

Proposed are people with the same e-mail address, the same name in its own script, and names whose Latin words are the same
in any order: accents, titles and hyphens aside. A Chinese name and a Latin one are compared by the readings of its
characters, those that are usual in surnames among them; other scripts are compared with themselves only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeVar

from django.db.models import QuerySet

from summitry.directory.models import Person, PersonName
from summitry.directory.queries.names import PRIVATE_USES
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.directory.queries.sorting import latin_letters
from summitry.foundation.search.readings import readings_of

K = TypeVar("K", bound=Hashable)
MOST = 5
"""How many people are proposed for one description."""
_CHUNK = 2000
_HAN = "Hani"
_LONGEST_HAN = 4
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")
"""The points inside "H.E." and "J.R."."""
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady he hrh hm hon eng ing ir m mme mlle sr sra srta dra herr frau".split()
)
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "吕": "lü", "查": "zha", "任": "ren", "区": "ou", "朴": "piao",
    "盖": "ge", "尹": "yin", "乐": "yue", "翟": "zhai", "缪": "miao", "华": "hua", "覃": "qin", "员": "yun", "种": "chong",
    "宓": "fu", "冼": "xian", "繁": "po", "秘": "bi", "尉": "yu", "万": "wan", "俞": "yu", "於": "yu", "哈": "ha",
}  # fmt: skip
"""How characters are read as a surname where a dictionary of words reads them otherwise."""


class Likeness(StrEnum):
    """Why somebody is proposed, the strongest first."""

    EMAIL = "email"
    NATIVE = "native"
    LATIN = "latin"


_KINDS = {"e": Likeness.EMAIL, "n": Likeness.NATIVE, "l": Likeness.LATIN, "p": Likeness.LATIN}
_STRENGTH = list(Likeness)


class Described(NamedTuple):
    """Somebody as she is described: an address, where one is known, and her names in whatever scripts."""

    email: str
    names: tuple[str, ...]


class Keys(NamedTuple):
    """Under which words somebody is filed, and under which she looks for others."""

    filed: frozenset[str]
    sought: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be the one described, and why."""

    person_id: int
    likeness: Likeness


def keys_of(one: Described) -> Keys:
    """Return the keys of a description."""
    filed: set[str] = set()
    sought: set[str] = set()
    if one.email:
        address = f"e:{one.email.strip().casefold()}"
        filed.add(address)
        sought.add(address)
    for name in one.names:
        if not name:
            continue
        script = script_of(name)
        if script == LATIN:
            if words := _latin_key(name):
                filed.add(f"l:{words}")
                sought.update((f"l:{words}", f"p:{words}"))
            continue
        own = f"n:{''.join(char for char in name.casefold() if char.isalpha())}"
        filed.add(own)
        sought.add(own)
        if script == _HAN:
            for words in _readings(name):
                filed.add(f"p:{words}")
                sought.add(f"l:{words}")
    return Keys(frozenset(filed), frozenset(sought))


def likeness_of(keys: Iterable[str]) -> Likeness:
    """Return the strongest reason among keys that two have in common."""
    return min((_KINDS[key[0]] for key in keys), key=_STRENGTH.index)


def match_people(described: Mapping[K, Keys], people: QuerySet[Person]) -> dict[K, list[Match]]:
    """Return whom of `people` each description may mean, the likeliest first; who is like nobody is left out.

    Two statements, read in portions: what is held is of the size of `described`, not of the directory.
    """
    seekers: dict[str, list[K]] = defaultdict(list)
    for key, one in described.items():
        for word in one.sought:
            seekers[word].append(key)
    found: dict[K, dict[int, Likeness]] = defaultdict(dict)
    for person_id, one in _filed(people):
        for word in one.filed:
            for key in seekers.get(word, ()):
                known = found[key].get(person_id)
                reason = _KINDS[word[0]]
                if known is None or _STRENGTH.index(reason) < _STRENGTH.index(known):
                    found[key][person_id] = reason
    return {key: _ranked(matches) for key, matches in found.items()}


def _filed(people: QuerySet[Person]) -> Iterator[tuple[int, Keys]]:
    """Yield the keys of addresses and reference names, and then those of each other name."""
    rows = people.order_by().values_list("pk", "email", "reference_name")
    for pk, email, reference in rows.iterator(chunk_size=_CHUNK):
        yield pk, keys_of(Described(email, (reference,)))
    names = PersonName.objects.filter(person__in=people.order_by()).exclude(use__in=PRIVATE_USES)
    for pk, text in names.values_list("person_id", "text").iterator(chunk_size=_CHUNK):
        yield pk, keys_of(Described("", (text,)))


def _ranked(matches: Mapping[int, Likeness]) -> list[Match]:
    ranked = sorted(matches.items(), key=lambda item: (_STRENGTH.index(item[1]), item[0]))
    return [Match(person_id, reason) for person_id, reason in ranked[:MOST]]


def _latin_key(text: str) -> str:
    letters = "".join(char if char.isalnum() else " " for char in _INITIALS.sub("", latin_letters(text)))
    words = letters.split()
    return " ".join(sorted([word for word in words if word not in _TITLES] or words))


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[str, ...]:
    """Return how a Chinese name is written in Latin letters: surname of one or two characters, given name in one or more words."""
    characters = "".join(char for char in text if script_of(char) == _HAN)
    syllables = list(readings_of(characters))
    if len(syllables) != len(characters) or not 1 < len(syllables) <= _LONGEST_HAN:
        return ()
    heads = [syllables[0], *([_SURNAMES[characters[0]]] if characters[0] in _SURNAMES else [])]
    first = dict.fromkeys(spelt for head in heads for spelt in _spellings(head))
    rest = [_spellings(syllable)[0] for syllable in syllables[1:]]
    keys: dict[str, None] = {}
    for head, surname in product(first, (1, 2)):
        parts = [head, *rest]
        if surname == len(parts):
            continue
        given = parts[surname:]
        for words in ([*given], ["".join(given)]):
            keys[" ".join(sorted(["".join(parts[:surname]), *words]))] = None
    return tuple(keys)


def _spellings(syllable: str) -> tuple[str, ...]:
    """Return a syllable in plain letters: ü as passports write it, as most people do, and as keyboards have it."""
    plain = latin_letters(syllable.replace("ü", "v"))
    if "v" not in plain:
        return (plain,)
    return tuple(plain.replace("v", letters) for letters in ("yu", "u", "v"))
