"""The forms in which an edition's categories, purposes and questions are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.editions.models import Edition
from summitry.foundation.forms import RecordForm, TextFormField, ZonedDateTimeField, asked_when
from summitry.foundation.i18n import Text
from summitry.guests.actions.category import MOST_HOURS, officers
from summitry.guests.actions.field import ASKABLE, values_of
from summitry.guests.enums import Attendance, Capacity, FieldKind, Rule, Step
from summitry.guests.models import Category, Field, Purpose
from summitry.guests.permissions import officers_of

CLOCKED = tuple(Step)
BAR = "|"


class ClocksWidget(forms.Widget):
    """A number of hours for each step, posted as `clocks.decision`."""

    template_name = "guests/widgets/clocks.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, Mapping) else {}
        base = context["widget"]["attrs"].get("id", name)
        context["steps"] = [
            {
                "name": f"{name}.{step}",
                "id": f"{base}-{step}",
                "label": step.label,
                "value": given.get(step.value, ""),
            }
            for step in CLOCKED
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return {step.value: hours for step in CLOCKED if (hours := data.get(f"{name}.{step}", "").strip())}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}.{step}" in data for step in CLOCKED)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{CLOCKED[0]}" if id_ else id_


class ClocksField(forms.Field):
    """Hours for each step; a step without any has no clock."""

    widget = ClocksWidget

    def clean(self, value: Any) -> dict[str, int]:
        given = value or {}
        if any(not text.isdecimal() or not 1 <= int(text[:6]) <= MOST_HOURS for text in given.values()):
            raise ValidationError(_("Give whole hours from 1 to %(most)d.") % {"most": MOST_HOURS})
        return {step: int(text) for step, text in given.items()}


class CategoryForm(RecordForm[Category]):
    """A category: what its guests go through, and what they are asked for."""

    def __init__(self, *args: Any, edition: Edition, record: Any, **kwargs: Any) -> None:
        self.edition = edition
        # Officers hold a role beside the record: the form compares their ids, which it finds on the record.
        known = officers_of(edition.pk, [record.pk]).get(record.pk, set()) if record.pk else set()
        record.officers = sorted(map(str, known))
        super().__init__(*args, record=record, **kwargs)

    def clean_officers(self) -> list[str]:
        return sorted(self.cleaned_data["officers"])

    def add_fields(self) -> None:
        fields = self.fields
        fields["name"] = _text(self.edition, self.record, "name", _("Name"), required=True)
        fields["capacity"] = forms.ChoiceField(label=_("Capacity"), choices=Capacity.choices)
        fields["colour"] = forms.RegexField(
            "^#[0-9a-f]{6}$", label=_("Colour"), widget=forms.TextInput(attrs={"type": "color"})
        )
        fields["position"] = forms.IntegerField(label=_("Position"), min_value=0, max_value=999)
        fields["steps"] = forms.MultipleChoiceField(
            label=_("Steps"), choices=Step.choices, required=False, widget=forms.CheckboxSelectMultiple,
            help_text=_("Without any, whoever accepts the invitation is accredited."),
        )  # fmt: skip
        fields["clocks"] = ClocksField(label=_("Hours in which each step should be done"), required=False)
        fields["needs_two"] = _flag(_("Two people have to agree"))
        if self.record.pk:
            fields["officers"] = forms.MultipleChoiceField(
                label=_("Who decides about its guests"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(account.pk), str(account)) for account in officers(self.edition)],
                help_text=_(
                    "Nobody chosen means: every accreditation officer. Directors decide in any case."
                ),
            )
        for name, label in (
            ("photo", _("Photo")),
            ("identity", _("Identity document")),
            ("visa", _("Visa support")),
        ):
            fields[name] = forms.ChoiceField(label=label, choices=Rule.choices)
        fields["on_behalf"] = _flag(_("Others may fill in for the guest"))
        fields["counts"] = _flag(_("Its guests count in the closing figures"))
        fields["companions"] = forms.IntegerField(
            label=_("How many may accompany a guest"), min_value=0, max_value=99
        )
        fields["places"] = forms.IntegerField(
            label=_("Places"),
            min_value=1,
            max_value=1_000_000,
            required=False,
            help_text=_("Empty means: no limit."),
        )
        fields["is_open"] = _flag(_("Anybody may register"))
        for name, label in (("opens_at", _("Registration opens")), ("closes_at", _("Registration closes"))):
            fields[name] = ZonedDateTimeField(zone=self.edition.zone, label=label, required=False)


class PurposeForm(RecordForm[Purpose]):
    """A purpose: why something is asked, how long it is kept, and how it is guarded."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        self.edition = edition
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        self.fields["name"] = _text(self.edition, self.record, "name", _("Name"), required=True)
        self.fields["reason"] = _text(
            self.edition, self.record, "reason", _("Why it is asked"), lines=3, required=True
        )
        self.fields["keep_days"] = forms.IntegerField(
            label=_("Kept for so many days after the last day"), min_value=0, max_value=3650
        )
        self.fields["needs_consent"] = _flag(_("Only with the guest’s own consent"))
        self.fields["sealed"] = _flag(_("Sealed: encrypted, and each look is recorded"))


