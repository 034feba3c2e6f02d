"""Forms of hotels, what they hold, stays and meals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.forms import TextFormField, ZonedDateTimeField
from summitry.guests.models import Category
from summitry.protocol.forms.fields import DateField, PartForm
from summitry.protocol.models import Allotment, HealthStep, Hotel, Meal, Stay


class StayForm(PartForm[Stay]):
    """A guest's room."""

    def add_fields(self) -> None:
        self.fields["allotment"] = forms.ModelChoiceField(
            Allotment.objects.filter(hotel__edition=self.edition).select_related("hotel"),
            label=_("Hotel and room class"),
            empty_label=None,
        )
        self.fields["arrives_on"] = DateField(label=_("First night"))
        self.fields["leaves_on"] = DateField(label=_("Leaves on"))
        self.fields["shares"] = forms.BooleanField(
            label=_("Sleeps in the room of somebody else, and takes none of the rooms held"), required=False
        )
        self.add_line("room_number", _("Room number"))
        self.add_line("note", _("Note"))

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean(), "arrives_on", "leaves_on")


class HotelForm(forms.Form):
    """A hotel."""

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = TextFormField(languages_=edition.languages, limit=200, label=_("Name"))
        self.fields["address"] = TextFormField(
            languages_=edition.languages, limit=300, label=_("Address"), required=False
        )


class AllotmentForm(PartForm[Allotment]):
    """What a hotel holds of one class."""

    def add_fields(self) -> None:
        self.fields["hotel"] = forms.ModelChoiceField(
            Hotel.objects.filter(edition=self.edition), label=_("Hotel"), empty_label=None
        )
        self.add_text("room_class", _("Room class"), required=True)
        self.fields["rooms"] = forms.IntegerField(label=_("Rooms"), min_value=1, max_value=9999)
        self.fields["since"] = DateField(label=_("First night"))
        self.fields["until"] = DateField(label=_("Until the morning of"))

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean(), "since", "until")


class MealForm(PartForm[Meal]):
    """A meal, and whose guests are entitled to it."""

    def add_fields(self) -> None:
        self.add_text("name", _("Name"), required=True)
        self.add_text("place", _("Place"))
        self.fields["starts_at"] = ZonedDateTimeField(zone=self.edition.zone, label=_("Begins"))


class EntitledForm(forms.Form):
    """The categories whose guests are entitled to a meal."""

    categories = forms.ModelMultipleChoiceField(
        Category.objects.none(),
        label=_("Guests of these categories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories: Any = self.fields["categories"]
        categories.queryset = Category.objects.filter(edition=edition)


class HealthForm(PartForm[HealthStep]):
    """The health step of an edition."""

    def add_fields(self) -> None:
        self.fields["is_on"] = forms.BooleanField(
            label=_("Guests are asked for a health result"), required=False
        )
        self.fields["hours"] = forms.IntegerField(
            label=_("Not older than, in hours"), min_value=1, max_value=24 * 60
        )
        self.add_text("asked", _("What is asked"), lines=4)


def _in_order(form: forms.Form, cleaned: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    starts, ends = cleaned.get(first), cleaned.get(last)
    if starts and ends and starts >= ends:
        form.add_error(last, _("The end is not after the beginning."))
    return cleaned
