"""The institutions of the edition, and further employers put together from invented place names."""

from functools import cache
from random import Random
from typing import Any

from summitry.rehearsal.content.plan import OrganisationPlan
from summitry.rehearsal.content.reading import read
from summitry.rehearsal.content.spelling import slugify
from summitry.rehearsal.content.texts import texts


@cache
def institutions() -> tuple[OrganisationPlan, ...]:
    """Return the 70 institutions with a role in the edition, host first."""
    return tuple(
        OrganisationPlan(
            slug=slugify(item["names"]["en"]),
            kind=item["kind"],
            entity=item["entity"],
            names=texts(item["names"]),
            role=item["role"],
        )
        for item in read("institutions")["institutions"]
    )


@cache
def caring_for(topic: str) -> tuple[str, ...]:
    """Return the slugs of the institutions that name a topic as theirs."""
    return tuple(
        slugify(item["names"]["en"])
        for item in read("institutions")["institutions"]
        if topic in item["topics"]
    )


def employers(entities: list[str], rng: Random) -> tuple[OrganisationPlan, ...]:
    """Return one further organisation for each entry of `entities`, none of them twice."""
    data = read("employers")
    vacant: dict[str, list[tuple[dict[str, str], dict[str, Any]]]] = {}
    for region in data["regions"]:
        pairs = [(stem, kind) for stem in region["stems"] for kind in data["kinds"]]
        rng.shuffle(pairs)
        vacant |= dict.fromkeys(region["entities"], pairs)
    return tuple(employer(entity, *vacant[entity].pop()) for entity in entities)


def employer(entity: str, stem: dict[str, str], kind: dict[str, Any]) -> OrganisationPlan:
    """Return the organisation of a kind that is named after an invented place."""
    names = {language: form.format(stem=stem[language]) for language, form in kind["names"].items()}
    return OrganisationPlan(slug=slugify(names["en"]), kind=kind["kind"], entity=entity, names=texts(names))
