"""What is entered to the demo's calls, and how good it is: titles, abstracts, institutions, and the marks of its jurors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any, NamedTuple

from summitry.rehearsal.content.plan import OrganisationPlan, PersonPlan, SummitPlan
from summitry.rehearsal.content.reading import chance, read

SEED = 2026
CHINESE = frozenset({"CN", "HK", "MO"})
KINDS: Mapping[str, str] = {
    "university": "university",
    "institute": "university",
    "laboratory": "university",
    "academy": "university",
    "public_body": "public_body",
    "hospital": "public_body",
    "archive": "public_body",
    "intergovernmental": "international",
    "association": "association",
    "foundation": "association",
    "ngo": "association",
    "standards_body": "association",
}
"""What kind of entrant an organisation of the plan is; all others are companies."""


class Words(NamedTuple):
    """A title or an abstract in English and, where the entrant wrote it too, in Chinese."""

    en: str
    zh: str


FASHION = 0.8
"""By how much the first area of a call is better than the others: a cap on areas costs something, as it does in life."""


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """One entry: what it is called, who enters it, and how good it is in truth (about 0, standard deviation 1, the first area above it)."""

    title: Words
    abstract: Words
    theme: str
    is_chinese: bool
    organisation: OrganisationPlan
    kind: str
    contact: PersonPlan
    merit: float


@dataclass(frozen=True, slots=True)
class Temper:
    """How a juror marks: how much above others, how far apart she puts entries, and how steadily."""

    offset: float
    scale: float
    noise: float


def themes() -> tuple[str, ...]:
    """Return the themes of entries, in their order."""
    return tuple(read("calls")["themes"])


def entries(plan: SummitPlan, call: str, count: int, areas: int) -> tuple[EntryPlan, ...]:
    """Return `count` entries of a call, to its areas in turn, no title twice; the themes are shared out among the areas."""
    rng = chance(SEED, f"calls:{call}")
    vacant = {theme: _ideas(theme, rng) for theme in themes()}
    of_areas = [themes()[n::areas] for n in range(areas)]
    people = _by_organisation(plan)
    houses = [one for one in plan.organisations if one.slug in people]
    made = []
    for n in range(count):
        mine = of_areas[n % areas]
        theme = mine[n // areas % len(mine)]
        title, abstract = next(vacant[theme])
        house = (
            houses[min(int(rng.expovariate(1 / 120)), len(houses) - 1)] if n % 9 == 0 else rng.choice(houses)
        )
        made.append(
            EntryPlan(
                title=title,
                abstract=abstract,
                theme=theme,
                is_chinese=house.entity in CHINESE,
                organisation=house,
                kind=KINDS.get(house.kind, "company"),
                contact=rng.choice(people[house.slug]),
                merit=rng.gauss(0, 1) + (FASHION if n % areas == 0 else 0),
            )
        )
    return tuple(made)


def tempers(call: str, count: int) -> tuple[Temper, ...]:
    """Return how the jurors of a call mark; spreads are near those that real juries show."""
    rng = chance(SEED, f"juries:{call}")
    return tuple(
        Temper(rng.gauss(0, 0.6), max(0.5, rng.gauss(1, 0.2)), max(0.5, rng.gauss(1.0, 0.15)))
        for _juror in range(count)
    )


def marks(merit: float, temper: Temper, criteria: Sequence[str], rng: Random) -> dict[str, int]:
    """Return the marks, 1 to 10, that a juror of this temper gives an entry of this merit."""
    felt = 6 + temper.offset + 1.2 * temper.scale * merit + rng.gauss(0, temper.noise)
    return {slug: max(1, min(10, round(felt + rng.gauss(0, 0.7)))) for slug in criteria}


def remarks(merit: float, rng: Random) -> str:
    """Return a juror's word to the others, fitting what she thinks of an entry."""
    good = (
        "Clear aim, measured results.",
        "Others could repeat this tomorrow.",
        "The team knows its limits.",
    )
    middling = ("Solid, though the evidence is thin.", "What is new could be said more plainly.")
    weak = ("The claims go further than the data.", "I could not find how it was measured.")
    return rng.choice(good if merit > 0.6 else weak if merit < -0.6 else middling)


def feedback(merit: float, rng: Random) -> str:
    """Return what a juror writes for an entrant."""
    good = ("Please publish how you measured: others will want to repeat it.", "A clear piece of work.")
    weak = ("Say what was there before, and compare with it.", "One result, well measured, would be enough.")
    return rng.choice(good if merit > 0 else weak)


def jury(plan: SummitPlan, call: str, count: int) -> tuple[PersonPlan, ...]:
    """Return the people who judge a call: of many institutions, countries and regions."""
    rng = chance(SEED, f"jurors:{call}")
    able = [p for p in plan.people if p.affiliations and p.capacity in {"speaker", "delegate", "observer"}]
    return tuple(rng.sample(able, count))


def _ideas(theme: str, rng: Random) -> Iterator[tuple[Words, Words]]:
    data: dict[str, Any] = read("calls")
    pairs = list(product(data["themes"][theme]["subjects"], data["forms"]))
    rng.shuffle(pairs)
    for (en, zh), form in pairs:
        words = {"en": en, "zh": zh, "En": en[0].upper() + en[1:]}
        about = rng.choice(data["abstracts"])
        yield (
            Words(form["en"].format(**words), form["zh"].format(**words)),
            Words(about["en"].format(**words), about["zh"].format(**words)),
        )


def _by_organisation(plan: SummitPlan) -> dict[str, list[PersonPlan]]:
    found: dict[str, list[PersonPlan]] = {}
    for person in plan.people:
        if person.affiliations and person.email:
            found.setdefault(person.affiliations[0].organisation, []).append(person)
    return found
