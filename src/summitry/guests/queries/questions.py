"""What a guest is asked: which fields in which step, which of them have to be answered, and what is still missing.

A field is asked of the categories that it names, of guests who take part in a way that it names, in its step, and where
the answer on which it depends was given. The rules of a category decide about the photo, the identity document and the
question for visa support (the field whose address is `visa`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext as _

from summitry.guests.enums import FieldKind, GuestState, Rule, Step
from summitry.guests.models import Answer, Category, Field, Guest

VISA = "visa"
G = GuestState
OPEN: Mapping[str, frozenset[Step]] = {
    G.INVITED: frozenset({Step.APPLICATION}),
    G.NOMINATED: frozenset({Step.APPLICATION}),
    G.APPLYING: frozenset({Step.APPLICATION}),
    G.INCOMPLETE: frozenset({Step.APPLICATION, Step.COMPLETENESS}),
    G.SUBMITTED: frozenset({Step.COMPLETENESS}),
    G.SCREENING: frozenset({Step.SCREENING}),
    G.DECIDING: frozenset({Step.DECISION}),
    G.ON_HOLD: frozenset({Step.DECISION}),
    G.APPROVED: frozenset({Step.CONFIRMATION}),
    G.CONFIRMED: frozenset({Step.CONFIRMATION}),
}
"""The steps of which a guest, or whoever acts for her, can answer the questions, by her state."""


class Conditional(Protocol):
    """A question that may depend on the answer to another one: `condition` is empty or `{"field": slug, "in": [values]}`."""

    @property
    def slug(self) -> str: ...

    @property
    def condition(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it is kept: a plain value, or that there is a sealed one or a file; the mark changes with it."""

    value: Any = None
    is_sealed: bool = False
    file_id: int | None = None
    file_name: str = ""
    mark: str = ""

    def __bool__(self) -> bool:
        return self.is_sealed or self.file_id is not None or self.value not in (None, "", [])


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Question:
    """A field as it is asked of one guest: whether it has to be answered, and what she answered."""

    field: Field
    is_required: bool
    given: Given = NOTHING

    @property
    def slug(self) -> str:
        """The field's address, under which answers are given."""
        return self.field.slug

    @property
    def depends_on(self) -> str:
        """The address of the field whose answer decides whether this one is asked; empty where none does."""
        return str(self.field.condition["field"]) if self.field.condition else ""


@dataclass(frozen=True, slots=True)
class Form:
    """All fields of an edition, with the categories that each names; read with two queries, asked of many guests."""

    fields: Sequence[Field]
    named: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def questions(
        self,
        category: Category,
        attendance: str,
        steps: Collection[str],
        given: Mapping[str, Given] | None = None,
    ) -> list[Question]:
        """Return what may be asked of a guest of `category` in `steps`: on some of it others depend (see `applicable`).

        What depends on an answer of another step is left out unless that was given.
        """
        answers = given or {}
        asked = {
            each.slug: Question(each, rule is Rule.REQUIRED, answers.get(each.slug, NOTHING))
            for each in self.fields
            if each.step in steps and (rule := self._rule(each, category, attendance)) is not Rule.NEVER
        }
        values = {slug: answer.value for slug, answer in answers.items()}
        return [one for one in asked.values() if one.depends_on in asked or is_asked(one.field, values)]

    def _rule(self, each: Field, category: Category, attendance: str) -> Rule:
        named = self.named.get(each.pk, frozenset())
        if (named and category.pk not in named) or (each.attendance and attendance not in each.attendance):
            return Rule.NEVER
        if each.step != Step.APPLICATION and each.step not in category.steps:
            return Rule.NEVER
        if each.kind == FieldKind.PHOTO:
            return Rule(category.photo)
        if each.kind == FieldKind.IDENTITY:
            return Rule(category.identity)
        if each.slug == VISA:
            return Rule(category.visa)
        return Rule.REQUIRED if each.is_required else Rule.ASKED