class OptionsField(forms.CharField):
    """The answers of a choice, one a line: `value | words | words`, a column for each of the edition's languages."""

    def __init__(self, langs: list[str], **kwargs: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "false"}), **kwargs
        )
        self.langs = langs

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        lines = []
        for option in value:
            label = Text.from_json(option.get("label"))
            lines.append(
                f" {BAR} ".join([option.get("value", ""), *(label.get(lang) for lang in self.langs)]).rstrip(
                    f" {BAR}"
                )
            )
        return "\n".join(lines)

    def clean(self, value: Any) -> list[dict[str, Any]]:
        options = []
        for line in (value or "").splitlines():
            if not line.strip():
                continue
            first, *words = [part.strip() for part in line.split(BAR)]
            if len(words) > len(self.langs):
                raise ValidationError(
                    _("There are more words than languages: “%(line)s”.") % {"line": line[:80]}
                )
            label = {lang: text[:200] for lang, text in zip(self.langs, words, strict=False) if text}
            options.append({"value": first, "label": Text.of(label or {self.langs[0]: first}).to_json()})
        return options


class ConditionField(forms.MultipleChoiceField):
    """Answers of one other question on which this one depends; each choice is `field=value`."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return [f"{value['field']}={one}" for one in value["in"]] if value else []
        return value

    def clean(self, value: Any) -> dict[str, Any]:
        chosen = [one.split("=", 1) for one in super().clean(value)]
        if not chosen:
            return {}
        if len({slug for slug, _value in chosen}) > 1:
            raise ValidationError(_("Choose answers of one question only."))
        return {"field": chosen[0][0], "in": [one for _slug, one in chosen]}


class FieldForm(RecordForm[Field]):
    """A question: what is asked, how it is answered, of whom, when and why."""

    def __init__(self, *args: Any, edition: Edition, record: Any, **kwargs: Any) -> None:
        self.edition = edition
        # Categories are rows beside the record: the form compares their addresses, which it finds on the record.
        record.category_slugs = sorted(record.categories.values_list("slug", flat=True)) if record.pk else []
        if record.purpose_id is None:
            record.purpose = Purpose.objects.filter(edition=edition).order_by("pk")[0]
        super().__init__(*args, record=record, **kwargs)

    @property
    def changes(self) -> dict[str, Any]:
        """What this editor changed; of a new question its purpose in any case, as the form offers one."""
        new = {} if self.record.pk else {"purpose": self.cleaned_data["purpose"]}
        return {**new, **super().changes}

    def add_fields(self) -> None:
        fields, edition = self.fields, self.edition
        langs = list(edition.languages) or ["en"]
        fields["label"] = _text(edition, self.record, "label", _("Question"), required=True)
        fields["hint"] = _text(edition, self.record, "hint", _("Hint"))
        fields["kind"] = forms.ChoiceField(label=_("How it is answered"), choices=FieldKind.choices)
        fields["options"] = OptionsField(
            langs, label=_("Answers to choose from"), required=False,
            help_text=_("For a choice: one a line, as value | words in each language (%(langs)s).") % {"langs": ", ".join(langs)},
        )  # fmt: skip
        asked_when(fields["options"], "kind", (FieldKind.CHOICE, FieldKind.CHOICES))
        fields["step"] = forms.ChoiceField(label=_("Asked in the step"), choices=Step.choices)
        purposes = Purpose.objects.filter(edition=edition)
        fields["purpose"] = forms.ModelChoiceField(purposes, label=_("Purpose"))
        fields["is_required"] = _flag(_("Has to be answered"))
        fields["category_slugs"] = forms.MultipleChoiceField(
            label=_("Asked of"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(one.slug, str(one.name)) for one in Category.objects.filter(edition=edition)],
            help_text=_("None means: of all categories."),
        )  # fmt: skip
        fields["attendance"] = forms.MultipleChoiceField(
            label=_("Of guests who take part"), choices=Attendance.choices, required=False,
            widget=forms.CheckboxSelectMultiple, help_text=_("None means: in any way."),
        )  # fmt: skip
        fields["condition"] = ConditionField(
            label=_("Only if this was answered"), required=False, choices=self._conditions()
        )
        fields["position"] = forms.IntegerField(label=_("Position"), min_value=0, max_value=9999)

    def clean_category_slugs(self) -> list[str]:
        return sorted(self.cleaned_data["category_slugs"])

    def refuse(self, fields: Mapping[str, list[str]]) -> None:
        super().refuse(
            {"category_slugs" if name == "categories" else name: words for name, words in fields.items()}
        )

    def _conditions(self) -> list[tuple[str, str]]:
        others = Field.objects.filter(edition=self.edition, kind__in=ASKABLE, purpose__sealed=False)
        return [
            (f"{other.slug}={value}", f"{other.label}: {_label(other, value)}")
            for other in others.exclude(pk=self.record.pk)
            for value in values_of(other)
        ]


YES_NO_LABELS = {"yes": gettext_lazy("Yes"), "no": gettext_lazy("No")}


def _label(field: Field, value: str) -> str:
    if field.kind == FieldKind.YES_NO:
        return str(YES_NO_LABELS[value])
    found: dict[str, Any] = next((option for option in field.options if option["value"] == value), {})
    return str(Text.from_json(found.get("label"))) or value


def _flag(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _text(
    edition: Edition, record: Any, name: str, label: str, *, lines: int = 1, required: bool = False
) -> TextFormField:
    return TextFormField(
        languages_=edition.languages,
        present=getattr(record, name),
        lines=lines,
        limit=type(record)._meta.get_field(name).max_length,
        label=label,
        required=required,
    )
