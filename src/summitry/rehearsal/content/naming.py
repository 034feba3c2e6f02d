"""Puts invented names together from pools of given names and family names, in the order and script of each culture.

A part is written `Latin|native|sort` in the data; native and sort forms are given there, never computed. The engine knows
no culture: which parts a name has, their order and how it is sorted are patterns in `data/names/`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, NamedTuple

from summitry.rehearsal.content.plan import NamePlan
from summitry.rehearsal.content.reading import listing, read
from summitry.rehearsal.content.spelling import fold, slugify

ATTEMPTS = 200
LONG_NAME = 34


class Part(NamedTuple):
    """One part of a name in its forms."""

    latin: str
    native: str
    sort: str


class Pattern(NamedTuple):
    """How the parts of a name stand together; an empty native pattern means the name is at home in Latin letters."""

    text: str
    sort: str
    native: str
    native_sort: str
    latin: str
    badge: str
    weight: int


@dataclass(frozen=True, slots=True)
class Culture:
    """The name pools and patterns of one place or language."""

    slug: str
    lang: str
    native_lang: str
    languages: tuple[str, ...]
    entities: dict[str, int]
    patterns: tuple[Pattern, ...]
    pools: dict[str, tuple[Part, ...]]


class FullName(NamedTuple):
    """A finished name with what the rest of the generator needs to know about its bearer."""

    names: tuple[NamePlan, ...]
    slug: str
    woman: bool


def parts(listed: str) -> tuple[Part, ...]:
    """Read a comma-separated pool."""
    found = []
    for entry in listed.split(","):
        latin, _, rest = entry.strip().partition("|")
        native, _, sort = rest.partition("|")
        if latin:
            found.append(Part(latin, native, sort or fold(latin)))
    return tuple(found)


def pattern(table: dict[str, Any]) -> Pattern:
    """Read one pattern with its defaults."""
    text, sort, native = table["text"], table["sort"], table.get("native", "")
    return Pattern(
        text=text,
        sort=sort,
        native=native,
        native_sort=table.get("native_sort", sort),
        latin=table.get("latin", text if native else ""),
        badge=table.get("badge", ""),
        weight=table.get("weight", 10),
    )


@cache
def cultures() -> tuple[Culture, ...]:
    """Return all cultures of the data files."""
    found = []
    for name in listing("names"):
        for table in read(name)["cultures"]:
            pools = {key: parts(text) for key, text in table["pools"].items()}
            found.append(
                Culture(
                    slug=table["slug"],
                    lang=table["lang"],
                    native_lang=table.get("native_lang", table["lang"]),
                    languages=tuple(table["languages"]),
                    entities=table["entities"],
                    patterns=tuple(pattern(item) for item in table["patterns"]),
                    pools=pools,
                )
            )
    return tuple(found)


@cache
def at_home(entity: str, language: str | None) -> tuple[tuple[Culture, ...], tuple[int, ...]]:
    """Return the cultures that people of an entity may come from, with their weights."""
    found = [culture for culture in cultures() if entity in culture.entities]
    if language is not None:
        found = [culture for culture in found if language in culture.languages[:2]]
    return tuple(found), tuple(culture.entities[entity] for culture in found)


class Names:
    """Makes names of which none belongs to a public figure and, as long as the pools last, none comes twice."""

    def __init__(self, rng: Random, reserved: Iterable[str]) -> None:
        """Begin with names that must not be made: public figures and people written down by hand."""
        self._rng = rng
        self._reserved = frozenset(signature(text) for text in reserved)
        self._taken: set[str] = set()

    def make(self, entity: str, language: str | None = None) -> tuple[FullName, Culture]:
        """Return a name of a culture at home with an entity, and speaking a language if one is given."""
        choice, weights = at_home(entity, language)
        while True:
            for _ in range(ATTEMPTS):
                culture = self._rng.choices(choice, weights)[0]
                name = assemble(culture, self._rng)
                signatures = {signature(form.text) for form in name.names}
                if signatures.isdisjoint(self._reserved) and signatures.isdisjoint(self._taken):
                    self._taken |= signatures
                    return name, culture
            self._taken.clear()


def signature(text: str) -> str:
    """Return what two spellings of one name have in common, whatever the order of the parts."""
    return " ".join(sorted(fold(text).replace("-", "").split()))


def assemble(culture: Culture, rng: Random) -> FullName:
    """Draw parts and put them into one of the culture's patterns."""
    woman = rng.random() < 0.48
    chosen = rng.choices(culture.patterns, [item.weight for item in culture.patterns])[0]
    drawn = draw_parts(culture, rng, woman=woman)
    latin = {key: part.latin for key, part in drawn.items()}
    latin |= {key.upper(): part.latin.upper() for key, part in drawn.items()}
    native = {key: part.native for key, part in drawn.items()}
    sort = {key: part.sort for key, part in drawn.items()}
    text, sort_key = chosen.text.format_map(latin), chosen.sort.format_map(sort)
    if not chosen.native:
        names = [NamePlan("display", culture.lang, text, sort_key)]
    else:
        written = chosen.native.format_map(native)
        by_sort = chosen.native_sort
        native_key = by_sort.format_map(sort) if by_sort == chosen.sort else fold(by_sort.format_map(native))
        roman = f"{culture.lang}-Latn"
        names = [
            NamePlan("display", roman, text, sort_key),
            NamePlan("native", culture.native_lang, written, native_key),
            NamePlan("latin", roman, chosen.latin.format_map(latin), sort_key),
        ]
    if chosen.badge and len(text) > LONG_NAME:
        names.append(NamePlan("badge", names[0].lang, chosen.badge.format_map(latin), sort_key))
    return FullName(tuple(names), slugify(text), woman)


def draw_parts(culture: Culture, rng: Random, *, woman: bool) -> dict[str, Part]:
    """Draw every part a pattern may ask for: two given names, two family names, the father's name, a patronymic."""
    pools, sex = culture.pools, "women" if woman else "men"
    given = rng.sample(pools[sex], 2)
    family = pools.get(f"family_{sex}") or pools.get("family") or pools["men"]
    families = rng.sample(family, 2)
    patronymics = pools.get(f"patronymic_{sex}")
    return {
        "given": given[0],
        "given2": given[1],
        "family": families[0],
        "family2": families[1],
        "father": rng.choice([part for part in pools["men"] if part != given[0]]),
        "patronymic": rng.choice(patronymics) if patronymics else families[1],
    }
