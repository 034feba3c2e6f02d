"""Entities and the organiser's stylebook of their names: naming profiles, in versions that freeze."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from summitry.directory.enums import EntityKind, NameForm
from summitry.directory.errors import FlagsOverlap, NameMissing, ProfileFrozen
from summitry.directory.events import EntityNamesChanged
from summitry.directory.models import Entity, EntityName, FlagAsset, NamingProfile
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import checked, refusal
from summitry.foundation.errors import NotFound

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class EntityNameGiven:
    """What an entity is called in one language and form; an empty text removes the name."""

    entity: Entity
    lang: str
    text: str
    form: NameForm = NameForm.SHORT


def create_entity(code: str, *, by: Actor, kind: EntityKind = EntityKind.COUNTRY) -> Entity:
    """Add a country, region or body under its ISO 3166-1 alpha-2 code, or a code of our own."""
    require(by, "create", model=Entity)
    with recording():
        entity = checked(Entity(code=code.strip().upper(), kind=kind))
        entity.save()
        record("directory.entity.created", by=by, obj=entity)
    return entity


def add_flag(
    entity: Entity,
    asset: str,
    *,
    by: Actor,
    ratio: str = "2:3",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> FlagAsset:
    """Approve a flag for a span of time, `valid_to` being the first day without it. Raises FlagsOverlap.

    A flag that is valid without end ends where the new one begins.
    """
    require(by, "edit", entity)
    with recording():
        Entity.objects.select_for_update().get(pk=entity.pk)
        flags = FlagAsset.objects.filter(entity=entity)
        if valid_from is not None:
            endless = flags.filter(valid_to__isnull=True)
            endless.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=valid_from)).update(
                valid_to=valid_from
            )
        overlapping = flags
        if valid_from is not None:
            overlapping = overlapping.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from))
        if valid_to is not None:
            overlapping = overlapping.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=valid_to))
        if overlapping.exists():
            raise FlagsOverlap
        flag = FlagAsset(entity=entity, asset=asset, ratio=ratio, valid_from=valid_from, valid_to=valid_to)
        checked(flag).save()
        record("directory.flag.added", by=by, obj=entity, asset=asset)
    return flag


def create_profile(slug: str, title: str, *, by: Actor, source: str = "") -> NamingProfile:
    """Open the first version of a naming profile, without names."""
    require(by, "create", model=NamingProfile)
    with recording():
        profile = checked(NamingProfile(slug=slug, title=title, source=source))
        profile.save()
        record("directory.profile.created", by=by, obj=profile)
    return profile


def publish_profile(profile: NamingProfile, *, by: Actor) -> NamingProfile:
    """Freeze this version: it is never edited again, so that what was printed by it stays explainable."""
    require(by, "freeze", profile)
    with recording():
        at = clock.now()
        if not NamingProfile.objects.filter(pk=profile.pk, frozen_at__isnull=True).update(frozen_at=at):
            raise ProfileFrozen
        profile.frozen_at = at
        record("directory.profile.frozen", by=by, obj=profile)
    return profile


def new_version_of(profile: NamingProfile, *, by: Actor) -> NamingProfile:
    """Open the next version of a profile, with a copy of the names of `profile`."""
    require(by, "create", model=NamingProfile)
    with recording():
        family = NamingProfile.objects.select_for_update().filter(slug=profile.slug)
        last = max(family.values_list("version", flat=True))
        version = NamingProfile(
            slug=profile.slug, version=last + 1, title=profile.title, source=profile.source
        )
        version.save()
        EntityName.objects.bulk_create(
            [
                EntityName(profile=version, entity_id=entity_id, lang=lang, form=form, text=text)
                for entity_id, lang, form, text in profile.names.values_list(
                    "entity_id", "lang", "form", "text"
                )
            ],
            batch_size=_BATCH,
        )
        record("directory.profile.versioned", by=by, obj=version, of=str(profile))
    return version


def set_entity_name(
    profile: NamingProfile,
    entity: Entity,
    lang: str,
    text: str,
    *,
    by: Actor,
    form: NameForm = NameForm.SHORT,
) -> None:
    """Say what an entity is called in one language and form. Raises ProfileFrozen. Announces EntityNamesChanged."""
    if not text.strip():
        raise NameMissing
    set_entity_names(profile, [EntityNameGiven(entity, lang, text, form)], by=by)


def set_entity_names(profile: NamingProfile, names: Iterable[EntityNameGiven], *, by: Actor) -> int:
    """Write many names into a profile and return how many differ; an empty text removes one.

    Raises ProfileFrozen. Announces EntityNamesChanged where anything differs.
    """
    require(by, "edit", profile)
    wanted = {(name.entity.pk, name.lang, str(name.form)): " ".join(name.text.split()) for name in names}
    with recording():
        current = NamingProfile.objects.select_for_update().filter(pk=profile.pk).first()
        if current is None:
            raise NotFound
        if current.frozen_at is not None:
            raise ProfileFrozen
        rows = profile.names.filter(entity__in={key[0] for key in wanted})
        present = {(row.entity_id, row.lang, row.form): row for row in rows}
        old = {key: row.text for key, row in present.items()}
        changed = {key: text for key, text in wanted.items() if old.get(key, "") != text}
        if not changed:
            return 0
        EntityName.objects.filter(
            pk__in=[present[key].pk for key, text in changed.items() if not text]
        ).delete()
        EntityName.objects.bulk_create(
            [
                _name(profile, entity_id, lang, form, text)
                for (entity_id, lang, form), text in changed.items()
                if text
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["profile", "entity", "lang", "form"],
            update_fields=["text"],
        )
        labels = _labels(changed)
        record(
            "directory.profile.edited",
            by=by,
            obj=profile,
            count=len(changed),
            before={labels[key]: old[key] for key in changed if key in old},
            after={labels[key]: text for key, text in changed.items()},
        )
        announce(EntityNamesChanged(by=by, profile_id=profile.pk))
    return len(changed)


def _name(profile: NamingProfile, entity_id: int, lang: str, form: str, text: str) -> EntityName:
    name = EntityName(profile=profile, entity_id=entity_id, lang=lang, form=form, text=text)
    try:
        name.clean_fields(exclude=["profile", "entity"])
    except ValidationError as error:
        raise refusal(error) from error
    return name


def _labels(keys: Iterable[tuple[int, str, str]]) -> dict[tuple[int, str, str], str]:
    keys = list(keys)
    codes = dict(Entity.objects.filter(pk__in={key[0] for key in keys}).values_list("pk", "code"))
    return {(entity_id, lang, form): f"{codes[entity_id]}:{lang}:{form}" for entity_id, lang, form in keys}
