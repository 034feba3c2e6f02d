"""The guests: who represents whom, works where, speaks which languages and takes part in which capacity."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, islice
from typing import Any

from summitry.rehearsal.content.naming import Culture, FullName, Names
from summitry.rehearsal.content.organisations import House, employers, institutions
from summitry.rehearsal.content.plan import Capacity, NamePlan, OrganisationPlan, PersonPlan
from summitry.rehearsal.content.posts import Appointments, Post
from summitry.rehearsal.content.reading import chance, read
from summitry.rehearsal.content.spelling import Distinct, slugify

HOST = "CN"
SECRETARIAT = "rivertown-summit-secretariat"
INTERPRETERS = "bergmatt-interpretation-services"
FORMER_SHARE = 0.25
HOST_EMPLOYERS = 500
ENGLISH_SHARE = 0.92
ABROAD_SHARE = 0.7
LEAST_PEOPLE = 200
LEAST = {"speaker": 110}
ON_STAGE = {"speaker", "interpreter", "rapporteur"}
LEARNED = {"university", "institute", "academy", "laboratory", "public_body", "archive"}


@dataclass(frozen=True, slots=True)
class Guest:
    """A person without biography, and what its writer has to know beyond the plan."""

    plan: PersonPlan
    woman: bool
    field: str
    senior: bool
    topics: tuple[str, ...]


def scaled(number: int, scale: float, least: int = 1) -> int:
    """Return a number at the given scale."""
    return max(least, round(number * scale))


class Population:
    """Draws guests and keeps names, slugs, addresses and posts apart."""

    def __init__(self, seed: int, scale: float) -> None:
        """Found the employers and reserve the names written down by hand."""
        self.rng = chance(seed, "people")
        self.scale = scale
        self.numbers = read("capacities")
        self.weights: dict[str, int] = dict(read("entities")["countries"])
        self.weights |= {body["code"]: body["share"] for body in read("entities")["bodies"]}
        houses = (*institutions(), *self._employers())
        self.organisations = tuple(house.plan for house in houses)
        self._topics = {house.plan.slug: house.topics for house in houses}
        self._by_slug = {item.slug: item for item in self.organisations}
        self._by_entity: dict[str, list[OrganisationPlan]] = defaultdict(list)
        for item in self.organisations:
            if item.kind not in {"interpretation", "secretariat"}:
                self._by_entity[item.entity] += [item] * (3 if item.role else 1)
        self._media = [item for item in self.organisations if item.kind == "media"]
        self._media_abroad = [item for item in self._media if item.entity != HOST]
        self._known: list[dict[str, Any]] = read("known")["people"]
        written = [name["text"] for person in self._known for name in person["names"]]
        reserved = read("reserved")
        public = [name.strip() for name in chain(reserved["latin"].split(","), reserved["native"].split(","))]
        self._names = Names(self.rng, [*public, *written])
        self._slugs = Distinct()
        self._appointments = Appointments(self.rng)

    def _employers(self) -> tuple[House, ...]:
        """Found at least one employer in each country, then more by weight and many at the host."""
        countries = list(read("entities")["countries"])
        number = self.numbers["employers"]
        rest = number - len(countries)
        drawn = self.rng.choices(
            countries, [self.weights[code] or HOST_EMPLOYERS for code in countries], k=rest
        )
        return employers(countries + drawn, self.rng)

    def guests(self) -> list[Guest]:
        """Return all guests, the people written down by hand first."""
        total = scaled(self.numbers["people"], self.scale, least=LEAST_PEOPLE)
        wanted: dict[Capacity, int] = {
            capacity: scaled(number, self._scale_of(capacity), least=LEAST.get(capacity, 6))
            for capacity, number in self.numbers["numbers"].items()
        }
        known = self._known[: max(1, wanted["speaker"] // 2)]
        found = [self._write_down(person) for person in known]
        wanted["speaker"] -= len(found)
        wanted["delegate"] = max(0, total - len(found) - sum(wanted.values()))
        found += self._interpreters(wanted.pop("interpreter"))
        found += [self._secretariat() for _ in range(wanted.pop("staff"))]
        capacities = list(chain.from_iterable([capacity] * number for capacity, number in wanted.items()))
        self.rng.shuffle(capacities)
        entities = self._entities(len(capacities))
        found += [
            self._guest(capacity, entity) for capacity, entity in zip(capacities, entities, strict=True)
        ]
        return found

    def _scale_of(self, capacity: str) -> float:
        """Return the scale of a capacity; the stage does not grow with the house."""
        return min(self.scale, 1.0) if capacity in ON_STAGE else self.scale

    def _entities(self, number: int) -> Iterator[str]:
        """Yield the entity of each guest: every one once, the host its share, the rest by weight."""
        host = [HOST] * round(number * self.numbers["host_share"])
        every = [code for code in self.weights if code != HOST]
        abroad = every + self.rng.choices(every, [self.weights[code] for code in every], k=number)
        drawn = list(islice(chain(every, host, abroad[len(every) :]), number))
        self.rng.shuffle(drawn)
        return iter(drawn)

    def _interpreters(self, number: int) -> list[Guest]:
        """Return interpreters, each with English and one of the other languages of the summit."""
        groups = self.numbers["interpreters"]
        turns = list(chain.from_iterable([language] * group["share"] for language, group in groups.items()))
        self.rng.shuffle(turns)
        every = [*groups, *turns]
        found = []
        for language in islice(cycle(every), number):
            entity = self.rng.choice(groups[language]["entities"])
            name, culture = self._names.make(entity, language)
            post = self._appointments.choose(self._by_slug[INTERPRETERS])
            spoken = tuple(dict.fromkeys((language, "en", *culture.languages)))
            found.append(self._person(name, "interpreter", entity, self._by_slug[INTERPRETERS], post, spoken))
        return found

    def _secretariat(self) -> Guest:
        """Return a member of the host's staff."""
        name, culture = self._names.make(HOST)
        house = self._by_slug[SECRETARIAT]
        return self._person(name, "staff", HOST, house, self._appointments.choose(house), culture.languages)

    def _guest(self, capacity: Capacity, entity: str) -> Guest:
        """Return a guest of an entity in a capacity."""
        name, culture = self._names.make(entity)
        if capacity == "journalist":
            near = [item for item in self._media if item.entity == entity]
            house = self.rng.choice(near or self._media_abroad)
        else:
            near = self._by_entity[entity]
            learned = [item for item in near if item.kind in LEARNED] if capacity == "rapporteur" else []
            house = self.rng.choice(learned or near)
        return self._person(
            name, capacity, entity, house, self._appointments.choose(house), self._spoken(culture)
        )

    def _spoken(self, culture: Culture) -> tuple[str, ...]:
        """Return the languages of somebody from a culture; English not always."""
        others = [tag for tag in culture.languages[1:] if tag != "en" or self.rng.random() < ENGLISH_SHARE]
        return (culture.languages[0], *others)

    def _person(
        self,
        name: FullName,
        capacity: Capacity,
        entity: str,
        house: OrganisationPlan,
        post: Post,
        spoken: tuple[str, ...],
        honorific: str | None = None,
    ) -> Guest:
        """Put a guest together; where no honorific is given, post and place decide."""
        slug = self._slugs.take(name.slug)
        earlier = None
        if capacity == "speaker" and self.rng.random() < FORMER_SHARE:
            choice = [
                item
                for item in self._by_entity[entity]
                if item is not house and item.kind != "interpretation"
            ]
            earlier = self.rng.choice(choice) if choice else None
        present = (
            capacity in {"interpreter", "rapporteur", "staff", "speaker"} or self.rng.random() < ABROAD_SHARE
        )
        plan = PersonPlan(
            slug=slug,
            names=name.names,
            honorific=self._style(post, entity) if honorific is None else honorific,
            entity=entity,
            affiliations=self._appointments.career(post, house, earlier, woman=name.woman),
            email=address(slug, house),
            languages=spoken,
            capacity=capacity,
            attendance="on_site" if present else "online",
        )
        return Guest(plan, name.woman, post.field, post.senior, self._topics[house.slug])

    def _style(self, post: Post, entity: str) -> str:
        """Return the honorific that post and place suggest, often none."""
        luck = self.rng.random()
        if post.style:
            return post.style if luck < 0.8 else ""
        if post.field in {"researcher", "economist", "linguist", "archivist"}:
            return "Dr" if luck < 0.45 else ""
        if post.field == "engineer" and entity in {"EG", "JO", "SA", "OM", "KW", "IT", "AR", "ET"}:
            return "Eng." if luck < 0.5 else ""
        return ""

    def _write_down(self, person: dict[str, Any]) -> Guest:
        """Return a speaker written down by hand."""
        house = self._by_slug[person["organisation"]]
        names = tuple(
            NamePlan(item["use"], item["lang"], item["text"], item["sort"]) for item in person["names"]
        )
        name = FullName(names, slugify(person["slug"]), person["woman"])
        post = self._appointments.choose(house, person["post"])
        spoken = tuple(person["languages"])
        return self._person(
            name, "speaker", person["entity"], house, post, spoken, person.get("honorific", "")
        )


def address(slug: str, house: OrganisationPlan) -> str:
    """Return an address in a domain that can never exist."""
    domain = "rivertown" if house.slug == SECRETARIAT else house.slug[:48].strip("-")
    return f"{slug.replace('-', '.')}@{domain}.example"
