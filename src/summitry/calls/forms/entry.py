"""The form of an entry: what it asks follows from the call; what is typed means, and whether it can be taken, the action says.

Like the form of a guest's questions it checks nothing: `values()` hands over what was typed, and `refuse()` puts the action's
words beside the fields. What was typed stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _

from summitry.calls.actions.entry_draft import file_limit
from summitry.calls.enums import EntrantKind, QuestionKind
from summitry.calls.models import Entry, Question
from summitry.calls.queries.entry_form import ANSWER, LABELS, EntryForm, area_slug
from summitry.calls.queries.entry_values import LONGEST_LINE, LONGEST_LINK
from summitry.foundation.files.documents import SUFFIXES
from summitry.foundation.forms.text import TextWidget
from summitry.foundation.i18n import Text, languages
from summitry.guests.actions.application import CLEARED
from summitry.guests.forms.answers import answer_choices, built_field, entity_choices
from summitry.guests.queries.answer_values import TEXT

EDITS, CLEAR = "edits", ".clear"
ACCEPTED = ",".join(
    [
        ".pdf",
        ".docx",
        ".pptx",
        ".odt",
        ".odp",
        *SUFFIXES["video/mp4"],
        "image/jpeg",
        "image/png",
        "image/webp",
    ]
)


@dataclass(frozen=True, slots=True)
class Line:
    """A question on the page: its field, in which areas and after which answers it is asked, and the file that is there."""

    question: Question
    bound: Any
    areas: str = ""
    area_words: str = ""
    condition: str = ""
    condition_in: str = ""
    condition_words: str = ""
    file_name: str = ""


class EntryFieldsForm(forms.Form):
    """The fixed fields, and all questions of the call; `files` names those that are there, by question."""

    edits = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        entry: Entry,
        form: EntryForm,
        lang: str,
        attached: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, files, use_required_attribute=False)
        self.entry, self.asks, self.lang = entry, form, lang
        self.attached = attached or {}
        self.fixed: list[str] = []
        edition = form.call.edition
        names = entity_choices(edition, lang)
        for name, built in _fixed(form, lang, names).items():
            self.fields[name] = built
            self.fixed.append(name)
        for one in form.questions:
            self.fields[ANSWER + one.slug] = _question_field(one, form, lang, names)
        self.initial = {**_initial(entry, form), EDITS: str(entry.edits)}

    def full_clean(self) -> None:
        """Check nothing: see the module."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def values(self) -> dict[str, Any]:
        """Return what was typed, by the names of `save_draft`: only fields that were sent."""
        found: dict[str, Any] = {}
        for name, built in self.fields.items():
            if name == EDITS:
                continue
            if f"{name}{CLEAR}" in self.data:
                found[name] = CLEARED
            elif not built.widget.value_omitted_from_data(self.data, self.files, name):
                found[name] = built.widget.value_from_datadict(self.data, self.files, name)
        return found

    def expected_edits(self) -> int | None:
        """Return the number of saves that the page knew of; None where it does not say."""
        said = self.data.get(EDITS, "")
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None

    def refuse(self, fields: Mapping[str, Sequence[str]], *, edits: int | None = None) -> None:
        """Put the action's refusal beside the fields; with `edits` the next saving is a decision."""
        for name, sentences in fields.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)
        if edits is not None:
            data = cast("QueryDict", self.data).copy()
            data[EDITS] = str(edits)
            self.data = data

    @property
    def fixed_fields(self) -> list[Any]:
        """What each entry has, as the page shows it."""
        return [self[name] for name in self.fixed]

    def lines(self) -> list[Line]:
        """Return the questions as the page shows them."""
        return [self._line(one) for one in self.asks.questions]

    def _line(self, one: Question) -> Line:
        areas = [area for area in self.asks.areas if area.slug in one.areas]
        words = _("Only in: %(areas)s") % {"areas": ", ".join(self._shown(a.name) for a in areas)}
        condition, wanted, said = self._condition(one)
        return Line(
            one,
            self[ANSWER + one.slug],
            " ".join(area.slug for area in areas),
            words if areas else "",
            condition,
            wanted,
            said,
            self.attached.get(one.slug, ""),
        )

    def _condition(self, one: Question) -> tuple[str, str, str]:
        slug = one.condition.get("field") if one.condition else None
        other = next((each for each in self.asks.questions if each.slug == slug), None)
        if other is None:
            return "", "", ""
        wanted = one.condition["in"]
        choices = answer_choices(other, self.asks.call.edition, self.lang)
        words = _("Only if you answered “%(question)s” with: %(answers)s") % {
            "question": self._shown(other.label),
            "answers": ", ".join(label for value, label in choices if value in wanted),
        }
        return ANSWER + other.slug, " ".join(wanted), words

    def _shown(self, text: Text) -> str:
        return text.shown(self.lang, self.asks.call.edition.fallback).text


