"""All that is arranged for one guest: journeys, who receives her, rides, stays and meals. For her own page and for ours."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from summitry.foundation.access import Actor, within
from summitry.guests.models import Guest
from summitry.protocol.models import Entitlement, Greeting, Leg, Meal, Rider, Seat, Stay, Transfer
from summitry.protocol.queries.health import HealthStanding, standings
from summitry.protocol.queries.travel import LegLine, leg_lines


@dataclass(frozen=True, slots=True)
class Logistics:
    """What is arranged for a guest, each in the order of time; nothing of it where the asker may not see it.

    `seats` are those of published plans: whoever sees the guest's arrangements sees them.
    """

    legs: tuple[LegLine, ...]
    greetings: tuple[Greeting, ...]
    rides: tuple[Transfer, ...]
    stays: tuple[Stay, ...]
    meals: tuple[Meal, ...]
    seats: tuple[Seat, ...]
    health: HealthStanding

    @property
    def is_empty(self) -> bool:
        """Whether nothing is arranged yet."""
        return not (self.legs or self.greetings or self.rides or self.stays or self.meals or self.seats)


def logistics_of(guest: Guest, actor: Actor) -> Logistics:
    """Return what is arranged for `guest` as far as `actor` works on it: protocol, her focal point, she by her own link."""
    edition = guest.edition
    legs = within(actor, Leg.objects.filter(guest=guest)).select_related("station")
    riders = within(actor, Rider.objects.filter(guest=guest)).select_related(
        "transfer__vehicle", "transfer__from_station", "transfer__to_station"
    )
    stays = within(actor, Stay.objects.filter(guest=guest)).select_related("allotment__hotel")
    seats = Seat.objects.filter(guest=guest, plan__is_published=True).select_related("plan__room", "block")
    said = dict(
        within(actor, Entitlement.objects.filter(guest=guest)).order_by().values_list("meal_id", "may")
    )
    may = [pk for pk, yes in said.items() if yes]
    meals = (
        Meal.objects.filter(Q(edition=edition, categories=guest.category_id) | Q(pk__in=may))
        .exclude(pk__in=[pk for pk, yes in said.items() if not yes])
        .distinct()
    )
    return Logistics(
        tuple(leg_lines(edition, legs)),
        tuple(within(actor, Greeting.objects.filter(guest=guest))),
        tuple(rider.transfer for rider in riders.order_by("transfer__starts_at", "pk")),
        tuple(stays),
        tuple(meals),
        tuple(seats),
        standings(edition, [guest.pk])[guest.pk],
    )
