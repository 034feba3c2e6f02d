"""From the rows of a table to jurors: every cell checked, and each that cannot be taken named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from summitry.calls.actions.juror import MOST_AREAS
from summitry.calls.actions.juror_importing.columns import Field
from summitry.calls.actions.juror_importing.findings import CellCode
from summitry.calls.models import Area, Call
from summitry.directory.actions.person import NameGiven
from summitry.directory.enums import NameUse
from summitry.directory.models import Entity, EntityName
from summitry.directory.queries.scripts import LATIN, script_of
from summitry.foundation.i18n import languages
from summitry.foundation.tables import Problem, Row, Severity, place
from summitry.guests.actions.importing.columns import plain
from summitry.guests.actions.importing.rows import LANGUAGE_OF_SCRIPT

V = TypeVar("V")
LIMITS = {Field.NAME: 200, Field.EMAIL: 254, Field.ORGANISATION: 300, Field.WORDS: 2000}
LONGEST = 1000
MOST_READS = 500
SHOWN = 80
PARTS = re.compile(r"[;；|\n]")
"""What stands between the parts of a list: areas have commas in their names."""


@dataclass(frozen=True, slots=True)
class JurorRow:
    """What a row says of a juror; `most` is None where it says nothing."""

    number: int
    name: str
    email: str
    organisation: str = ""
    entity_id: int | None = None
    languages: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    most: int | None = None
    words: str = ""

    def names(self) -> list[NameGiven]:
        """Return her name as the directory takes it."""
        script = script_of(self.name)
        if script in ("", LATIN):
            return [NameGiven(NameUse.DISPLAY, "en", self.name)]
        return [NameGiven(NameUse.NATIVE, LANGUAGE_OF_SCRIPT.get(script, "en"), self.name)]


class Lookups:
    """What the words of a table may mean in a call: its areas, countries and regions, languages of entries."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.areas: dict[str, str] = {}
        for area in Area.objects.filter(call=call):
            for words in (area.slug, *area.name.texts.values()):
                self.areas[plain(words)] = area.slug

    @cached_property
    def entities(self) -> Mapping[str, int]:
        """Countries, regions and bodies by code and by every name of the edition's naming profile."""
        found = {plain(code): pk for pk, code in Entity.objects.values_list("pk", "code")}
        names = EntityName.objects.filter(profile=self.call.edition.naming_profile_id)
        return {**{plain(text): pk for pk, text in names.values_list("entity_id", "text")}, **found}

    @cached_property
    def languages(self) -> Mapping[str, str]:
        """Languages of entries by code, by their own names and by their names in every interface language."""
        found = {}
        for code in dict.fromkeys([*self.call.languages, *dict(settings.LANGUAGES)]):
            for words in (
                languages.local_name(code),
                *(languages.name_in(code, lang) for lang, _n in settings.LANGUAGES),
            ):
                found[plain(words)] = code
            found[plain(code)] = code
        return {"zh": "zh-hans", "zh cn": "zh-hans", **found} if "zh-hans" in found.values() else found


