"""Taking texts along: as a table or as XLIFF, for people and tools that translate elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import TextState
from summitry.translation.interchange.records import Entry, Standing
from summitry.translation.interchange.table import write_table
from summitry.translation.interchange.xliff import write_xliff
from summitry.translation.queries.glossary import Glossary
from summitry.translation.queries.units import Unit

_STANDINGS = {
    TextState.MISSING: Standing.INITIAL,
    TextState.STALE: Standing.INITIAL,
    TextState.MACHINE: Standing.TRANSLATED,
    TextState.REVIEWED: Standing.REVIEWED,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file: its name, its type, its bytes, and how many texts it holds."""

    name: str
    content_type: str
    data: bytes
    count: int


def source_languages(units: Sequence[Unit]) -> list[tuple[str, int]]:
    """Return the languages in which these texts were written, with how many there are, the most frequent first."""
    return Counter(unit.text.source for unit in units).most_common()


def export_table(edition: Edition, units: Sequence[Unit], lang: str) -> Exported:
    """Return texts as CSV, from whatever languages into `lang`; the caller has filtered them by what she may see."""
    entries = [entry_of(unit, lang) for unit in units]
    return Exported(
        f"{edition.slug}-{lang}.csv", "text/csv; charset=utf-8", write_table(entries), len(entries)
    )


def export_xliff(edition: Edition, units: Sequence[Unit], source: str, lang: str) -> Exported:
    """Return those of the texts that were written in `source` as XLIFF 2, with the agreed terms of each."""
    glossary = Glossary()
    entries = [entry_of(unit, lang, glossary) for unit in units if unit.text.source == source]
    data = write_xliff(entries, source, lang, edition.slug)
    return Exported(f"{edition.slug}-{source}-{lang}.xlf", "application/xliff+xml", data, len(entries))


def entry_of(unit: Unit, lang: str, glossary: Glossary | None = None) -> Entry:
    """Return one text as files have it."""
    state = unit.state(lang)
    longest = unit.source.longest(unit.field.name)
    pairs = glossary.pairs(unit, lang) if glossary else []
    return Entry(
        id=unit.id,
        source=unit.original,
        target=unit.text.get(lang) or None,
        standing=_STANDINGS[state],
        source_lang=unit.text.source,
        target_lang=lang,
        context=str(unit.name),
        kind=str(unit.source.label),
        field=str(unit.field.label),
        state=str(state),
        note=_("At most %(count)d characters.") % {"count": longest} if longest else "",
        terms=tuple((pair.source, pair.target) for pair in pairs if pair.target),
    )
