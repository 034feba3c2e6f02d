"""What the kitchen is told: how many come to a meal, and how many of them need what. No names, whoever asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.sealing import SealBroken
from summitry.guests.enums import GONE, Attendance, GuestState
from summitry.guests.models import Guest
from summitry.protocol.enums import DietNeed
from summitry.protocol.models import Diet, Entitlement, Meal
from summitry.protocol.queries.diets import answered_diets
from summitry.protocol.queries.sealed import opened_diet


@dataclass(frozen=True, slots=True)
class MealLine:
    """A meal and its numbers. `unknown` are those of whom nothing is said: the kitchen counts them as eating all."""

    meal: Meal
    guests: int
    needs: tuple[tuple[DietNeed, int], ...]
    with_words: int


def entitled(meal: Meal) -> QuerySet[Guest]:
    """Return the guests who may come to a meal: accredited, on site, of its categories or named besides."""
    named = Entitlement.objects.filter(meal=meal, guest=OuterRef("pk"))
    rows = Guest.objects.filter(
        edition=meal.edition_id, attendance=Attendance.ON_SITE, state=GuestState.CONFIRMED
    )
    of_category = Q(category__in=meal.categories.all())
    return rows.filter(of_category | Exists(named.filter(may=True))).exclude(Exists(named.filter(may=False)))


def meals_of(edition: Edition, actor: Actor) -> list[MealLine]:
    """Return the meals of an edition with their numbers, in the order of time, with six statements however many there are.

    Where protocol has nothing of a guest, what she answered in her application counts.
    """
    meals = list(
        within(actor, Meal.objects.filter(edition=edition)).prefetch_related("categories", "entitlements")
    )
    guests = dict(
        Guest.objects.filter(edition=edition, attendance=Attendance.ON_SITE, state=GuestState.CONFIRMED)
        .order_by()
        .values_list("pk", "category_id")
    )
    diets = answered_diets(edition.pk)
    for guest_id, sealed in (
        Diet.objects.filter(guest__edition=edition)
        .exclude(guest__state__in=GONE)
        .values_list("guest_id", "sealed")
    ):
        try:
            diets[guest_id] = opened_diet(sealed)
        except SealBroken:
            diets[guest_id] = ([], "?")
    return [_line(meal, guests, diets) for meal in meals]


def _line(meal: Meal, guests: dict[int, int], diets: dict[int, tuple[list[str], str]]) -> MealLine:
    categories = {category.pk for category in meal.categories.all()}
    said = {one.guest_id: one.may for one in meal.entitlements.all()}
    coming = [pk for pk, category in guests.items() if said.get(pk, category in categories)]
    needs = Counter(need for pk in coming for need in diets.get(pk, ([], ""))[0])
    return MealLine(
        meal,
        len(coming),
        tuple((need, needs[need]) for need in DietNeed if needs[need]),
        sum(1 for pk in coming if diets.get(pk, ([], ""))[1]),
    )
