"""The institutions of the edition, and further employers put together from invented place names."""

from functools import cache
from random import Random

from summitry.rehearsal.content.plan import OrganisationPlan
from summitry.rehearsal.content.reading import read
from summitry.rehearsal.content.spelling import Distinct, slugify
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
        slugify(item["names"]["en"]) for item in read("institutions")["institutions"] if topic in item["topics"]
    )


def employers(entities: list[str], rng: Random) -> tuple[OrganisationPlan, ...]:
    """Return one further organisation for each entry of `entities`, none of them twice."""
    data = read("employers")
    pairs = [(stem, kind) for stem in data["stems"] for kind in data["kinds"]]
    rng.shuffle(pairs)
    distinct = Distinct()
    found = []
    for entity, (stem, kind) in zip(entities, pairs, strict=False):
        names = {lang: form.format(stem=stem[lang]) for lang, form in kind["names"].items() if lang in stem}
        slug = distinct.take(slugify(names["en"]))
        found.append(OrganisationPlan(slug=slug, kind=kind["kind"], entity=entity, names=texts(names)))
    return tuple(found)
