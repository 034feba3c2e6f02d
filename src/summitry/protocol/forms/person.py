"""Forms about one guest: how she is addressed, who receives her, what she is served."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.forms import ZonedDateTimeField
from summitry.guests.models import Guest
from summitry.protocol.enums import DietNeed, HealthOutcome, Rank
from summitry.protocol.forms.fields import DateField, PartForm
from summitry.protocol.models import Courtesy, Greeting


class CourtesyForm(PartForm[Courtesy]):
    """A guest's rank, and how she is addressed in each language."""

    def add_fields(self) -> None:
        self.fields["rank"] = forms.ChoiceField(
            label=_("Rank"),
            choices=Rank.choices,
            help_text=_("As it is in her own language; a translation never raises or lowers it."),
        )
        self.fields["in_office_since"] = DateField(label=_("In office since"), required=False)
        self.add_text("style", _("Style before the name"), hint=_("As in “H.E.”; empty where there is none."))
        self.add_text("salutation", _("Salutation in letters"))
        self.add_line(
            "pronunciation",
            _("How the name is said"),
            hint=_("For whoever announces her: plain words, or IPA."),
        )
        self.add_line("note", _("Note of protocol"), lines=3)


class DeskForm(forms.Form):
    """The word about a guest for the desk and the gates."""

    deskword = forms.CharField(
        label=_("For the desk and the gates"),
        help_text=_(
            "The gates show it beside her photo as soon as she is scanned; the note of protocol above stays here. No phone number, no passport, nothing about health."
        ),
        max_length=Guest._meta.get_field("deskword").max_length,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )


class GreetingForm(forms.Form):
    """Who receives a guest."""

    greeter = forms.CharField(
        label=_("Who receives"), max_length=Greeting._meta.get_field("greeter").max_length
    )
    place = forms.CharField(label=_("Place"), max_length=Greeting._meta.get_field("place").max_length)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"] = ZonedDateTimeField(zone=edition.zone, label=_("When"))
        self.order_fields(["greeter", "place", "at", "note"])


class DietForm(forms.Form):
    """What a guest is served. It is entered anew each time: what was said before stays sealed."""

    needs = forms.MultipleChoiceField(
        label=_("To be served"), choices=DietNeed.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=_("In words"),
        max_length=200,
        required=False,
        help_text=_("The kitchen is told how many, never who."),
    )


class ResultForm(forms.Form):
    """A health result to be entered."""

    outcome = forms.ChoiceField(label=_("Result"), choices=HealthOutcome.choices)
    words = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taken_at"] = ZonedDateTimeField(zone=edition.zone, label=_("Taken"))
        self.order_fields(["taken_at", "outcome", "words"])


class OwnResultForm(ResultForm):
    """A guest's own health result, with her consent where it is not given yet."""

    def __init__(self, *args: Any, needs_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_consent:
            self.fields["consent"] = forms.BooleanField(
                label=_("I agree that my result is kept for this purpose, sealed, until the day named above")
            )