class RowReader:
    """Reads rows whose columns hold `targets`; what cannot be taken is added to `problems`."""

    def __init__(self, call: Call, targets: Sequence[str]) -> None:
        self.columns = {Field(target): number for number, target in enumerate(targets) if target}
        self.lookups = Lookups(call)
        self.problems: list[Problem] = []
        self._named: set[str] = set()

    def read(self, row: Row) -> JurorRow | None:
        """Return what the row says; None where any of its cells cannot be taken."""
        before = len(self.problems)
        said = {field: self._words(row, field) for field in self.columns}
        found = JurorRow(
            number=row.number,
            name=self._name(row, said[Field.NAME]),
            email=self._email(row, said[Field.EMAIL]),
            organisation=said.get(Field.ORGANISATION, ""),
            entity_id=self._entity(row, said.get(Field.ENTITY, "")),
            languages=self._languages(row, said.get(Field.LANGUAGES, "")),
            expertise=self._expertise(row, said.get(Field.EXPERTISE, "")),
            most=self._most(row, said.get(Field.MOST, "")),
            words=said.get(Field.WORDS, ""),
        )
        return found if len(self.problems) == before else None

    def _name(self, row: Row, text: str) -> str:
        if not text:
            self._bad(row, Field.NAME, CellCode.NAME_MISSING)
        elif not any(char.isalpha() for char in text):
            self._bad(row, Field.NAME, CellCode.NAME_UNREADABLE, value=text[:SHOWN])
        return text

    def _email(self, row: Row, text: str) -> str:
        if not text:
            self._bad(row, Field.EMAIL, CellCode.EMAIL_MISSING)
            return ""
        try:
            validate_email(text)
        except ValidationError:
            self._bad(row, Field.EMAIL, CellCode.EMAIL_UNREADABLE, value=text[:SHOWN])
        return text.lower()

    def _entity(self, row: Row, text: str) -> int | None:
        look = self.lookups.entities
        return self._one_of(row, Field.ENTITY, text, look, CellCode.ENTITY_UNKNOWN) if text else None

    def _languages(self, row: Row, text: str) -> tuple[str, ...]:
        parts = PARTS.split(text.replace(",", ";").replace("，", ";").replace("、", ";").replace("،", ";"))
        code = CellCode.LANGUAGE_UNKNOWN
        return self._several(row, Field.LANGUAGES, parts, self.lookups.languages, code)

    def _expertise(self, row: Row, text: str) -> tuple[str, ...]:
        known = self.lookups.areas
        parts = [text] if plain(text) in known else PARTS.split(text)
        found = self._several(row, Field.EXPERTISE, parts, known, CellCode.AREA_UNKNOWN)
        if len(found) > MOST_AREAS:
            self._bad(row, Field.EXPERTISE, CellCode.AREAS_TOO_MANY, limit=MOST_AREAS)
        return found

    def _most(self, row: Row, text: str) -> int | None:
        if not text:
            return None
        # What a spreadsheet holds as a number comes as 12.0.
        whole = re.fullmatch(r"([0-9]{1,4})(?:\.0+)?", text)
        number = int(whole[1]) if whole else 0
        if not 1 <= number <= MOST_READS:
            self._bad(row, Field.MOST, CellCode.MOST_UNREADABLE, value=text[:SHOWN], limit=MOST_READS)
        return number

    def _several(
        self, row: Row, field: Field, parts: Iterable[str], known: Mapping[str, str], code: CellCode
    ) -> tuple[str, ...]:
        """Return what the parts of a list mean, in their order, each once."""
        found = [self._one_of(row, field, part, known, code) for part in parts if plain(part)]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _one_of(self, row: Row, field: Field, given: str, known: Mapping[str, V], code: CellCode) -> V | None:
        found = known.get(plain(given))
        if found is None:
            self._bad(row, field, code, value=given.strip()[:SHOWN])
        return found

    def _words(self, row: Row, field: Field) -> str:
        """Return a cell as words, on one line but for the juror's own; what is too long is a problem."""
        cell = row.cells[self.columns[field]]
        text = "" if cell is None else str(cell).replace("\x00", "").strip()
        if field is not Field.WORDS and field is not Field.EXPERTISE:
            text = " ".join(text.split())
        limit = LIMITS.get(field, LONGEST)
        if len(text) > limit:
            self._bad(row, field, CellCode.TOO_LONG, limit=limit, count=len(text))
            return ""
        return text

    def _bad(self, row: Row, field: Field, code: CellCode, **params: str | int) -> None:
        """Note what is wrong with a cell; of several things the first."""
        where = place(row.number, self.columns.get(field))
        if where not in self._named:
            self._named.add(where)
            self.problems.append(Problem(Severity.ERROR, where, code, params))


def once(rows: Iterable[JurorRow]) -> tuple[list[JurorRow], list[Problem]]:
    """Leave out rows that have the address of an earlier one."""
    first: dict[str, JurorRow] = {}
    problems = []
    for row in rows:
        earlier = first.setdefault(row.email, row)
        if earlier is not row:
            params = {"row": earlier.number}
            problems.append(Problem(Severity.WARNING, place(row.number), CellCode.SAME_ROW, params))
    return list(first.values()), problems
