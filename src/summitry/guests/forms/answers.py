"""The form of a guest's questions: what it asks follows from her category; what answers mean is the action's to say.

It checks nothing itself: `answers()` hands over what was typed, and `refuse()` puts the action's words beside the fields,
so that pages, files and the API refuse the same things in the same words. What was typed stays.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation.forms import ZonedDateTimeField
from summitry.foundation.i18n import Text
from summitry.guests.actions.application import CLEARED, Agreed
from summitry.guests.enums import FieldKind
from summitry.guests.models import Purpose
from summitry.guests.queries.answer_values import DOCUMENT, LINE, NEEDED, PARTS, PHONE, TEXT, Asked
from summitry.guests.queries.consents import wording
from summitry.guests.queries.questions import Question

SEEN, CLEAR, CONSENT = "seen", ".clear", "consent."
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A question on the page: its field, on what it depends, and what is there already that is not shown again."""

    question: Question
    bound: Any
    condition: str = ""
    condition_in: str = ""
    condition_words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The questions of one purpose: why they are asked, until when the answers are kept, and the words of consent."""

    purpose: Purpose
    until: dt.date
    lines: list[Line] = field(default_factory=list)
    consent: str = ""
    consent_digest: str = ""
    has_consent: bool = False


class AnswersForm(forms.Form):
    """The questions; `consented` are the ids of the purposes to which the guest has consented."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        questions: Sequence[Question],
        edition: Edition,
        lang: str,
        consented: frozenset[int] = frozenset(),
        **options: Any,
    ) -> None:
        super().__init__(data, files, use_required_attribute=False, **options)
        self.questions = [one for one in questions if one.field.kind != FieldKind.PHOTO]
        self.photo = next((one for one in questions if one.field.kind == FieldKind.PHOTO), None)
        self.photo_errors: list[str] = []
        self.edition, self.lang, self.consented = edition, lang, consented
        kinds = {one.field.kind for one in self.questions}
        names = entity_choices(edition, lang) if kinds & {FieldKind.ENTITY, FieldKind.IDENTITY} else []
        for one in self.questions:
            built = built_field(one.field, edition, lang, names)
            built.label = self._shown(one.field.label)
            built.help_text = self._shown(one.field.hint)
            built.required = one.is_required and not one.given.is_sealed and one.given.file_id is None
            self.fields[one.slug] = built
            self.initial[one.slug] = _initial(one)
        self.initial[SEEN] = json.dumps({one.slug: one.given.mark for one in self.questions})

    def full_clean(self) -> None:
        """Check nothing: see the module."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data: dict[str, Any] = {}

    def answers(self) -> dict[str, Any]:
        """Return what was answered, by field address: only fields that were sent."""
        found: dict[str, Any] = {}
        for one in self.questions:
            name, widget = self.add_prefix(one.slug), self.fields[one.slug].widget
            if f"{name}{CLEAR}" in self.data:
                found[one.slug] = CLEARED
            elif not widget.value_omitted_from_data(self.data, self.files, name):
                found[one.slug] = widget.value_from_datadict(self.data, self.files, name)
        return found

    def marks(self) -> dict[str, str]:
        """Return the marks of the answers as whoever fills in saw them; nothing where they cannot be read."""
        try:
            marks = json.loads(self.data.get(self.add_prefix(SEEN), "") or "{}")
        except ValueError:
            return {}
        if not isinstance(marks, dict):
            return {}
        return {str(slug): mark for slug, mark in marks.items() if isinstance(mark, str)}

    def agreed(self) -> Agreed:
        """Return the purposes that were consented to, with the words that were read."""
        given = {key.removeprefix(CONSENT): self.data[key] for key in self.data if key.startswith(CONSENT)}
        return Agreed(self.lang, given)

    def refuse(self, fields: Mapping[str, Sequence[str]], *, is_saved: bool = False) -> None:
        """Put the action's refusal beside the fields; what concerns none of them goes on top. The next saving is a decision.

        What was typed stays in the form, sealed answers only as long as they were not saved.
        """
        self.photo_errors = [*fields.get(self.photo.slug, ())] if self.photo else []
        for name, sentences in fields.items():
            for sentence in sentences:
                if self.photo is None or name != self.photo.slug:
                    self.add_error(name if name in self.fields else None, sentence)
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(SEEN)] = self.initial[SEEN]
        hidden = {one.slug for one in self.questions if one.field.purpose.sealed} if is_saved else set()
        for key in [key for key in data if key.partition(".")[0] in hidden]:
            del data[key]
        self.data = data

    def groups(self) -> list[Group]:
        """Return the questions as the page shows them, purpose by purpose."""
        ends = self.edition.ends_on
        groups: list[Group] = []
        for _pk, some in groupby(self.questions, key=lambda one: one.field.purpose_id):
            mine = list(some)
            purpose = mine[0].field.purpose
            purpose.edition = self.edition
            words = wording(purpose, self.lang) if purpose.needs_consent else None
            groups.append(
                Group(
                    purpose,
                    ends + dt.timedelta(days=purpose.keep_days),
                    [self._line(one) for one in mine],
                    f"{CONSENT}{purpose.slug}" if words else "",
                    words.digest if words else "",
                    purpose.pk in self.consented,
                )
            )
        return groups

    def _line(self, one: Question) -> Line:
        other = next((each for each in self.questions if each.slug == one.depends_on), None)
        if other is None:
            return Line(one, self[one.slug])
        wanted = one.field.condition["in"]
        labels = [
            label for value, label in answer_choices(other.field, self.edition, self.lang) if value in wanted
        ]
        words = _("Only if you answered “%(question)s” with: %(answers)s") % {
            "question": self._shown(other.field.label),
            "answers": ", ".join(labels),
        }
        return Line(one, self[one.slug], other.slug, " ".join(wanted), words)

    def _shown(self, text: Text) -> str:
        return text.shown(self.lang, self.edition.fallback).text


class DocumentWidget(forms.Widget):
    """The parts of an identity document, posted as `passport.number`. What is kept is never shown again."""

    template_name = "guests/widgets/document.html"
    use_fieldset = True

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.choices = choices

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = {
            "name": _("Name as in the document"),
            "number": _("Number of the document"),
            "issuer": _("Issued by (country or region)"),
            "issued_on": _("Issued on"),
            "expires_on": _("Valid until"),
        }
        types = {"issuer": "select", "issued_on": "date", "expires_on": "date"}
        given = value if isinstance(value, Mapping) else {}
        context["choices"] = self.choices
        context["parts"] = [
            {
                "name": f"{name}.{part}",
                "id": f"{context['widget']['attrs'].get('id', name)}-{part}",
                "label": labels[part],
                "type": types.get(part, "text"),
                "value": given.get(part, ""),
                "required": part in NEEDED,
            }
            for part in PARTS
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return {part: data.get(f"{name}.{part}", "") for part in PARTS}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}.{part}" in data for part in PARTS)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{PARTS[0]}" if id_ else id_


def entity_choices(edition: Edition, lang: str) -> list[tuple[str, str]]:
    """Return the countries and regions of the edition's naming profile, in the order of the reader's language."""
    names = EntityNames(edition.naming_profile_id, lang, edition.fallback)
    found = names.in_order(Entity.objects.all())
    return [(entity.code, names.short(entity).text) for entity in found]


def built_field(asked: Asked, edition: Edition, lang: str, names: Choices) -> forms.Field:
    """Return the form field of a question; `names` are those of countries and regions."""
    kind = FieldKind(asked.kind)
    if kind in (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO):
        return _choosing(asked, edition, lang)
    special: dict[FieldKind, Callable[[], forms.Field]] = {
        FieldKind.ENTITY: lambda: forms.ChoiceField(choices=[("", "—"), *names]),
        FieldKind.IDENTITY: lambda: forms.Field(widget=DocumentWidget(names)),
        FieldKind.MOMENT: lambda: ZonedDateTimeField(zone=edition.zone),
        FieldKind.FILE: lambda: forms.FileField(widget=forms.FileInput(attrs={"accept": ACCEPTED})),
    }
    if kind in special:
        return special[kind]()
    return forms.CharField(widget=_WIDGETS.get(kind, _WIDGETS[FieldKind.LINE])())


ACCEPTED = ".pdf,image/jpeg,image/png,image/webp"
_PHONE_ATTRS = {"type": "tel", "dir": "ltr", "maxlength": PHONE, "autocomplete": "tel"}
_WIDGETS: Mapping[FieldKind, Callable[[], forms.Widget]] = {
    FieldKind.LINE: lambda: forms.TextInput(attrs={"dir": "auto", "maxlength": LINE}),
    FieldKind.TEXT: lambda: forms.Textarea(attrs={"rows": 4, "dir": "auto", "maxlength": TEXT}),
    FieldKind.DATE: lambda: forms.DateInput(attrs={"type": "date"}),
    FieldKind.PHONE: lambda: forms.TextInput(attrs=_PHONE_ATTRS),
    FieldKind.NUMBER: lambda: forms.TextInput(attrs={"inputmode": "numeric", "maxlength": DOCUMENT}),
}


def _choosing(asked: Asked, edition: Edition, lang: str) -> forms.Field:
    choices = answer_choices(asked, edition, lang)
    if asked.kind == FieldKind.CHOICES:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple)
    if asked.kind == FieldKind.YES_NO:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=[("", "—"), *choices])


def answer_choices(asked: Asked, edition: Edition, lang: str) -> list[tuple[str, str]]:
    """Return among what a question lets choose, each with the words for the reader."""
    if asked.kind == FieldKind.YES_NO:
        return [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
    return [
        (
            option["value"],
            Text.from_json(option["label"]).shown(lang, edition.fallback).text or option["value"],
        )
        for option in asked.options
    ]


def _initial(one: Question) -> Any:
    value = one.given.value
    if one.field.kind == FieldKind.YES_NO and isinstance(value, bool):
        return "yes" if value else "no"
    if one.field.kind == FieldKind.MOMENT and value:
        return dt.datetime.fromisoformat(value)
    return value
