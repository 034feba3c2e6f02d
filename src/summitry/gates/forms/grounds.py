"""Forms of zones, gates, rules, devices and what is decided about single guests."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.editions.forms import EditionForm
from summitry.editions.models import Room
from summitry.foundation.forms import TextFormField
from summitry.gates.enums import Again, GateDirection, GateKind
from summitry.gates.models import AccessRule, Device, Gate, Zone
from summitry.guests.enums import Attendance
from summitry.guests.models import Category

M = TypeVar("M", bound=Model)
MOST = 1_000_000


class ZoneForm(EditionForm[Zone]):
    """A zone."""

    def add_fields(self) -> None:
        self.fields["name"] = TextFormField(
            languages_=self.edition.languages, present=self.record.name, limit=100, label=_("Name")
        )
        others = Zone.objects.filter(edition=self.edition).exclude(pk=self.record.pk)
        self.fields["parent"] = forms.ModelChoiceField(others, label=_("Lies in"), required=False)
        self.fields["room"] = forms.ModelChoiceField(
            Room.objects.filter(edition=self.edition), label=_("Room"), required=False
        )
        self.fields["capacity"] = forms.IntegerField(
            label=_("How many it holds"), required=False, min_value=0, max_value=MOST
        )
        self.fields["again"] = forms.ChoiceField(label=_("Enter it again"), choices=Again.choices)
        self.fields["by_delegation"] = forms.BooleanField(
            label=_("Delegations share a number of passes"), required=False
        )


class GateForm(EditionForm[Gate]):
    """A gate."""

    def add_fields(self) -> None:
        self.fields["name"] = forms.CharField(
            label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"dir": "auto"})
        )
        self.fields["zone"] = forms.ModelChoiceField(
            Zone.objects.filter(edition=self.edition), label=_("Leads into"), empty_label=None
        )
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=GateKind.choices)
        self.fields["direction"] = forms.ChoiceField(label=_("Passed"), choices=GateDirection.choices)
        self.fields["is_open"] = forms.BooleanField(label=_("In use"), required=False)


class RuleForm(EditionForm[AccessRule]):
    """A rule of access."""

    def add_fields(self) -> None:
        self.fields["zone"] = forms.ModelChoiceField(
            Zone.objects.filter(edition=self.edition), label=pgettext_lazy("access", "Zone"), empty_label=None
        )
        self.fields["category"] = forms.ModelChoiceField(
            Category.objects.filter(edition=self.edition),
            label=_("Category"),
            required=False,
            empty_label=_("All categories"),
        )
        self.fields["attendance"] = forms.ChoiceField(
            label=_("How they take part"),
            choices=[("", _("In any way")), *Attendance.choices],
            required=False,
        )
        for name, label in (("first_day", _("First day")), ("last_day", _("Last day"))):
            picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, required=False, widget=picker)
        for name, label in (("opens", _("Opens at")), ("closes", _("Closes at"))):
            clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            self.fields[name] = forms.TimeField(label=label, required=False, widget=clock)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", str(_("This is before the first day.")))
        return cleaned


class DeviceForm(EditionForm[Device]):
    """A device."""

    def add_fields(self) -> None:
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            max_length=80,
            help_text=_("What is written on it, or whose telephone it is."),
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )
        self.fields["gate"] = forms.ModelChoiceField(
            Gate.objects.filter(edition=self.edition), label=_("Stands at"), empty_label=None
        )


class EmergencyForm(forms.Form):
    """How many more people a zone takes for the time being."""

    places = forms.IntegerField(label=_("So many more"), min_value=0, max_value=MOST)
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def refuse(self, fields: dict[str, list[str]]) -> None:
        """Put an action's refusal beside its fields."""
        for name, sentences in fields.items():
            self.add_error(name if name in self.fields else None, sentences)


class SettleForm(forms.Form):
    """What was found out about an incident."""

    note = forms.CharField(
        label=_("What was found out"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
