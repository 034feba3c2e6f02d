"""The institutions of the edition, and further employers put together from invented place names."""

from functools import cache
from random import Random
from typing import Any, NamedTuple

from summitry.rehearsal.content.plan import OrganisationPlan
from summitry.rehearsal.content.reading import read
from summitry.rehearsal.content.spelling import slugify
from summitry.rehearsal.content.texts import texts


class House(NamedTuple):
    """An organisation and the topics it cares for; no topics means all of them."""

    plan: OrganisationPlan
    topics: tuple[str, ...]


@cache
def institutions() -> tuple[House, ...]:
    """Return the 70 institutions with a role in the edition, host first."""
    return tuple(
        House(
            OrganisationPlan(
                slug=slugify(item["names"]["en"]),
                kind=item["kind"],
                entity=item["entity"],
                names=texts(item["names"]),
                role=item["role"],
            ),
            tuple(item["topics"]),
        )
        for item in read("institutions")["institutions"]
    )


def employers(entities: list[str], rng: Random) -> tuple[House, ...]:
    """Return one further organisation for each entry of `entities`, none of them twice."""
    data = read("employers")
    vacant: dict[str, list[tuple[dict[str, str], dict[str, Any]]]] = {}
    for region in data["regions"]:
        pairs = [(stem, kind) for stem in region["stems"] for kind in data["kinds"]]
        rng.shuffle(pairs)
        vacant |= dict.fromkeys(region["entities"], pairs)
    return tuple(employer(entity, *vacant[entity].pop()) for entity in entities)


def employer(entity: str, stem: dict[str, str], kind: dict[str, Any]) -> House:
    """Return the organisation of a kind that is named after an invented place."""
    names = {language: form.format(stem=stem[language]) for language, form in kind["names"].items()}
    plan = OrganisationPlan(slug=slugify(names["en"]), kind=kind["kind"], entity=entity, names=texts(names))
    return House(plan, tuple(kind["topics"]))