def _fixed(form: EntryForm, lang: str, names: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    chain = form.call.edition.fallback
    several = len(form.call.languages) > 1
    hint = (
        _("In one of these languages at least; the first one that you write is the original.")
        if several
        else ""
    )
    line = {"dir": "auto", "maxlength": LONGEST_LINE}
    fields: dict[str, forms.Field] = {
        "title": forms.Field(
            label=str(LABELS["title"]),
            help_text=hint,
            widget=TextWidget(form.call.languages, limit=200, folds=True),
        ),
        "abstract": forms.Field(
            label=str(LABELS["abstract"]),
            help_text=_("At most %(limit)d characters in each language.") % {"limit": 3000},
            widget=TextWidget(form.call.languages, lines=8, limit=3000, folds=True),
        ),
    }
    if form.areas:
        areas = [(area.slug, area.name.shown(lang, chain).text) for area in form.areas]
        fields["area"] = forms.ChoiceField(label=str(LABELS["area"]), choices=[("", "—"), *areas])
    letters = [(code, languages.name_in(code, lang)) for code in dict(settings.LANGUAGES)]
    return fields | {
        "kind": forms.ChoiceField(label=str(LABELS["kind"]), choices=[("", "—"), *EntrantKind.choices]),
        "organisation_name": forms.CharField(
            label=str(LABELS["organisation_name"]),
            widget=forms.TextInput(attrs={**line, "autocomplete": "organization"}),
        ),
        "entity": forms.ChoiceField(label=str(LABELS["entity"]), choices=[("", "—"), *names]),
        "contact_name": forms.CharField(
            label=str(LABELS["contact_name"]),
            widget=forms.TextInput(attrs={**line, "maxlength": 200, "autocomplete": "name"}),
        ),
        "language": forms.ChoiceField(
            label=str(LABELS["language"]), required=False, choices=[("", "—"), *letters]
        ),
    }


def _question_field(
    one: Question, form: EntryForm, lang: str, names: Sequence[tuple[str, str]]
) -> forms.Field:
    edition = form.call.edition
    if one.kind == QuestionKind.LINK:
        attrs = {"dir": "ltr", "maxlength": LONGEST_LINK, "inputmode": "url", "placeholder": "https://"}
        built: forms.Field = forms.CharField(widget=forms.TextInput(attrs=attrs))
    elif one.kind == QuestionKind.FILE:
        built = forms.FileField(widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    else:
        built = built_field(one, edition, lang, names)
    hint = one.hint.shown(lang, edition.fallback).text
    if one.kind == QuestionKind.FILE:
        limit = _("PDF, Word, PowerPoint, OpenDocument, MP4 or a picture, at most %(limit)d MB.") % {
            "limit": file_limit(one)
        }
        hint = f"{hint} {limit}".strip()
    elif one.kind == QuestionKind.TEXT:
        longest = one.longest or TEXT
        built.widget.attrs |= {"maxlength": longest, "rows": 8 if longest > 1000 else 4}
    built.label = one.label.shown(lang, edition.fallback).text or one.slug
    built.help_text = hint
    built.required = one.is_required
    return built


def _initial(entry: Entry, form: EntryForm) -> dict[str, Any]:
    fixed = {
        "title": entry.title,
        "abstract": entry.abstract,
        "area": area_slug(entry, form),
        "kind": entry.kind,
        "organisation_name": entry.organisation_name,
        "entity": entry.entity.code if entry.entity else "",
        "contact_name": entry.contact_name,
        "language": entry.language,
    }
    answers = {ANSWER + slug: _shown(value) for slug, value in entry.answers.items()}
    return fixed | answers


def _shown(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value
