"""The forms in which a call and what belongs to it are kept."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.call import BEFORE_ANNOUNCING, BEFORE_FREEZING
from summitry.calls.enums import Admission, CallState, Preset, QuestionKind
from summitry.calls.models import Area, Award, Call, Question
from summitry.calls.queries.questions import ASKABLE, values_of
from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField, asked_when
from summitry.foundation.i18n import Text, languages
from summitry.guests.forms.setup import ConditionField, OptionsField

M = TypeVar("M", bound=Model)


class CallPartForm(RecordForm[M]):
    """A record form of what belongs to a call."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        self.call = call
        super().__init__(*args, **kwargs)

    @property
    def langs(self) -> list[str]:
        """The languages of the edition: those in which its texts are written."""
        return list(self.call.edition.languages) or ["en"]

    def text(self, name: str, label: str, *, lines: int = 1, required: bool = False) -> TextFormField:
        """Return the field of a text of the record, with a box for each language."""
        return text_field(self.record, name, label, self.langs, lines=lines, required=required)


class NewCallForm(forms.Form):
    """What is said of a call before there is one; the rest comes from its preset."""

    preset = forms.ChoiceField(widget=forms.RadioSelect, initial=Preset.ACHIEVEMENTS)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["preset"].label = _("What is it for?")
        fields["preset"].choices = [(one.value, one.label) for one in Preset]
        fields["name"] = text_field(
            Call(), "name", _("Name"), list(edition.languages) or ["en"], required=True
        )
        for name, label in (("opens_at", _("Opens")), ("closes_at", _("Deadline"))):
            fields[name] = ZonedDateTimeField(zone=edition.zone, label=label, help_text=_zone(edition))
        fields["admission"] = forms.ChoiceField(
            label=_("Who may enter"), choices=Admission.choices, initial=Admission.OPEN
        )


class CallForm(CallPartForm[Call]):
    """A call's settings. What entrants went by cannot be entered any more once their entries are frozen."""

    def __init__(self, *args: Any, call: Call, is_fixed: bool, **kwargs: Any) -> None:
        self.is_fixed = is_fixed
        super().__init__(*args, call=call, record=call, **kwargs)

    def add_fields(self) -> None:
        fields: dict[str, Any] = self.fields
        zone = self.call.edition.zone
        fields["name"] = self.text("name", _("Name"), required=True)
        fields["summary"] = self.text("summary", _("In one or two sentences"), lines=2)
        fields["description"] = self.text("description", _("Description"), lines=8)
        for name, label in (("opens_at", _("Opens")), ("closes_at", _("Deadline"))):
            fields[name] = ZonedDateTimeField(zone=zone, label=label, help_text=_zone(self.call.edition))
        fields["grace_minutes"] = forms.IntegerField(
            label=_("Minutes of grace"),
            min_value=0,
            max_value=1440,
            help_text=_("For drafts that are open at the deadline. Nobody is told of it before."),
        )
        fields["admission"] = forms.ChoiceField(label=_("Who may enter"), choices=Admission.choices)
        fields["languages"] = forms.MultipleChoiceField(
            label=_("Languages in which entries are written"),
            choices=_languages(self.call),
            widget=forms.CheckboxSelectMultiple,
        )
        numbers = {
            "places": (_("Places"), _("How many are chosen."), 1),
            "reserve": (_("Reserve"), _("How many stand behind them."), 0),
            "most_entries": (_("Entries of one organisation, at most"), _("0: as many as it likes."), 0),
            "most_members": (_("Members of a team, at most"), "", 1),
        }
        for name, (label, hint, least) in numbers.items():
            fields[name] = forms.IntegerField(
                label=label, help_text=hint, min_value=least, max_value=1000 if name != "places" else 10_000
            )
        fields["bars_same_entity"] = forms.BooleanField(
            label=_("Jurors do not read entries from their own country or region"), required=False
        )
        fields["embargo_until"] = ZonedDateTimeField(
            zone=zone,
            label=_("Announced at the earliest"),
            required=False,
            help_text=_zone(self.call.edition),
        )
        if not self.is_fixed:
            fields["slug"] = forms.SlugField(
                label=_("Address"), max_length=60, help_text=_("It stays once the call is published.")
            )
        self._hold()

    def clean_opens_at(self) -> Any:
        return self._to_the_second("opens_at")

    def clean_closes_at(self) -> Any:
        return self._to_the_second("closes_at")

    def clean_embargo_until(self) -> Any:
        return self._to_the_second("embargo_until")

    def _to_the_second(self, name: str) -> Any:
        """Return an instant as it stands where only its seconds, which the field does not show, are others."""
        given, present = self.cleaned_data[name], getattr(self.record, name)
        is_same = given and present and present.replace(second=0, microsecond=0) == given
        return present if is_same else given

    def _hold(self) -> None:
        held: set[str] = set()
        if self.call.state in {CallState.FROZEN, CallState.ANNOUNCED}:
            held |= BEFORE_FREEZING
        if self.call.state == CallState.ANNOUNCED:
            held |= BEFORE_ANNOUNCING
        for name in held & self.fields.keys():
            self.fields[name].disabled = True


