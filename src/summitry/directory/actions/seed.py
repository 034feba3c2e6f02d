"""A first stock of countries and regions, with their flags and a naming profile to start from.

The names are those of Unicode CLDR in its installed version: a draft for the organiser to read, correct and freeze,
not a position on anything. `COUNTRY` stands for the Member States and observer States of the United Nations, `REGION`
for the other areas of ISO 3166-1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version
from django.conf import settings
from django.contrib.staticfiles import finders

from summitry.directory.actions.naming import EntityNameGiven, set_entity_names
from summitry.directory.enums import EntityKind
from summitry.directory.models import Entity, FlagAsset, NamingProfile
from summitry.directory.seed_data import IGO_NAMES, ISO_REGIONS, NOT_ISO
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording

PROFILE_SLUG = "cldr"
_BATCH = 500
_FLAGS = "vendor/flags"


def seed_entities(*, by: Actor) -> NamingProfile:
    """Add what is missing of countries, regions, the European Union and some intergovernmental organisations.

    Returns the naming profile with their short names in the interface languages. Safe to repeat: neither a name nor
    a flag that is there is changed, and a second run writes nothing.
    """
    require(by, "create", model=Entity)
    kinds = entity_kinds()
    with recording():
        present = set(Entity.objects.values_list("code", flat=True))
        missing = [Entity(code=code, kind=kind) for code, kind in kinds.items() if code not in present]
        Entity.objects.bulk_create(missing, batch_size=_BATCH)
        entities = {entity.code: entity for entity in Entity.objects.filter(code__in=kinds)}
        _add_flags(entities)
        profile = _profile(by)
        if profile.frozen_at is None:
            _add_names(profile, entities, by)
        if missing:
            record("directory.entities.seeded", by=by, obj=profile, count=len(missing))
    return profile


def entity_kinds() -> dict[str, EntityKind]:
    """Return the codes of all entities of the first stock, with their kinds."""
    territories = sorted(
        code for code in map(str, Locale.parse("en").territories) if len(code) == 2 and code.isalpha()
    )
    kinds = {
        code: EntityKind.REGION if code in ISO_REGIONS else EntityKind.COUNTRY
        for code in territories
        if code not in NOT_ISO
    }
    return {**kinds, "EU": EntityKind.UNION, **dict.fromkeys(IGO_NAMES, EntityKind.IGO)}


def flag_ratio(width: float, height: float) -> str:
    """Return a drawing's proportions as the official ratio, height first; small whole numbers where they fit."""
    exact = Fraction(height / width)
    simple = next(
        (
            near
            for limit in (3, 5, 10, 20, 40, 100)
            if abs((near := exact.limit_denominator(limit)) - exact) < exact / 400
        ),
        exact.limit_denominator(1000),
    )
    return f"{simple.numerator}:{simple.denominator}"


def _profile(by: Actor) -> NamingProfile:
    present = NamingProfile.objects.filter(slug=PROFILE_SLUG).order_by("-version").first()
    if present is not None:
        return present
    require(by, "create", model=NamingProfile)
    version = get_cldr_version()
    profile = NamingProfile.objects.create(
        slug=PROFILE_SLUG,
        title=f"CLDR {version} seed",
        source=f"Unicode CLDR {version}, through Babel; short names",
    )
    record("directory.profile.created", by=by, obj=profile)
    return profile


def _add_names(profile: NamingProfile, entities: Mapping[str, Entity], by: Actor) -> None:
    named = set(profile.names.values_list("entity_id", flat=True))
    names = [
        EntityNameGiven(entity, lang, text)
        for lang, _label in settings.LANGUAGES
        for entity, text in _names_in(lang, entities)
        if entity.pk not in named
    ]
    if names:
        set_entity_names(profile, names, by=by)


def _names_in(lang: str, entities: Mapping[str, Entity]) -> Iterable[tuple[Entity, str]]:
    territories = Locale.parse(lang, sep="-").territories
    for code, entity in entities.items():
        yield entity, IGO_NAMES[code][lang] if code in IGO_NAMES else territories[code]


def _add_flags(entities: Mapping[str, Entity]) -> None:
    ratios = _drawn_flags()
    flagged = set(FlagAsset.objects.filter(entity__in=entities.values()).values_list("entity_id", flat=True))
    FlagAsset.objects.bulk_create(
        [
            FlagAsset(
                entity=entity, asset=f"{_FLAGS}/{code.lower()}.svg", ratio=flag_ratio(*ratios[code.lower()])
            )
            for code, entity in entities.items()
            if code.lower() in ratios and entity.pk not in flagged
        ],
        batch_size=_BATCH,
    )


def _drawn_flags() -> dict[str, tuple[float, float]]:
    """Return width and height of each flag among the assets; none where the assets have not been built."""
    found = finders.find(f"{_FLAGS}/ratios.json")
    if not isinstance(found, str):
        return {}
    loaded: dict[str, tuple[float, float]] = json.loads(Path(found).read_text())
    return loaded