def form_of(edition_id: int) -> Form:
    """Return the form of an edition, with two queries."""
    fields = list(Field.objects.filter(edition=edition_id).select_related("purpose"))
    named: dict[int, set[int]] = {}
    pairs = Field.categories.through.objects.filter(field__edition=edition_id)
    for field_id, category_id in pairs.values_list("field_id", "category_id"):
        named.setdefault(field_id, set()).add(category_id)
    return Form(fields, {pk: frozenset(ids) for pk, ids in named.items()})


def questions_for(guest: Guest, steps: Collection[str], form: Form | None = None) -> list[Question]:
    """Return what is asked of a guest in `steps`, with her answers; four queries, two where `form` is known."""
    form = form or form_of(guest.edition_id)
    return form.questions(guest.category, guest.attendance, steps, given_by([guest.pk]).get(guest.pk))


def open_steps(guest: Guest) -> frozenset[Step]:
    """Return the steps whose questions can be answered in the guest's present state."""
    return OPEN.get(guest.state, frozenset())


def given_by(guest_ids: Iterable[int]) -> dict[int, dict[str, Given]]:
    """Return the answers of guests by field address, with one query; what is sealed stays sealed."""
    found: dict[int, dict[str, Given]] = {}
    rows = Answer.objects.filter(guest__in=list(guest_ids)).values_list(
        "guest_id", "field__slug", "value", "sealed", "file_id", "file__name", "changed_at"
    )
    for guest_id, slug, value, sealed, file_id, name, changed in rows:
        given = Given(value, bool(sealed), file_id, name or "", changed.isoformat())
        found.setdefault(guest_id, {})[slug] = given
    return found


def is_asked(each: Conditional, values: Mapping[str, Any]) -> bool:
    """Return whether the condition of a question is met by these values (plain ones, by the question's address)."""
    if not each.condition:
        return True
    value = values.get(each.condition["field"])
    said = {True: ["yes"], False: ["no"]}.get(value, value) if isinstance(value, bool) else value
    chosen = said if isinstance(said, list) else [said]
    return any(one in each.condition["in"] for one in chosen)


def applicable(questions: Sequence[Question], values: Mapping[str, Any] | None = None) -> list[Question]:
    """Return the questions whose conditions are met; what depends on a question that is not asked is not asked either.

    `values` are plain ones by field address, by default those that were given.
    """
    known = {one.slug: one.given.value for one in questions} if values is None else values
    met = conditions_met([one.field for one in questions], known)
    return [one for one in questions if one.slug in met]


def conditions_met(asked: Iterable[Conditional], values: Mapping[str, Any]) -> frozenset[str]:
    """Return the addresses of the questions whose conditions are met by these values.

    What depends on a question among `asked` whose own condition is not met is not asked either; what depends on one that is
    not among them, or in a circle, stands.
    """
    every = {one.slug: one for one in asked}

    def stands(one: Conditional, behind: frozenset[str] = frozenset()) -> bool:
        other = every.get(one.condition["field"]) if one.condition else None
        if other is None or other.slug in behind:
            return True
        return stands(other, behind | {one.slug}) and is_asked(one, values)

    return frozenset(slug for slug, one in every.items() if stands(one))


def missing(guest: Guest, questions: Sequence[Question]) -> dict[str, str]:
    """Return what has to be answered and is not, by field address, each with a sentence."""
    gaps = {}
    for one in applicable(questions):
        there = guest.photo_id is not None if one.field.kind == FieldKind.PHOTO else bool(one.given)
        if one.is_required and not there:
            gaps[one.slug] = _SENTENCES.get(one.field.kind, _plain)()
    return gaps


def missing_in(guest: Guest, steps: Collection[str], form: Form | None = None) -> dict[str, str]:
    """Return what is missing of a guest in `steps`, by field address."""
    return missing(guest, questions_for(guest, steps, form))


def _plain() -> str:
    return _("Please answer this.")


_SENTENCES: Mapping[str, Callable[[], str]] = {
    FieldKind.PHOTO: lambda: _("A photo is still needed."),
    FieldKind.FILE: lambda: _("This file is still needed."),
    FieldKind.IDENTITY: lambda: _("Please fill in the details of the document."),
}
