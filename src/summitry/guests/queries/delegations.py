"""Delegations for those who work with them, and how their places stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.guests.enums import HOLDS_SEAT, GuestState
from summitry.guests.models import Category, Delegation, Guest, Quota

RELATED = ("edition", "entity", "organisation", "head__person")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one category: how many, how many are taken, who waits, and what is beyond them."""

    category: Category
    places: int
    used: int
    waiting: int
    overflow: Category | None = None
    waits: bool = False

    @property
    def free(self) -> int:
        """How many are left; none where more are taken than there are."""
        return max(0, self.places - self.used)

    @property
    def is_over(self) -> bool:
        """Whether more are taken than there are, as after a quota was lowered."""
        return self.used > self.places


def delegations_at_work(actor: Actor, edition: Edition) -> QuerySet[Delegation]:
    """Return the delegations that `actor` works on: all for the office, her own for a focal point."""
    return within(actor, Delegation.objects.filter(edition=edition)).select_related(*RELATED)


def delegation_at_work(actor: Actor, edition: Edition, slug: str) -> Delegation:
    """Return one of them. Raises NotFound."""
    found = delegations_at_work(actor, edition).filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def places_of(delegations: Collection[int]) -> dict[int, list[Places]]:
    """Return the places by delegation, in the order of the categories; two statements for all."""
    taken: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    rows = Guest.objects.filter(delegation__in=delegations, principal=None).order_by()
    for delegation, category, state, count in rows.values_list("delegation", "category", "state").annotate(
        count=Count("pk")
    ):
        taken[delegation, category][state] = count
    found: dict[int, list[Places]] = {pk: [] for pk in delegations}
    quotas = Quota.objects.filter(delegation__in=delegations).select_related("category", "overflow")
    for row in quotas.order_by("category__position", "category_id"):
        states = taken[row.delegation_id, row.category_id]
        used = sum(count for state, count in states.items() if state in HOLDS_SEAT)
        waiting = states.get(GuestState.WAITING, 0)
        found[row.delegation_id].append(
            Places(row.category, row.places, used, waiting, row.overflow, row.waits)
        )
    return found


def guest_at_work(actor: Actor, delegation: Delegation, pk: int) -> Guest:
    """Return a guest of the delegation whom `actor` works on. Raises NotFound."""
    rows = Guest.objects.filter(delegation=delegation, pk=pk)
    related = (
        "edition",
        "category",
        "person",
        "delegation__edition",
        "principal__person",
        "principal__category",
    )
    found = within(actor, rows).select_related(*related).first()
    if found is None:
        raise NotFound
    return found