class AreaForm(CallPartForm[Area]):
    """An area."""

    def add_fields(self) -> None:
        self.fields["name"] = self.text("name", _("Name"), required=True)
        self.fields["description"] = self.text("description", _("What belongs to it"), lines=3)


class AwardForm(CallPartForm[Award]):
    """An award."""

    def add_fields(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["name"] = self.text("name", _("Name"), required=True)
        fields["prize"] = self.text("prize", _("What comes with it"))
        fields["area"] = forms.ModelChoiceField(
            Area.objects.filter(call=self.call), label=_("Area"), required=False, empty_label=_("All areas")
        )
        fields["places"] = forms.IntegerField(label=_("How many can hold it"), min_value=1, max_value=1000)


class QuestionForm(CallPartForm[Question]):
    """A question of the entry form."""

    def add_fields(self) -> None:
        fields: dict[str, Any] = self.fields
        fields["label"] = self.text("label", _("Question"), required=True)
        fields["hint"] = self.text("hint", _("Hint"), lines=2)
        fields["kind"] = forms.ChoiceField(label=_("How it is answered"), choices=QuestionKind.choices)
        fields["options"] = OptionsField(
            self.langs,
            label=_("Answers to choose from"),
            required=False,
            help_text=_("For a choice: one a line, as value | words in each language (%(langs)s).")
            % {"langs": ", ".join(self.langs)},
        )
        areas = [(one.slug, str(one.name)) for one in Area.objects.filter(call=self.call)]
        if areas:
            fields["areas"] = forms.MultipleChoiceField(
                label=_("Asked in these areas"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=areas,
                help_text=_("None means: in all."),
            )
        conditions = self._conditions()
        if conditions:
            fields["condition"] = ConditionField(
                label=_("Only if this was answered"), required=False, choices=conditions
            )
        flags = {
            "is_required": (_("Has to be answered"), ""),
            "identifies": (_("Tells who enters"), _("A blind round hides it from jurors.")),
            "is_public": (_("Is published with the laureates"), ""),
        }
        for name, (label, hint) in flags.items():
            fields[name] = forms.BooleanField(label=label, help_text=hint, required=False)
        asked_when(fields["options"], "kind", (QuestionKind.CHOICE, QuestionKind.CHOICES))
        fields["longest"] = forms.IntegerField(
            label=_("Longest answer"),
            required=False,
            min_value=0,
            max_value=20_000,
            help_text=_("In characters, of a file in megabytes. 0: as its kind allows."),
        )
        asked_when(fields["longest"], "kind", (QuestionKind.LINE, QuestionKind.TEXT, QuestionKind.FILE))

    def clean_longest(self) -> int:
        """Nothing said means: as its kind allows."""
        return self.cleaned_data["longest"] or 0

    def _conditions(self) -> list[tuple[str, str]]:
        others = Question.objects.filter(call=self.call, kind__in=ASKABLE).exclude(pk=self.record.pk)
        return [
            (f"{other.slug}={value}", f"{other.label} – {value_label(other, value)}")
            for other in others
            for value in values_of(other)
        ]


def value_label(question: Question, value: str) -> str:
    """Return an answer of a question in words."""
    if question.kind == QuestionKind.YES_NO:
        return _("Yes") if value == "yes" else _("No")
    found: dict[str, Any] = next((one for one in question.options if one["value"] == value), {})
    return str(Text.from_json(found.get("label"))) or value


def text_field(
    record: Any, name: str, label: str, langs: list[str], *, lines: int = 1, required: bool = False
) -> TextFormField:
    """Return the form field of a text of a record."""
    return TextFormField(
        languages_=langs,
        present=getattr(record, name),
        lines=lines,
        limit=type(record)._meta.get_field(name).max_length,
        label=label,
        required=required,
    )


def _zone(edition: Edition) -> str:
    city = edition.host_city.shown(get_language() or "en", edition.fallback).text
    return _("By the host city’s clock (%(zone)s).") % {"zone": city or edition.zone_name}


def _languages(call: Call) -> list[tuple[str, str]]:
    reader = get_language() or "en"
    codes = dict.fromkeys([*call.languages, *call.edition.languages, *dict(settings.LANGUAGES)])
    return [(code, languages.name_in(code, reader)) for code in codes]
