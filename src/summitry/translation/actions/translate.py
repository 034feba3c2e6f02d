"""Saving translations: one by hand, or many at once from a file or a machine, always against what the translator saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.i18n import Text, TextState
from summitry.foundation.i18n.text import digest
from summitry.foundation.live import hint
from summitry.translation.checking.checks import check, tidy
from summitry.translation.errors import NotTranslatable, SourceConflict, TranslationConflict
from summitry.translation.events import TranslationsSaved
from summitry.translation.models import Wording
from summitry.translation.queries.reach import languages_of, reach_of
from summitry.translation.queries.units import Unit, parsed, units_by_id
from summitry.translation.queries.wording import remark_sentence
from summitry.translation.sources import Rewritten, Source, sources

STATES = frozenset({TextState.REVIEWED, TextState.MACHINE})


class Origin(StrEnum):
    """How translations came about."""

    HAND = "hand"
    FILE = "file"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the translator had before her: the digests of the source and of the translation (of "" where none was)."""

    source: str
    target: str

    @classmethod
    def of(cls, unit: Unit, lang: str) -> Seen:
        """Return what somebody sees who is shown `unit`."""
        return cls(digest(unit.original), digest(unit.text.get(lang)))


@dataclass(frozen=True, slots=True)
class Wish:
    """A translation to be written. `source` is the source text it was made from, where that is no longer the present."""

    unit: Unit
    words: str
    state: TextState
    source: str | None = None

    def text(self, lang: str) -> Text:
        """Return the text as it will be."""
        new = self.unit.text.with_text(lang, self.words, self.state)
        if self.source is None or not self.words:
            return new
        return Text(new.texts, new.source, {**new.marks, lang: (str(self.state), digest(self.source))})


def save_translation(
    edition: Edition,
    unit_id: str,
    lang: str,
    words: str,
    *,
    by: Actor,
    state: TextState = TextState.REVIEWED,
    seen: Seen | None = None,
) -> Unit:
    """Save one translation (empty words remove it) and return the text as it is now.

    `seen` is what the translator saw; without it whatever is there is replaced. Raises TranslationConflict where
    somebody else saved other words first, SourceConflict where the source has changed, InvalidInput for words that
    cannot be stored, NotTranslatable, NotFound and PermissionRefused. Announces TranslationsSaved.
    """
    if state not in STATES:
        raise InvalidInput(fields={"state": [_("Choose “reviewed” or “needs review”.")]})
    with recording():
        unit = writable_unit(edition, unit_id, lang, by=by, lock=True)
        words = tidy(words, is_prose=unit.field.is_prose)
        _check_words(unit, words)
        if seen is not None and seen.source != digest(unit.original):
            raise SourceConflict
        here = unit.text.get(lang)
        if seen is not None and seen.target != digest(here) and here != words:
            raise TranslationConflict
        write_translations(edition, lang, [Wish(unit, words, state)], by=by, origin=Origin.HAND)
        return units_by_id(edition, [unit_id])[unit_id]


def writable_unit(edition: Edition, unit_id: str, lang: str, *, by: Actor, lock: bool = False) -> Unit:
    """Return a text, read anew, that `by` may translate into `lang`; `lock` holds its row until the transaction ends.

    Raises NotFound where there is none or she may not see it, PermissionRefused and NotTranslatable.
    """
    named = parsed(unit_id)
    if named is not None and lock:
        source, pk, _field = named
        source.model._base_manager.select_for_update().filter(pk=pk).first()
    unit = units_by_id(edition, [unit_id]).get(unit_id)
    reach = reach_of(by, edition)
    if unit is None or not reach.may_read(lang, unit.forums):
        raise NotFound
    if not reach.may_write(lang, unit.forums):
        raise PermissionRefused
    if lang == unit.text.source or lang not in languages_of(edition):
        raise NotTranslatable
    return unit


def write_translations(
    edition: Edition, lang: str, wishes: Sequence[Wish], *, by: Actor, origin: Origin
) -> list[str]:
    """Write many translations, all or none, for a caller who has asked for permission; return the ids of what changed.

    Keeps the wording of their sources. Raises StaleState where a text changed since it was read. Announces
    TranslationsSaved where anything differs.
    """
    changed = [(wish, new) for wish in wishes if (new := wish.text(lang)) != wish.unit.text]
    if not changed:
        return []
    with recording():
        for source in sources():
            rows = _rewritten(source, [(wish, new) for wish, new in changed if wish.unit.source is source])
            if rows:
                source.write(edition, rows, by)
        # After the rows, in one order: two writers who hold each other's rows and words would wait for ever.
        keep_wordings([wish.unit.original if wish.source is None else wish.source for wish, _new in changed])
        ids = tuple(wish.unit.id for wish, _new in changed)
        announce(
            TranslationsSaved(by=by, edition_id=edition.pk, language=lang, texts=ids, origin=str(origin))
        )
        hint(f"edition:{edition.pk}:translation", "saved", lang=lang, texts=list(ids[:20]))
    edition.refresh_from_db(fields=["content_version"])
    return list(ids)


def keep_wordings(words: Sequence[str]) -> None:
    """Keep source texts, so that translations made from them can show later what has changed."""
    now = clock.now()
    rows = {digest(text): text for text in words if text}
    Wording.objects.bulk_create(
        [Wording(digest=key, text=text, kept_at=now) for key, text in sorted(rows.items())],
        ignore_conflicts=True,
    )


def _rewritten(source: Source, changed: Sequence[tuple[Wish, Text]]) -> list[Rewritten]:
    """Gather what changes in each row: several fields of one row are one write."""
    texts: dict[int, dict[str, Text]] = defaultdict(dict)
    rows: dict[Any, Any] = source.model._base_manager.in_bulk({wish.unit.pk for wish, _new in changed})
    for wish, new in changed:
        row = rows.get(wish.unit.pk)
        if row is None:
            raise StaleState
        setattr(row, wish.unit.field.name, wish.unit.text)
        texts[wish.unit.pk][wish.unit.field.name] = new
    return [Rewritten(rows[pk], fields) for pk, fields in texts.items()]


def _check_words(unit: Unit, words: str) -> None:
    longest = unit.source.longest(unit.field.name)
    remarks = check(unit.original, words, is_prose=unit.field.is_prose, longest=longest)
    refused = [remark_sentence(remark) for remark in remarks if remark.is_refused]
    if refused:
        raise InvalidInput(fields={"words": refused})
