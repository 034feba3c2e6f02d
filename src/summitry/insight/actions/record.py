"""Loading the record of past editions that ships with the product."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

from summitry.editions.actions.edition import create_edition, create_summit
from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition, Summit
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.i18n import Text
from summitry.insight.actions.conflict import ConflictGiven, describe_conflicts
from summitry.insight.actions.measure import Definition, define_measures
from summitry.insight.actions.observation import Claim, record_observations
from summitry.insight.data.reading import Fact, facts, read
from summitry.insight.enums import (
    COUNTABLE,
    ConflictKind,
    MeasureGroup,
    MeasureUnit,
    ObservationKind,
    Qualifier,
)
from summitry.insight.models.observation import SERIES

ZONE = "Asia/Shanghai"
LANGUAGES = ("en", "zh-hans")


def load_record(*, by: Actor) -> Summit:
    """Load the measures, and the series with its three editions and all that was stated about them.

    A second run changes nothing; editions that are there already are left as they are. Raises PermissionRefused
    unless `by` may create summits and editions, define measures and record for the series.
    """
    given = read("record")
    with recording():
        units = load_measures(by=by)
        summit = _summit(given["summit"], by)
        held = {edition.slug: edition for edition in summit.editions.all()}
        describe_conflicts(_conflicts(), summit=summit, by=by)
        claims: dict[str, list[Claim]] = defaultdict(list)
        for fact in facts():
            claims[fact.covers if _is_year(fact.covers) else SERIES].append(_claim(fact, units[fact.measure]))
        for facts_given in given["edition"]:
            edition = held.get(facts_given["slug"]) or _edition(summit, facts_given, by)
            record_observations(claims[str(edition.year)], summit=summit, edition=edition, by=by)
        record_observations(claims[SERIES], summit=summit, edition=None, by=by)
    return summit


def load_measures(*, by: Actor) -> dict[str, MeasureUnit]:
    """Define every measure that ships with the product and return their units. A second run changes nothing."""
    definitions = [
        Definition(
            key=given["key"],
            name=Text.of(given["name"]),
            unit=MeasureUnit(given["unit"]),
            group=MeasureGroup(given["group"]),
            definition=Text.of(given.get("definition", {})),
            is_headline=given.get("is_headline", False),
            position=position,
        )
        for position, given in enumerate(read("measures")["measure"], 1)
    ]
    define_measures(definitions, by=by)
    return {definition.key: definition.unit for definition in definitions}


def _summit(given: dict[str, Any], by: Actor) -> Summit:
    present = Summit.objects.filter(slug=given["slug"]).first()
    return present or create_summit(given["slug"], Text.of(given["name"]), by=by)


def _conflicts() -> list[ConflictGiven]:
    return [
        ConflictGiven(
            code=given["code"],
            kind=ConflictKind(given["kind"]),
            title=Text.of(given["title"]),
            explanation=Text.of(given["explanation"]),
            position=position,
        )
        for position, given in enumerate(read("conflicts")["conflict"], 1)
    ]


def _edition(summit: Summit, given: dict[str, Any], by: Actor) -> Edition:
    return create_edition(
        summit,
        given["slug"],
        by=by,
        origin=EditionOrigin.RECORD,
        year=given["starts_on"].year,
        ordinal_note=Text.of(read("record")["ordinal_note"]),
        name=Text.of(given["name"]),
        formal_title=Text.of(given["formal_title"]),
        motto=Text.of(given.get("motto", {})),
        lead=Text.of(given.get("lead", {})),
        host_city=Text.of(read("record")["host_city"]),
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        zone_name=ZONE,
        languages=list(LANGUAGES),
        fallback=["en"],
        is_public=True,
    )


def _claim(fact: Fact, unit: MeasureUnit) -> Claim:
    is_number = unit in COUNTABLE and fact.value != ""
    return Claim(
        measure=fact.measure,
        number=Decimal(fact.value) if is_number else None,
        text=Text() if is_number else Text.of(fact.value),
        qualifier=Qualifier(fact.qualifier.replace(" ", "_")) if fact.qualifier else Qualifier.NOT_STATED,
        kind=ObservationKind(fact.kind),
        as_of=fact.as_of,
        source=fact.source,
        note=fact.note,
        conflicts=fact.conflicts,
        span="" if _is_year(fact.covers) else fact.covers.replace("-", "–"),
    )


def _is_year(covers: str) -> bool:
    return covers.isdigit()
