"""Forms of journeys, rides, stations and vehicles."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.forms import TextFormField, ZonedDateTimeField
from summitry.protocol.enums import Direction, Means, StationKind
from summitry.protocol.forms.fields import PartForm, ZoneField
from summitry.protocol.models import Leg, Station, Transfer, Vehicle


class LegForm(PartForm[Leg]):
    """A journey. The time at the other end is by that place's clock."""

    def add_fields(self) -> None:
        zone, away = self.edition.zone, self._away()
        self.fields["direction"] = forms.ChoiceField(label=_("Direction"), choices=Direction.choices)
        self.fields["means"] = forms.ChoiceField(label=_("By"), choices=Means.choices)
        self.add_line("code", _("Flight or train number"))
        self.add_line("from_place", _("From"), required=True)
        self.add_line("to_place", _("To"), required=True)
        self.fields["away_zone"] = ZoneField(
            label=_("Time zone of the other end"),
            required=False,
            help_text=_("As in “Europe/Paris”; empty for the host city’s."),
        )
        departs, arrives = (away, zone) if self._is_arrival() else (zone, away)
        self.fields["departs_at"] = ZonedDateTimeField(
            zone=departs,
            label=_("Departs"),
            required=False,
            help_text=_("By the clock of the place of departure."),
        )
        self.fields["arrives_at"] = ZonedDateTimeField(
            zone=arrives,
            label=_("Arrives"),
            required=False,
            help_text=_("By the clock of the place of arrival."),
        )
        self.fields["expected_at"] = ZonedDateTimeField(
            zone=zone,
            label=_("Now expected"),
            required=False,
            help_text=_("The new time of a delay, by the host’s clock."),
        )
        self.fields["station"] = forms.ModelChoiceField(
            Station.objects.filter(edition=self.edition), label=_("Station"), required=False
        )
        self.add_line("note", _("Note"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        departs, arrives = cleaned.get("departs_at"), cleaned.get("arrives_at")
        if not (departs or arrives) and not {"departs_at", "arrives_at"} & set(self.errors):
            self.add_error(
                "arrives_at" if self._is_arrival() else "departs_at", _("Give one of the two times.")
            )
        if isinstance(departs, datetime) and isinstance(arrives, datetime) and departs >= arrives:
            self.add_error("arrives_at", _("The arrival is not after the departure. Mind the time zones."))
        return cleaned

    def _is_arrival(self) -> bool:
        return (self.data.get("direction") or self.record.direction or Direction.ARRIVAL) == Direction.ARRIVAL

    def _away(self) -> ZoneInfo:
        name = str(self.data.get("away_zone") or ("" if self.is_bound else self.record.away_zone))
        try:
            return ZoneInfo(name) if name else self.edition.zone
        except (KeyError, ValueError, OSError):  # the field itself says what is wrong with it
            return self.edition.zone


class TransferForm(PartForm[Transfer]):
    """A ride."""

    def add_fields(self) -> None:
        stations = Station.objects.filter(edition=self.edition)
        zone = self.edition.zone
        self.fields["vehicle"] = forms.ModelChoiceField(
            Vehicle.objects.filter(edition=self.edition), label=_("Vehicle"), empty_label=None
        )
        self.fields["from_station"] = forms.ModelChoiceField(stations, label=_("From"), empty_label=None)
        self.fields["to_station"] = forms.ModelChoiceField(stations, label=_("To"), empty_label=None)
        self.fields["starts_at"] = ZonedDateTimeField(zone=zone, label=_("Departs"))
        self.fields["ends_at"] = ZonedDateTimeField(zone=zone, label=_("Arrives"))
        self.add_line("note", _("Note"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("The end is not after the beginning."))
        if cleaned.get("from_station") and cleaned.get("from_station") == cleaned.get("to_station"):
            self.add_error("to_station", _("Choose another place than the first."))
        return cleaned


class StationForm(forms.Form):
    """A place at which guests are picked up."""

    kind = forms.ChoiceField(label=_("Kind"), choices=StationKind.choices)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = TextFormField(languages_=edition.languages, limit=200, label=_("Name"))
        self.fields["meeting_point"] = TextFormField(
            languages_=edition.languages, limit=300, label=_("Where guests are met"), required=False
        )
        self.order_fields(["name", "kind", "meeting_point"])


class VehicleForm(forms.Form):
    """A vehicle."""

    label = forms.CharField(label=_("Vehicle"), max_length=60)
    seats = forms.IntegerField(label=_("Places for guests"), min_value=1, max_value=120)
    driver = forms.CharField(label=_("Driver"), max_length=120, required=False)
