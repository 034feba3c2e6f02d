"""The lists of journeys and of rides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import policy_for, within
from summitry.foundation.i18n import formats
from summitry.foundation.lists import Chip, Column, Empty, ListSpec, Reader, choice, search
from summitry.protocol.enums import Direction, LegState, Means
from summitry.protocol.models import Leg, Transfer
from summitry.protocol.queries.people import Who, whos
from summitry.protocol.queries.travel import away_time, host_time, legs_of, rides_of

TONES: dict[str, str] = {LegState.ARRIVED: "amber", LegState.MET: "jade", LegState.CANCELLED: "seal"}


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """A journey with its guest."""

    leg: Leg
    who: Who


def rows(reader: Reader) -> QuerySet[Leg]:
    """Return the journeys that the reader works on."""
    mine = within(reader.actor, legs_of(reader.edition)).select_related("station")
    return mine.annotate(at=Coalesce("expected_at", "arrives_at", "departs_at"))


def lines(legs: Sequence[Leg], reader: Reader) -> list[JourneyLine]:
    """Return the lines of these journeys, with five statements for all."""
    people = whos(reader.edition, {leg.guest_id for leg in legs}, reader.lang)
    return [JourneyLine(leg, people[leg.guest_id]) for leg in legs]


def _away(line: JourneyLine, reader: Reader) -> str:
    at = away_time(line.leg)
    if at is None or not line.leg.away_zone:
        return ""
    zone = ZoneInfo(line.leg.away_zone)
    day = formats.date(at.astimezone(zone).date(), reader.lang, "EdMMM")
    return f"{day} {formats.time(at, zone)} ({line.leg.away_zone})"


def _link(line: JourneyLine, reader: Reader) -> str:
    return reverse("protocol:journey", args=[reader.edition.slug, line.leg.pk])


def _by_table(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Transfer).may(reader.actor, "edit", Transfer(edition=reader.edition)):
        return None
    return reverse("protocol:arrivals_table", args=[reader.edition.slug]), str(_("Arrivals by table"))


JOURNEYS = ListSpec(
    key="protocol.journeys",
    route="protocol:journeys",
    nav="protocol-journeys",
    title=_("Journeys"),
    lead=_("Arrivals and departures; times are the host city’s, and beside them those of the other end."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: f"{line.who.name.text} {line.leg.code}".strip(),
    columns=(
        Column(key="name", label=_("Name"), value=lambda line, _reader: line.who.name, link=_link),
        Column(
            key="direction",
            label=_("Direction"),
            value=lambda line, _reader: line.leg.get_direction_display(),
            sort="direction",
        ),
        Column(
            key="means",
            label=_("By"),
            value=lambda line, _reader: line.leg.get_means_display(),
            sort="means",
            is_hidden=True,
        ),
        Column(key="code", label=_("Number"), value=lambda line, _reader: line.leg.code, sort="code"),
        Column(key="at", label=_("Time here"), value=lambda line, _reader: host_time(line.leg), sort="at"),
        Column(key="away", label=_("Time there"), value=_away),
        Column(
            key="from", label=_("From"), value=lambda line, _reader: line.leg.from_place, sort="from_place"
        ),
        Column(key="to", label=_("To"), value=lambda line, _reader: line.leg.to_place, sort="to_place"),
        Column(
            key="state",
            label=_("State"),
            value=lambda line, _reader: Chip(line.leg.get_state_display(), TONES.get(line.leg.state, "")),
            sort="state",
        ),
    ),
    filters=(
        search(
            "guest__person__reference_name", "guest__person__names__text", "code", "from_place", "to_place"
        ),
        choice("direction", _("Direction"), "direction", Direction),
        choice("means", _("By"), "means", Means),
        choice("state", _("State"), "state", LegState),
    ),
    order="at",
    head=_by_table,
    empty=Empty(
        title=_("No journeys yet"),
        text=_("Enter arrivals and departures on a guest’s page of protocol."),
        step=lambda reader: (reverse("protocol:people", args=[reader.edition.slug]), str(_("Reception"))),
    ),
)


def _rides(reader: Reader) -> QuerySet[Transfer]:
    return rides_of(reader.edition, reader.actor)


def _places(ride: Transfer, _reader: Reader) -> Chip:
    taken = getattr(ride, "taken", 0)
    return Chip(f"{taken} / {ride.vehicle.seats}", "amber" if taken >= ride.vehicle.seats else "")


def _new_ride(reader: Reader) -> tuple[str, str] | None:
    if not policy_for(Transfer).may(reader.actor, "edit", Transfer(edition=reader.edition)):
        return None
    return reverse("protocol:transfer_new", args=[reader.edition.slug]), str(_("Plan a ride"))


TRANSFERS = ListSpec(
    key="protocol.transfers",
    route="protocol:transfers",
    nav="protocol-transfers",
    title=_("Rides"),
    rows=_rides,
    label=lambda ride, _reader: str(ride),
    columns=(
        Column(
            key="starts",
            label=_("Departs"),
            value=lambda ride, _reader: ride.starts_at,
            link=lambda ride, reader: reverse("protocol:transfer", args=[reader.edition.slug, ride.pk]),
            sort="starts_at",
        ),
        Column(key="from", label=_("From"), value=lambda ride, _reader: ride.from_station.name),
        Column(key="to", label=_("To"), value=lambda ride, _reader: ride.to_station.name),
        Column(
            key="vehicle",
            label=_("Vehicle"),
            value=lambda ride, _reader: ride.vehicle.label,
            sort="vehicle__label",
        ),
        Column(
            key="driver", label=_("Driver"), value=lambda ride, _reader: ride.vehicle.driver, is_hidden=True
        ),
        Column(key="places", label=_("Places"), value=_places, sort="taken"),
        Column(key="note", label=_("Note"), value=lambda ride, _reader: ride.note, is_hidden=True),
    ),
    filters=(search("vehicle__label", "vehicle__driver", "from_station__name", "to_station__name", "note"),),
    order="starts",
    head=_new_ride,
    empty=Empty(
        title=_("No rides yet"),
        text=_("Enter stations and vehicles, then plan who is driven when."),
        step=_new_ride,
    ),
)
