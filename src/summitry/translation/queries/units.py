"""All texts of an edition that can be translated, read in a few statements and kept until the edition changes."""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import F

from summitry.editions.models import Edition
from summitry.foundation.i18n import Text, TextState
from summitry.translation.sources import Source, TextField, source_of, sources

_GENERATION = "translation-units"
_EDITIONS = 8
_kept: dict[tuple[str, int], tuple[int, tuple[Unit, ...]]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Unit:
    """One text to translate: a field of a row, with the row's name, what it belongs to, and its forums."""

    source: Source
    pk: int
    field: TextField
    text: Text
    name: Text | str
    within: Text | str
    forums: frozenset[int]

    @property
    def id(self) -> str:
        """Its name in addresses, files and the API: `programme.forum:12:title`."""
        return f"{self.source.key}:{self.pk}:{self.field.name}"

    @property
    def original(self) -> str:
        """The words of the author."""
        return self.text.get(self.text.source)

    def state(self, lang: str) -> TextState:
        """Return how far its translation into `lang` can be relied upon."""
        return self.text.state(lang)


def units_of(edition: Edition) -> tuple[Unit, ...]:
    """Return all texts of `edition`, in the order of the sources, for reading.

    They are kept in this process under the edition's content version; clearing Django's cache forgets them.
    """
    key = (str(cache.get_or_set(_GENERATION, lambda: uuid.uuid4().hex, None)), edition.pk)
    with _lock:
        held = _kept.get(key)
    if held is not None and held[0] == edition.content_version:
        return held[1]
    units = tuple(unit for source in sources() for unit in load_units(source, edition))
    with _lock:
        _kept.pop(key, None)
        _kept[key] = (edition.content_version, units)
        while len(_kept) > _EDITIONS:
            _kept.pop(next(iter(_kept)))
    return units


def load_units(source: Source, edition: Edition, pks: Iterable[int] | None = None) -> list[Unit]:
    """Read the texts of one source, or of some of its rows, that say anything in their own language."""
    rows = source.rows(edition)
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    if source.forums and not source.many:
        rows = rows.annotate(unit_forum=F(source.forums[0]))
    found = list(rows)
    forums = _forums(source, found)
    return [
        Unit(source, row.pk, field, text, source.name(row), source.within(row), forums[row.pk])
        for row in found
        for field in source.fields
        if (text := getattr(row, field.name)) and text.get(text.source)
    ]


def units_by_id(edition: Edition, ids: Iterable[str]) -> dict[str, Unit]:
    """Read some texts anew, by id; ids that name nothing of this edition are left out."""
    wanted: dict[str, set[int]] = defaultdict(set)
    asked = set(ids)
    for unit_id in asked:
        named = parsed(unit_id)
        if named:
            wanted[named[0].key].add(named[1])
    found: dict[str, Unit] = {}
    for source in sources():
        if source.key in wanted:
            read = load_units(source, edition, wanted[source.key])
            found |= {unit.id: unit for unit in read if unit.id in asked}
    return found


def parsed(unit_id: str) -> tuple[Source, int, TextField] | None:
    """Return what an id names, or nothing."""
    key, _colon, rest = unit_id.partition(":")
    number, _colon, name = rest.partition(":")
    source = source_of(key)
    field = source.field(name) if source else None
    if source is None or field is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return source, int(number), field


def forum_names(units: Iterable[Unit]) -> dict[int, Text | str]:
    """Return the forums of an edition by id, with their names, in order."""
    return {unit.pk: unit.name for unit in units if unit.source.is_forum}


def _forums(source: Source, rows: Sequence[Any]) -> dict[int, frozenset[int]]:
    if not source.forums:
        return dict.fromkeys((row.pk for row in rows), frozenset())
    if not source.many:
        return {row.pk: frozenset({row.unit_forum} - {None}) for row in rows}
    gathered: dict[int, set[int]] = {row.pk: set() for row in rows}
    for lookup in source.forums:
        pairs = source.model._default_manager.filter(pk__in=list(gathered)).values_list("pk", lookup)
        for pk, forum in pairs.distinct():
            if forum is not None:
                gathered[pk].add(forum)
    return {pk: frozenset(forums) for pk, forums in gathered.items()}
