"""From the rows of a table to guests: every cell checked, and each that cannot be taken named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.utils import translation

from summitry.directory.actions.person import NameGiven
from summitry.directory.enums import NameUse
from summitry.directory.models import Entity, EntityName
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.i18n import Text, languages
from summitry.foundation.tables import Cell, Problem, Row, Severity, place
from summitry.guests.actions.importing.columns import NAMES, Field, plain
from summitry.guests.actions.importing.findings import CellCode
from summitry.guests.enums import Attendance
from summitry.guests.models import Category, Delegation

V = TypeVar("V")
LONGEST = {Field.EMAIL: 254, Field.HONORIFIC: 60, Field.POST: 300, Field.ORGANISATION: 300}
LONGEST_NAME = 200
LIMITS = {**dict.fromkeys(NAMES, LONGEST_NAME), **LONGEST}
_SHOWN = 80
_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59})"
)
LANGUAGE_OF_SCRIPT = {"Hani": "zh-hans", "Cyrl": "ru", "Arab": "ar", "Kana": "ja", "Hang": "ko", "Grek": "el",
                       "Hebr": "he", "Thai": "th", "Deva": "hi", "Armn": "hy", "Geor": "ka", "Ethi": "am"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GuestRow:
    """What a row says of a guest. `digest` is short for all of it: rows that say the same have the same."""

    number: int
    name: str
    native: str
    native_lang: str
    honorific: str
    email: str
    post: str
    organisation: str
    entity_id: int | None
    category_id: int
    delegation_id: int | None
    attendance: str
    language: str
    digest: str = ""

    @property
    def label(self) -> str:
        """What she is called."""
        return self.name or self.native

    @property
    def forms(self) -> tuple[str, ...]:
        """Her names."""
        return tuple(filter(None, (self.name, self.native)))

    def names(self) -> list[NameGiven]:
        """Return her names as the directory takes them."""
        names = []
        if self.name:
            names.append(NameGiven(NameUse.DISPLAY, "en", self.name))
        if self.native:
            names.append(NameGiven(NameUse.NATIVE, self.native_lang, self.native))
        return names


_WAYS = {
    Attendance.ON_SITE: "on site|onsite|in person|sur place|en presentiel|presencial|очно|лично|现场|线下|حضوري|حضوريا",
    Attendance.ONLINE: "online|remote|virtual|en ligne|a distance|en linea|virtualmente|онлайн|дистанционно|线上|在线|عن بعد|عبر الإنترنت",
    Attendance.LIVE_LINK: "live link|video link|liaison en direct|visioconference|videoconferencia|видеосвязь|视频连线|连线|اتصال مباشر",
    Attendance.RECORDED: "recorded|recording|enregistre|grabado|запись|录播|录像|مسجل",
}
"""Ways of taking part as lists call them."""


class Lookups:
    """What the words of a table may mean in an edition: its categories, delegations, countries and regions, languages."""

    def __init__(self, edition: Edition, actor: Actor, category: Category | None = None) -> None:
        self.edition = edition
        self.default = category
        self.categories = _by_words(
            Category.objects.filter(edition=edition).values_list("pk", "slug", "name")
        )
        mine = within(actor, Delegation.objects.filter(edition=edition))
        self.delegations = _by_words(mine.values_list("pk", "slug", "name"))

    @cached_property
    def entities(self) -> Mapping[str, int]:
        """Countries, regions and bodies by code and by every name of the edition's naming profile."""
        found = {plain(code): pk for pk, code in Entity.objects.values_list("pk", "code")}
        names = EntityName.objects.filter(profile=self.edition.naming_profile_id)
        return {**{plain(text): pk for pk, text in names.values_list("entity_id", "text")}, **found}

    @cached_property
    def attendance(self) -> Mapping[str, str]:
        """Ways of taking part, by code and by their names in every interface language."""
        found = {plain(word): way.value for way, words in _WAYS.items() for word in words.split("|")}
        for lang, _name in settings.LANGUAGES:
            with translation.override(lang):
                found |= {plain(str(one.label)): one.value for one in Attendance}
        return {**found, **{plain(one.value): one.value for one in Attendance}}

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """Languages of names, by code and by their names in every interface language."""
        codes = dict.fromkeys([*dict(settings.LANGUAGES), *self.edition.languages])
        found = {
            plain(languages.name_in(code, lang)): code for lang, _n in settings.LANGUAGES for code in codes
        }
        return {**found, **{plain(code): code for code in codes}, "zh": "zh-hans", "zh cn": "zh-hans"}

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Those of the languages in which letters are written."""
        written = dict(settings.LANGUAGES)
        return {words: code for words, code in self.languages.items() if code in written}


class RowReader:
    """Reads rows whose columns hold `targets`; what cannot be taken is added to `problems`."""

    def __init__(self, targets: Sequence[str], lookups: Lookups) -> None:
        self.columns = {Field(target): number for number, target in enumerate(targets) if target}
        self.lookups = lookups
        self.problems: list[Problem] = []

    def read(self, row: Row) -> GuestRow | None:
        """Return what the row says; None where any of its cells cannot be taken."""
        before = len(self.problems)
        words = {field: self._words(row, field) for field in self.columns}
        known = self._known(row, words)
        name, native, native_lang = self._names(row, words)
        if len(self.problems) > before:
            found = sorted(self.problems[before:], key=lambda problem: (len(problem.where), problem.where))
            self.problems[before:] = found  # as the eye goes along the row
            return None
        facts = (
            name, native, native_lang, words.get(Field.HONORIFIC, ""), words.get(Field.EMAIL, "").lower(),
            words.get(Field.POST, ""), words.get(Field.ORGANISATION, ""), *known,
        )  # fmt: skip
        digest = hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:32]
        return GuestRow(row.number, *facts, digest)

    def _known(self, row: Row, words: Mapping[Field, str]) -> tuple[int | None, int, int | None, str, str]:
        """Return entity, category, delegation, attendance and language."""
        look, default = self.lookups, self.lookups.default
        given = words.get(Field.CATEGORY, "")
        category = self._one_of(row, Field.CATEGORY, given, look.categories, CellCode.CATEGORY_UNKNOWN)
        if not given:
            category = default.pk if default else None
            if category is None:
                self._bad(row, Field.CATEGORY, CellCode.CATEGORY_MISSING)
        entity = words.get(Field.ENTITY, "")
        delegation = words.get(Field.DELEGATION, "")
        attendance = words.get(Field.ATTENDANCE, "")
        language = words.get(Field.LANGUAGE, "")
        way = self._one_of(row, Field.ATTENDANCE, attendance, look.attendance, CellCode.ATTENDANCE_UNKNOWN)
        return (
            self._one_of(row, Field.ENTITY, entity, look.entities, CellCode.ENTITY_UNKNOWN),
            category or 0,
            self._one_of(row, Field.DELEGATION, delegation, look.delegations, CellCode.DELEGATION_UNKNOWN),
            way or Attendance.ON_SITE.value,
            self._one_of(row, Field.LANGUAGE, language, look.letters, CellCode.LANGUAGE_UNKNOWN) or "",
        )

    def _names(self, row: Row, words: Mapping[Field, str]) -> tuple[str, str, str]:
        name, native = words.get(Field.NAME, ""), words.get(Field.NATIVE, "")
        if not name:
            parts = (words.get(Field.GIVEN, ""), words.get(Field.FAMILY, ""))
            name = " ".join(filter(None, parts))
            if name and script_of(name) == "Hani":
                name = "".join(reversed(parts))  # a Chinese family name stands first
        for field in NAMES:
            if (text := words.get(field)) and not any(char.isalpha() for char in text):
                self._bad(row, field, CellCode.NAME_UNREADABLE, value=text[:_SHOWN])
        columns = [self.columns[field] for field in NAMES if field in self.columns]
        if all(row.cells[column] is None for column in columns):
            self._bad(row, next(field for field in NAMES if field in self.columns), CellCode.NAME_MISSING)
        if name and not native and script_of(name) not in ("", LATIN):
            name, native = "", name
        given = words.get(Field.NATIVE_LANG, "")
        lang = self._one_of(row, Field.NATIVE_LANG, given, self.lookups.languages, CellCode.LANGUAGE_UNKNOWN)
        if native and not given:
            lang = LANGUAGE_OF_SCRIPT.get(script_of(native), "en")
        return name, native, (lang or "") if native else ""

    def _one_of(self, row: Row, field: Field, given: str, known: Mapping[str, V], code: CellCode) -> V | None:
        if not given:
            return None
        found = known.get(plain(given))
        if found is None:
            self._bad(row, field, code, value=given[:_SHOWN])
        return found

    def _words(self, row: Row, field: Field) -> str:
        """Return a cell as one line of words; what is none, or too long, is a problem."""
        cell: Cell = row.cells[self.columns[field]]
        if cell is None:
            return ""
        if not isinstance(cell, str):
            self._bad(row, field, CellCode.NOT_WORDS, value=str(cell)[:_SHOWN])
            return ""
        text = " ".join(cell.split())
        limit = LIMITS.get(field, LONGEST_NAME)
        if len(text) > limit:
            self._bad(row, field, CellCode.TOO_LONG, limit=limit, count=len(text))
            return ""
        if field is Field.EMAIL and not _EMAIL.fullmatch(text):
            self._bad(row, field, CellCode.EMAIL_UNREADABLE, value=text[:_SHOWN])
            return ""
        return text

    def _bad(self, row: Row, field: Field, code: CellCode, **params: str | int) -> None:
        column = self.columns.get(field)
        self.problems.append(Problem(Severity.ERROR, place(row.number, column), code, params))


def _by_words(rows: Iterable[tuple[int, str, Text]]) -> Mapping[str, int]:
    """Return rows by their slug and by their name in every language; a word that means two means none."""
    found: dict[str, int | None] = {}
    for pk, slug, name in rows:
        for word in {plain(slug), *map(plain, name.texts.values())}:
            found[word] = pk if found.get(word, pk) == pk else None
    return {word: pk for word, pk in found.items() if pk is not None}
