"""How countries, regions and bodies are named and which flag is theirs: one renderer for every screen and print.

All names come from the organiser's naming profile; no library is asked. A list of them is headed "countries and
regions".
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from summitry.directory.enums import NameForm
from summitry.directory.models import Entity, EntityName, FlagAsset, NamingProfile
from summitry.directory.queries.sorting import collation_key
from summitry.foundation.access import Actor, visible
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Shown


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag to be drawn: the static path of its SVG, and its official ratio as height and width."""

    asset: str
    height: int
    width: int

    @property
    def ratio(self) -> str:
        """The ratio as it is usually written, height first."""
        return f"{self.height}:{self.width}"


class EntityNames:
    """The names of all entities in one profile, for readers of one language. One query, when it is made."""

    def __init__(self, profile: NamingProfile | int | None, lang: str, chain: Sequence[str] = ()) -> None:
        self.lang = lang
        self._chain = tuple(dict.fromkeys((lang, *chain, "en")))
        self._codes: dict[int, str] = {}
        self._names: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
        in_profile = Q(names__profile=profile) if profile is not None else Q(pk__in=[])
        rows = Entity.objects.filter(in_profile, names__lang__in=self._chain)
        fields = ("pk", "code", "names__form", "names__lang", "names__text")
        for entity_id, code, form, language, text in rows.order_by("pk").values_list(*fields):
            self._codes[entity_id] = code
            self._names[entity_id, form][language] = text

    def short(self, entity: Entity | int) -> Shown:
        """Return the short name; an entity that the profile does not name is shown by its code."""
        return self._shown(_pk(entity), NameForm.SHORT) or self._code(entity)

    def formal(self, entity: Entity | int) -> Shown:
        """Return the formal name, or the short one where the profile has no formal name in any of the languages."""
        return self._shown(_pk(entity), NameForm.FORMAL) or self.short(entity)

    def sort_key(self, entity: Entity | int) -> str:
        """Return the key by which the entity sorts for this reader: of its sort form, else of its short name."""
        sort = self._names.get((_pk(entity), NameForm.SORT), {}).get(self.lang)
        return collation_key(sort or self.short(entity).text, self.lang)

    def in_order(self, entities: Iterable[Entity]) -> list[Entity]:
        """Return `entities` in the alphabetical order of the reader's language."""
        return sorted(entities, key=lambda entity: (self.sort_key(entity), entity.pk))

    def _shown(self, entity_id: int, form: NameForm) -> Shown | None:
        texts = self._names.get((entity_id, form), {})
        lang = next((lang for lang in self._chain if lang in texts), None)
        return Shown(texts[lang], lang, fallback=lang != self.lang) if lang else None

    def _code(self, entity: Entity | int) -> Shown:
        code = entity.code if isinstance(entity, Entity) else self._codes.get(entity, "")
        return Shown(code, "", fallback=False)


def entity_names(
    profile: NamingProfile | int | None,
    entities: Iterable[int],
    form: NameForm = NameForm.SHORT,
    langs: Sequence[str] | None = None,
) -> dict[int, dict[str, str]]:
    """Return names in all languages, or in `langs`: {entity id: {language: name}}, with one query."""
    names: dict[int, dict[str, str]] = {}
    rows = EntityName.objects.filter(profile=profile, entity__in=set(entities), form=form)
    if langs is not None:
        rows = rows.filter(lang__in=langs)
    for entity_id, lang, text in rows.order_by("entity_id", "lang").values_list("entity_id", "lang", "text"):
        names.setdefault(entity_id, {})[lang] = text
    return names


def flag_for(entity: Entity, on: dt.date) -> Flag | None:
    """Return the flag of `entity` that is valid `on` a day; None where it has none."""
    return flags_for([entity.pk], on).get(entity.pk)


def flags_for(entities: Iterable[int], on: dt.date) -> dict[int, Flag]:
    """Return the flags that are valid `on` a day, by entity id, with one query."""
    rows = FlagAsset.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        entity__in=set(entities),
    )
    return {
        entity_id: _flag(asset, ratio)
        for entity_id, asset, ratio in rows.values_list("entity_id", "asset", "ratio")
    }


def latest_profile(slug: str) -> NamingProfile | None:
    """Return the newest version of a naming profile."""
    return NamingProfile.objects.filter(slug=slug).order_by("-version").first()


def profile_by_slug(actor: Actor, slug: str, version: int | None = None) -> NamingProfile:
    """Return a version of a naming profile, the newest by default. Raises NotFound."""
    rows = visible(actor, NamingProfile.objects.filter(slug=slug)).order_by("-version")
    profile = rows.first() if version is None else rows.filter(version=version).first()
    if profile is None:
        raise NotFound
    return profile


def _flag(asset: str, ratio: str) -> Flag:
    height, _colon, width = ratio.partition(":")
    return Flag(asset, int(height), int(width))


def _pk(entity: Entity | int) -> int:
    return entity.pk if isinstance(entity, Entity) else entity
