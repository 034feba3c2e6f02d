"""The registry of what can be translated: rooms above and below say which of their texts belong to an edition.

The texts stay with their owners, and so does the writing: a source's `write` is an action of the room that owns it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text

SAVED = "translation.texts.saved"
"""The audit action under which owners record translations that they were handed."""


@dataclass(frozen=True, slots=True)
class TextField:
    """A translated field: its name, what people call it, and whether its text is Markdown in several paragraphs."""

    name: str
    label: str | Promise
    is_prose: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten:
    """New texts of one row, by field; `row` shows what they were when they were read, for the compare-and-set."""

    row: Any
    texts: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Source:
    """Rows with texts to translate.

    `rows` gives those of an edition, in the order of the programme; `forums` are the lookups from a row to the ids of
    the forums whose editors may translate it (none for texts of the whole edition); `many` says that one row may have
    several forums. `name` calls a row by its name, `within` says what it belongs to. `write` writes new texts for a caller who has asked for permission: it is
    the owning room's action, compares, records and announces, and raises StaleState.
    """

    key: str
    model: type[Model]
    label: str | Promise
    plural: str | Promise
    fields: tuple[TextField, ...]
    rows: Callable[[Edition], QuerySet[Any]]
    name: Callable[[Any], Text | str]
    write: Callable[[Edition, Sequence[Rewritten], Actor], None]
    within: Callable[[Any], Text | str] = lambda _row: ""
    forums: tuple[str, ...] = ()
    many: bool = False
    is_forum: bool = False
    order: int = 0

    def field(self, name: str) -> TextField | None:
        """Return the field of this name, if it is one of the translated ones."""
        return next((field for field in self.fields if field.name == name), None)

    def longest(self, field: str) -> int | None:
        """Return how many characters a text of this field may have in each language."""
        limit: int | None = getattr(self.model._meta.get_field(field), "max_length", None)
        return limit


_sources: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Let the workbench translate `source`; a room registers its sources when it starts."""
    _sources[source.key] = source


def sources() -> list[Source]:
    """Return all sources in the order in which people see them."""
    return sorted(_sources.values(), key=lambda source: source.order)


def source_of(key: str) -> Source | None:
    """Return one source by its key."""
    return _sources.get(key)
