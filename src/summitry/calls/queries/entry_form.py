"""What a call asks of an entry: its fixed fields, its questions in each area, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.calls.enums import EntrantKind, QuestionKind
from summitry.calls.models import Area, Call, Entry, Question, RulesText
from summitry.guests.queries.questions import conditions_met

ANSWER = "q."
"""What stands before a question's address among the values of an entry: "q.budget"."""
LABELS: Mapping[str, Promise] = {
    "title": gettext_lazy("Title"),
    "abstract": gettext_lazy("Abstract"),
    "area": gettext_lazy("Area"),
    "kind": gettext_lazy("Kind of institution"),
    "organisation_name": gettext_lazy("Organisation"),
    "entity": gettext_lazy("Country or region"),
    "contact_name": gettext_lazy("Whom we write to"),
    "language": gettext_lazy("Language of our letters"),
    "rules": gettext_lazy("Rules"),
}
"""The fields that every entry has, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of a call: its areas, its questions in order, and the rules that are accepted now."""

    call: Call
    areas: tuple[Area, ...]
    questions: tuple[Question, ...]
    rules: RulesText | None

    def possible(self, area: str) -> list[Question]:
        """Return what may be asked in an area ("" for none chosen yet): on some of it others depend."""
        return [one for one in self.questions if not one.areas or area in one.areas]

    def asked(self, area: str, answers: Mapping[str, Any]) -> list[Question]:
        """Return what is asked in an area of whoever gave these answers."""
        possible = self.possible(area)
        met = conditions_met(possible, answers)
        return [one for one in possible if one.slug in met]

    def label(self, name: str, lang: str) -> str:
        """Return what a field or a question is called, for a reader of `lang`."""
        if name in LABELS:
            return str(LABELS[name])
        question = next((one for one in self.questions if ANSWER + one.slug == name), None)
        words = question.label.shown(lang, self.call.edition.fallback).text if question else ""
        return words or name.removeprefix(ANSWER)

    def area(self, slug: str) -> Area | None:
        """Return an area by its address."""
        return next((one for one in self.areas if one.slug == slug), None)


def form_of(call: Call) -> EntryForm:
    """Return the form of a call; three queries."""
    return EntryForm(
        call,
        tuple(Area.objects.filter(call=call)),
        tuple(Question.objects.filter(call=call)),
        RulesText.objects.filter(call=call).order_by("-number").first(),
    )


def area_slug(entry: Entry, form: EntryForm) -> str:
    """Return the address of an entry's area, "" where it has none (no query)."""
    return next((one.slug for one in form.areas if one.pk == entry.area_id), "")


def missing_of(entry: Entry, form: EntryForm, files: Collection[str]) -> dict[str, str]:
    """Return what an entry lacks before it can be handed in, by the name of the field, each with a sentence.

    `files` are the addresses of the questions whose files are there. The rules are accepted with handing in, and so not
    among them; no query.
    """
    gaps = dict(_fixed_gaps(entry, form))
    for one in form.asked(area_slug(entry, form), entry.answers):
        is_file = one.kind == QuestionKind.FILE
        there = one.slug in files if is_file else entry.answers.get(one.slug) not in (None, "", [])
        if one.is_required and not there:
            gaps[ANSWER + one.slug] = _("This file is still needed.") if is_file else _("Please answer this.")
    return gaps


def required_count(entry: Entry, form: EntryForm) -> int:
    """Return how many fields an entry has to have, for its progress (no query)."""
    questions = form.asked(area_slug(entry, form), entry.answers)
    needs_organisation = entry.kind != EntrantKind.TEAM
    return 5 + bool(form.areas) + needs_organisation + sum(one.is_required for one in questions)


def _fixed_gaps(entry: Entry, form: EntryForm) -> Iterable[tuple[str, str]]:
    if not entry.title:
        yield "title", _("Please give a title, in one of the languages at least.")
    if not entry.abstract:
        yield "abstract", _("Please give an abstract, in one of the languages at least.")
    if form.areas and entry.area_id is None:
        yield "area", _("Choose an area.")
    if not entry.kind:
        yield "kind", _("Choose a kind of institution.")
    if not entry.organisation_name and entry.kind != EntrantKind.TEAM:
        yield "organisation_name", _("Please name the organisation.")
    if entry.entity_id is None:
        yield "entity", _("Choose a country or region of the list.")
    if not entry.contact_name:
        yield "contact_name", _("Please give a name.")
