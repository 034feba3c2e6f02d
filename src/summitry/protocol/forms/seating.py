"""Forms of seating plans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Room
from summitry.foundation.forms import ZonedDateTimeField
from summitry.protocol.enums import BlockKind, RuleKind, Span
from summitry.protocol.forms.fields import PartForm
from summitry.protocol.models import Block, PrecedenceList, SeatingPlan, SeatingRule
from summitry.protocol.queries.people import Who


class PlanForm(PartForm[SeatingPlan]):
    """A plan's name, time and room, and the order that it follows."""

    def add_fields(self) -> None:
        self.add_text("name", _("Name"), required=True)
        self.fields["starts_at"] = ZonedDateTimeField(
            zone=self.edition.zone, label=_("Begins"), required=False
        )
        self.fields["room"] = forms.ModelChoiceField(
            Room.objects.filter(edition=self.edition), label=_("Room"), required=False
        )
        self.fields["precedence"] = forms.ModelChoiceField(
            PrecedenceList.objects.filter(edition=self.edition),
            label=_("Precedence list"),
            required=False,
            help_text=_("Its people wait for a seat, and proposals follow its order."),
        )
        self.fields["is_published"] = forms.BooleanField(
            label=_("Guests see their own seat"),
            required=False,
            help_text=_("On “My summit”, where each sees her own seat and nobody else’s."),
        )


class BlockForm(forms.Form):
    """A table or row to be added."""

    label = forms.CharField(label=_("Table or row"), max_length=Block._meta.get_field("label").max_length)
    kind = forms.ChoiceField(label=_("Shape"), choices=BlockKind.choices)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=600)


class RuleForm(forms.Form):
    """Something that a plan has to keep to."""

    kind = forms.ChoiceField(label=_("Rule"), choices=RuleKind.choices)
    span = forms.ChoiceField(label=_("Reaches over"), choices=Span.choices)
    guests = forms.TypedMultipleChoiceField(
        label=_("Guests"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Because"), max_length=SeatingRule._meta.get_field("reason").max_length, required=False
    )

    def __init__(self, *args: Any, people: Iterable[Who], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guests: Any = self.fields["guests"]
        guests.choices = [(who.pk, str(who.name)) for who in people]
