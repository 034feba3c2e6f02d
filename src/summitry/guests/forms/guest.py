"""The forms of a guest's record in the console."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from summitry.foundation.access import Actor, policy_for, within
from summitry.foundation.forms import RecordForm
from summitry.foundation.i18n.languages import local_name
from summitry.guests.actions.guest import DECIDED
from summitry.guests.enums import Attendance
from summitry.guests.models import Category, Delegation, Guest


class GuestForm(RecordForm[Guest]):
    """What the reader may change of a guest: the office as what and with whom she comes, protocol what the desk is told."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def add_fields(self) -> None:
        guest, policy = self.record, policy_for(Guest)
        assigns = policy.may(self.actor, "assign", guest)
        if assigns:
            categories = Category.objects.filter(edition=guest.edition_id)
            decided = guest.state in DECIDED and not policy.may(self.actor, "decide", guest)
            if not decided:
                self.fields["category"] = forms.ModelChoiceField(
                    categories, label=_("Category"), empty_label=None
                )
            self.fields["attendance"] = forms.ChoiceField(label=_("Takes part"), choices=Attendance.choices)
            mine = within(self.actor, Delegation.objects.filter(edition=guest.edition_id))
            self.fields["delegation"] = forms.ModelChoiceField(
                mine, label=_("Delegation"), required=False, empty_label=_("None")
            )
        if assigns or policy.may(self.actor, "complete", guest):
            self._add_own()
        if assigns or policy.may(self.actor, "greet", guest):
            self.fields["deskword"] = forms.CharField(
                label=_("For the desk and the gates"),
                help_text=_(
                    "Shown to them when she comes. No phone number, no passport, nothing about health."
                ),
                max_length=Guest._meta.get_field("deskword").max_length,
                required=False,
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    def _add_own(self) -> None:
        zones = sorted(available_timezones())
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of letters"),
            choices=[
                ("", _("Not said yet")),
                *((code, local_name(code)) for code, _name in settings.LANGUAGES),
            ],
            required=False,
        )
        self.fields["zone_name"] = forms.ChoiceField(
            label=_("Her time zone"),
            choices=[("", _("The venue’s clock")), *((name, name.replace("_", " ")) for name in zones)],
            required=False,
        )


class AlsoForm(forms.Form):
    """Further categories whose privileges a guest has."""

    also = forms.ModelMultipleChoiceField(
        Category.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, guest: Guest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Category.objects.filter(edition=guest.edition_id).exclude(pk=guest.category_id)
        chosen = self.fields["also"]
        chosen.label = _("Also comes as")
        chosen.help_text = _("Their privileges are added; what counts is the category.")
        chosen.queryset = others  # type: ignore[attr-defined]
        self.initial["also"] = [] if self.is_bound else list(guest.also.values_list("pk", flat=True))
