"""From the rows of a table to entries: every cell read as a page would read it, and each that cannot be taken named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext

from summitry.calls.actions.entry_importing.columns import EMAIL, TEXTS, plain
from summitry.calls.actions.entry_importing.findings import CellCode
from summitry.calls.enums import EntrantKind, QuestionKind
from summitry.calls.models import Area, Question
from summitry.calls.queries.entry_form import ANSWER, EntryForm
from summitry.calls.queries.entry_values import read_answer, read_email, read_line, read_text
from summitry.calls.queries.repeats import plain_key
from summitry.directory.models import Entity, EntityName
from summitry.foundation.i18n import Text, languages
from summitry.foundation.tables import Cell, Problem, Row, Severity, place
from summitry.guests.queries.answer_values import Refused

V = TypeVar("V")
SHOWN = 80
LIMITS = {"title": 200, "abstract": 3000}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What a row says: values of fields as they are kept, and plain answers."""

    number: int
    title: Text
    email: str
    values: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def marks(self) -> frozenset[str]:
        """By what the row is known again: the address with each of its titles."""
        return frozenset(f"{self.email} {plain_key(words)}" for words in self.title.texts.values())


class Lookups:
    """What the words of a table may mean in a call: its areas, countries and regions, kinds, languages, and choices."""

    def __init__(self, form: EntryForm) -> None:
        self.form = form
        self.areas: dict[str, Area] = {}
        for area in form.areas:
            for words in (area.slug, *area.name.texts.values()):
                self.areas[plain(words)] = area

    @cached_property
    def entities(self) -> Mapping[str, int]:
        """Countries, regions and bodies by code and by every name of the edition's naming profile."""
        found = {plain(code): pk for pk, code in Entity.objects.values_list("pk", "code")}
        names = EntityName.objects.filter(profile=self.form.call.edition.naming_profile_id)
        return {**{plain(text): pk for pk, text in names.values_list("entity_id", "text")}, **found}

    @cached_property
    def codes(self) -> Mapping[int, str]:
        """The codes of these by their ids."""
        return dict(Entity.objects.values_list("pk", "code"))

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Kinds of institutions by code and by their names in every interface language."""
        found = {plain(one.value): one.value for one in EntrantKind}
        return {**self._worded(lambda: {plain(str(one.label)): one.value for one in EntrantKind}), **found}

    @cached_property
    def yes_no(self) -> Mapping[str, str]:
        """Yes and no in every interface language."""
        said = lambda: {plain(pgettext("answer", "Yes")): "yes", plain(pgettext("answer", "No")): "no"}  # noqa: E731 - asked in each language
        more = {"yes": "yes", "no": "no", "true": "yes", "false": "no", "1": "yes", "0": "no"}
        return {**self._worded(said), **more}

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Languages of letters by code and name."""
        codes = dict(settings.LANGUAGES)
        found = {plain(languages.name_in(code, lang)): code for lang in codes for code in codes}
        return {**found, **{plain(code): code for code in codes}}

    def choice(self, question: Question, words: str) -> str:
        """Return the value that words mean among a question's choices; the words themselves where they mean none."""
        for option in question.options:
            labels = Text.from_json(option["label"]).texts.values()
            if plain(words) in {plain(str(option["value"])), *map(plain, labels)}:
                return str(option["value"])
        return words

    @staticmethod
    def _worded(asked: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for lang, _name in settings.LANGUAGES:
            with translation.override(lang):
                found |= asked()
        return found


class RowReader:
    """Reads rows whose columns hold `targets`; what cannot be taken is added to `problems`."""

    def __init__(self, form: EntryForm, targets: Sequence[str]) -> None:
        self.form = form
        self.columns = {target: number for number, target in enumerate(targets) if target}
        self.questions = {ANSWER + one.slug: one for one in form.questions}
        self.lookups = Lookups(form)
        self.problems: list[Problem] = []

    def read(self, row: Row) -> EntryRow | None:
        """Return what the row says; None where any of its cells cannot be taken."""
        before = len(self.problems)
        texts = {name: self._text(row, name) for name in TEXTS}
        values, answers = self._values(row), self._answers(row)
        email = values.pop(EMAIL, "")
        titles = [target for target in self.columns if target.startswith("title.")]
        if not texts["title"] and not any(self._failed(row, target, before) for target in titles):
            self._bad(row, titles[0], CellCode.TITLE_MISSING)
        if not email and not self._failed(row, EMAIL, before):
            self._bad(row, EMAIL, CellCode.EMAIL_MISSING)
        if len(self.problems) > before:
            return None
        return EntryRow(row.number, texts["title"], email, {**values, "abstract": texts["abstract"]}, answers)

    def _text(self, row: Row, name: str) -> Text:
        text = Text()
        for code in self.form.call.languages:
            if raw := self._cell(row, f"{name}.{code}"):
                text = self._text_in(row, name, code, text, str(raw))
        return text

    def _text_in(self, row: Row, name: str, code: str, text: Text, words: str) -> Text:
        try:
            return read_text(text, {code: words}, self.form.call, LIMITS[name], is_line=name == "title")
        except Refused as refusal:
            params = {"value": words[:SHOWN], "why": str(refusal)}
            self._bad(row, f"{name}.{code}", CellCode.REFUSED, **params)
            return text

    def _values(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, read in ((EMAIL, read_email), ("organisation_name", read_line), ("contact_name", _name)):
            if (raw := self._cell(row, name)) not in (None, ""):
                found[name] = self._read(row, name, str(raw), read)
        look = self.lookups
        found["area"] = self._one_of(row, "area", look.areas, CellCode.AREA_UNKNOWN)
        found["kind"] = self._one_of(row, "kind", look.kinds, CellCode.KIND_UNKNOWN) or ""
        found["entity_id"] = self._one_of(row, "entity", look.entities, CellCode.ENTITY_UNKNOWN)
        found["language"] = self._one_of(row, "language", look.letters, CellCode.LANGUAGE_UNKNOWN) or ""
        return found

    def _answers(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for target, question in self.questions.items():
            raw = self._cell(row, target)
            if raw is None or raw == "":
                continue
            meant = self._meant(question, raw)
            value = self._read(
                row, target, meant, lambda said, q=question: read_answer(q, said, self.form.call.edition)
            )
            if value is not None:
                found[question.slug] = value
        return found

    def _meant(self, question: Question, raw: Cell) -> Any:
        words, look = str(raw), self.lookups
        if question.kind == QuestionKind.CHOICES:
            return [
                look.choice(question, part.strip())
                for part in words.replace("；", ";").split(";")
                if part.strip()
            ]
        if question.kind == QuestionKind.CHOICE:
            return look.choice(question, words)
        if question.kind == QuestionKind.YES_NO:
            return look.yes_no.get(plain(words), words)
        if question.kind == QuestionKind.ENTITY:
            pk = look.entities.get(plain(words))
            return look.codes[pk] if pk else words
        return words

    def _read(self, row: Row, target: str, raw: Any, read: Any) -> Any:
        try:
            return read(raw)
        except Refused as refusal:
            self._bad(row, target, CellCode.REFUSED, value=str(raw)[:SHOWN], why=str(refusal))
            return None

    def _one_of(self, row: Row, target: str, known: Mapping[str, V], code: CellCode) -> V | None:
        raw = self._cell(row, target)
        if raw in (None, ""):
            return None
        found = known.get(plain(str(raw)))
        if found is None:
            self._bad(row, target, code, value=str(raw)[:SHOWN])
        return found

    def _cell(self, row: Row, target: str) -> Cell:
        column = self.columns.get(target)
        cell = row.cells[column] if column is not None else None
        if isinstance(cell, float) and cell.is_integer():
            return int(cell)
        if isinstance(cell, dt.datetime):
            return cell.date().isoformat()
        return cell.isoformat() if isinstance(cell, dt.date) else cell

    def _failed(self, row: Row, target: str, before: int) -> bool:
        where = place(row.number, self.columns.get(target))
        return any(problem.where == where for problem in self.problems[before:])

    def _bad(self, row: Row, target: str, code: CellCode, **params: str | int) -> None:
        self.problems.append(
            Problem(Severity.ERROR, place(row.number, self.columns.get(target)), code, params)
        )


def _name(raw: str) -> str:
    return read_line(raw, 200)


def once(rows: Iterable[EntryRow]) -> tuple[list[EntryRow], list[Problem]]:
    """Leave out rows that say the same as an earlier one: the same address with the same title."""
    first: dict[str, EntryRow] = {}
    kept, problems = [], []
    for row in rows:
        earlier = next((first[mark] for mark in row.marks if mark in first), None)
        if earlier is not None:
            problem = Problem(Severity.WARNING, place(row.number), CellCode.SAME_ROW, {"row": earlier.number})
            problems.append(problem)
            continue
        kept.append(row)
        first |= dict.fromkeys(row.marks, row)
    return kept, problems
