"""Meals and what people are to be served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.guests.models import Category, Guest
from summitry.protocol.enums import DietNeed
from summitry.protocol.models import Diet, Entitlement, Meal
from summitry.protocol.queries.diets import answered_diets
from summitry.protocol.queries.sealed import opened_diet, sealed_diet


def create_meal(edition: Edition, *, by: Actor, categories: Iterable[Category] = (), **facts: Any) -> Meal:
    """Add a meal; guests of `categories` are entitled to it."""
    require(by, "edit", Meal(edition=edition))
    meal = checked(Meal(edition=edition, **facts))
    with recording():
        meal.save(force_insert=True)
        meal.categories.set(_own(edition, categories))
        record("protocol.meal.created", by=by, obj=meal)
    return meal


def update_meal(
    meal: Meal, *, by: Actor, categories: Iterable[Category] | None = None, **changes: Any
) -> Meal:
    """Change a meal, or whose guests are entitled to it. Raises like `foundation.changes.change`."""
    require(by, "edit", meal)
    with recording():
        change(meal, changes, by=by, audit="protocol.meal.updated")
        if categories is not None:
            was = {category.pk for category in meal.categories.all()}
            now = {category.pk for category in _own(meal.edition, categories)}
            if was != now:
                meal.categories.set(now)
                record(
                    "protocol.meal.updated",
                    by=by,
                    obj=meal,
                    before={"categories": sorted(was)},
                    after={"categories": sorted(now)},
                )
    return meal


def except_guest(meal: Meal, guest: Guest, *, by: Actor, may: bool | None) -> None:
    """Let a guest come to a meal, or not, whatever her category says; None goes back to that."""
    require(by, "edit", meal)
    if guest.edition_id != meal.edition_id:
        raise NotFound
    with recording():
        if may is None:
            Entitlement.objects.filter(meal=meal, guest=guest).delete()
        else:
            Entitlement.objects.update_or_create(meal=meal, guest=guest, defaults={"may": may})
        record("protocol.meal.excepted", by=by, obj=meal)


def set_diet(guest: Guest, needs: Iterable[str], *, by: Actor, words: str = "") -> Diet | None:
    """Keep, sealed, what a guest is to be served; nothing takes it away. Raises InvalidInput for an unknown need."""
    require(by, "edit", Diet(guest=guest))
    given = sorted(set(needs))
    words = " ".join(words.split())
    if not set(given) <= set(DietNeed.values):
        raise InvalidInput(fields={"needs": [_("Choose from the list.")]})
    if len(words) > 200:
        raise InvalidInput(fields={"words": [_("Say it in %(most)d characters.") % {"most": 200}]})
    with recording():
        record("protocol.diet.set", by=by, obj=guest)
        if not given and not words:
            Diet.objects.filter(guest=guest).delete()
            return None
        sealed = sealed_diet(given, words)
        row, _made = Diet.objects.update_or_create(
            guest=guest, defaults={"sealed": sealed, "changed_at": clock.now()}
        )
    return row


def set_diets(given: Mapping[Guest, Iterable[str]], *, by: Actor) -> None:
    """Keep what many guests are to be served who have said nothing yet, with one statement."""
    for guest in list(given)[:1]:
        require(by, "edit", Diet(guest=guest))
    now = clock.now()
    Diet.objects.bulk_create(
        Diet(guest=guest, sealed=sealed_diet(needs, ""), changed_at=now) for guest, needs in given.items()
    )


def look_at_diet(guest: Guest, *, by: Actor) -> tuple[list[str], str]:
    """Open what a guest is to be served: needs and words, her application's where protocol has none.

    Each look is recorded. Raises PermissionRefused.
    """
    require(by, "view", Diet(guest=guest))
    row = Diet.objects.filter(guest=guest).first()
    answered = {} if row else answered_diets(guest.edition_id, [guest.pk])
    if row is None and not answered:
        return [], ""
    with recording():
        record("protocol.diet.seen", by=by, obj=guest)
    return opened_diet(row.sealed) if row else answered[guest.pk]


def _own(edition: Edition, categories: Iterable[Category]) -> list[Category]:
    found = list(categories)
    if any(category.edition_id != edition.pk for category in found):
        raise NotFound
    return found
