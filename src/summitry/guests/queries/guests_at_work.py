"""Guests for those who work with them: one record with its answers in words, step by step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import formats
from summitry.guests.enums import FieldKind, Step
from summitry.guests.models import Guest
from summitry.guests.queries.answers import in_words
from summitry.guests.queries.questions import Question, applicable, missing, questions_for

RELATED = (
    "edition",
    "category",
    "person__account",
    "person__entity",
    "delegation__entity",
    "principal__person",
    "replaces__person",
    "photo",
)


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and what was answered, in words. Sealed words are there only where they were opened."""

    question: Question
    words: str = ""
    is_sealed: bool = False
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class StepAnswers:
    """The questions of one step."""

    step: Step
    lines: list[AnswerLine] = field(default_factory=list)


def guest_at_work(actor: Actor, edition: Edition, pk: int) -> Guest:
    """Return one guest whom `actor` works on. Raises NotFound."""
    found = within(actor, Guest.objects.filter(edition=edition, pk=pk)).select_related(*RELATED).first()
    if found is None:
        raise NotFound
    return found


def answers_of(guest: Guest, lang: str, opened: Mapping[int, Any] | None = None) -> list[StepAnswers]:
    """Return what a guest is asked and answered, by step; `opened` holds sealed values that somebody may see, by field id."""
    questions = questions_for(guest, set(Step))
    gaps = missing(guest, questions)
    names = _Words(guest.edition, lang)
    steps: dict[str, StepAnswers] = {}
    for one in applicable(questions):
        found = (opened or {}).get(one.field.pk)
        value = found if found is not None else one.given.value
        line = AnswerLine(
            one,
            names.of(one, value) if found is not None or not one.given.is_sealed else "",
            is_sealed=one.given.is_sealed and found is None,
            is_missing=one.slug in gaps,
        )
        steps.setdefault(one.field.step, StepAnswers(Step(one.field.step))).lines.append(line)
    return [steps[step] for step in Step if step in steps]


class _Words:
    """Values in the reader's words; the names of countries and regions are read once, where one is needed."""

    def __init__(self, edition: Edition, lang: str) -> None:
        self.edition, self.lang = edition, lang
        self._entities: dict[str, str] | None = None

    def of(self, one: Question, value: Any) -> str:
        """Return a value in words."""
        kind = FieldKind(one.field.kind)
        if kind == FieldKind.FILE:
            return one.given.file_name
        if value in (None, ""):
            return ""
        say = {
            FieldKind.YES_NO: lambda: pgettext("answer", "Yes") if value else pgettext("answer", "No"),
            FieldKind.DATE: lambda: self._day(value),
            FieldKind.MOMENT: lambda: self._moment(value),
            FieldKind.ENTITY: lambda: self._entity(value),
            FieldKind.IDENTITY: lambda: self._document(value),
        }.get(kind)
        return say() if say else in_words(one.field, value, self.lang)

    def _day(self, value: str) -> str:
        return formats.date(dt.date.fromisoformat(value), self.lang)

    def _moment(self, value: str) -> str:
        at = dt.datetime.fromisoformat(value).astimezone(self.edition.zone)
        return f"{formats.date(at.date(), self.lang)}, {formats.time(at, self.edition.zone)}"

    def _document(self, value: Mapping[str, str]) -> str:
        words = {**value, "issuer": self._entity(value.get("issuer", ""))}
        words.pop("issued_on", None)
        if words.get("expires_on"):
            words["expires_on"] = _("valid until %(day)s") % {"day": self._day(words["expires_on"])}
        return " · ".join(part for part in words.values() if part)

    def _entity(self, code: str) -> str:
        if self._entities is None:
            names = EntityNames(self.edition.naming_profile_id, self.lang, self.edition.fallback)
            self._entities = {entity.code: names.short(entity).text for entity in Entity.objects.all()}
        return self._entities.get(code, code)
