"""The places of a delegation: how many it has, who takes one, and that the last one is taken once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.guests.enums import HOLDS_SEAT
from summitry.guests.errors import QuotaFull
from summitry.guests.events import DelegationsChanged
from summitry.guests.models import Category, Delegation, Guest, Quota

MOST_PLACES = 9999


@dataclass(frozen=True, slots=True)
class QuotaGiven:
    """How many places a category has, and what happens beyond them."""

    category: Category
    places: int
    overflow: Category | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What a delegation still has for somebody new: in which category, or a place on that category's waiting list."""

    category: Category
    is_waiting: bool = False


def set_quotas(
    delegation: Delegation,
    quotas: Sequence[QuotaGiven],
    *,
    by: Actor,
    expected: Mapping[int, tuple[int, int | None, bool]] | None = None,
) -> None:
    """Replace the quotas of a delegation; equal ones change nothing. Fewer places than are taken send nobody away.

    `expected` is what the editor saw, by category: (places, overflow, waits). Announces DelegationsChanged. Raises
    InvalidInput by category's slug, and StaleState.
    """
    require(by, "edit", Quota(delegation=delegation))
    wanted = {given.category.pk: _row(delegation, given) for given in quotas}
    if len(wanted) < len(quotas):
        raise InvalidInput(fields={"category": [_("A category is named twice.")]})
    with recording():
        rows = Quota.objects.filter(delegation=delegation).select_related("category")
        present = {row.category_id: row for row in rows}
        before = {pk: _facts(row) for pk, row in present.items()}
        after = {pk: _facts(row) for pk, row in wanted.items()}
        if expected is not None and dict(expected) != before:
            raise StaleState
        if before == after:
            return
        Quota.objects.filter(delegation=delegation).exclude(category__in=wanted).delete()
        Quota.objects.bulk_create(
            wanted.values(),
            update_conflicts=True,
            unique_fields=["delegation", "category"],
            update_fields=["places", "overflow", "waits"],
        )
        record(
            "guests.quotas.set",
            by=by,
            obj=delegation,
            before=_told(present.values()),
            after=_told(wanted.values()),
        )
        announce(DelegationsChanged(by=by, edition_id=delegation.edition_id, delegation_ids=(delegation.pk,)))


def find_place(delegation: Delegation, category: Category) -> Place:
    """Return the place for one more guest of a category: in it, in its overflow, or on its waiting list.

    In the caller's transaction, which keeps it from everybody else: two who ask for the last place do so one after the
    other. Raises QuotaFull, and InvalidInput for a category of which the delegation sends nobody.
    """
    quotas = _held(delegation)
    first = quotas.get(category.pk)
    if first is None or first.category.edition_id != delegation.edition_id:
        raise InvalidInput(fields={"category": [_("There is no quota for this category.")]})
    seen: set[int] = set()
    quota: Quota | None = first
    while quota is not None and quota.category_id not in seen:
        seen.add(quota.category_id)
        if used_of(delegation, quota.category_id) < quota.places:
            return Place(quota.category)
        quota = quotas.get(quota.overflow_id) if quota.overflow_id else None
    if first.waits:
        return Place(first.category, is_waiting=True)
    raise QuotaFull(places=first.places)


def hold_place(guest: Guest) -> None:
    """Make sure that a guest who had no place of her delegation's quota can take one; in the caller's transaction.

    Companions take none, and a category without a quota has no limit. Raises QuotaFull.
    """
    if guest.delegation_id is None or guest.principal_id is not None:
        return
    quota = _held(guest.delegation_id).get(guest.category_id)
    if quota is not None and used_of(guest.delegation_id, guest.category_id) >= quota.places:
        raise QuotaFull(places=quota.places)


def hold_places_again(guests: Sequence[Guest]) -> None:
    """Make sure that there are places for guests who had given theirs up: of their delegation, or of their category.

    As `hold_place` else. The office may invite more people than a category has places; who comes back takes a free one.
    """
    found = with_places(guests)
    for guest in guests:
        if guest.pk not in found and (limit := _limit(guest)) is not None:
            raise QuotaFull(places=limit[0])


def with_places(guests: Sequence[Guest]) -> set[int]:
    """Return for whom of these guests, who have none, there is a place: the first ones where there is not one for each.

    In the caller's transaction, which keeps these places from everybody else.
    """
    free: dict[tuple[int | None, int], int | None] = {}
    found = set()
    for guest in guests:
        key = guest.delegation_id, guest.category_id
        if guest.principal_id is None:
            if key not in free:
                limit = _limit(guest)
                free[key] = limit[0] - limit[1] if limit else None
            left = free[key]
            if left is not None:
                if left <= 0:
                    continue
                free[key] = left - 1
        found.add(guest.pk)
    return found


def _limit(guest: Guest) -> tuple[int, int] | None:
    """Return how many places there are for a guest like this one and how many are taken; None for no limit."""
    if guest.delegation_id is not None:
        quota = _held(guest.delegation_id).get(guest.category_id)
        return None if quota is None else (quota.places, used_of(guest.delegation_id, guest.category_id))
    category = Category.objects.select_for_update(no_key=True).only("places").get(pk=guest.category_id)
    if category.places is None:
        return None
    taken = Guest.objects.filter(category=category, principal=None, state__in=HOLDS_SEAT)
    return category.places, taken.count()


def used_of(delegation: Delegation | int | None, category: Category | int) -> int:
    """Return how many places of a category are taken."""
    rows = Guest.objects.filter(delegation=delegation, category=category, principal=None)
    return rows.filter(state__in=HOLDS_SEAT).count()


def _held(delegation: Delegation | int) -> dict[int, Quota]:
    """Return the quotas by category, and let nobody else count places until the transaction ends."""
    rows = Quota.objects.select_for_update(of=("self",), no_key=True).filter(delegation=delegation)
    return {row.category_id: row for row in rows.select_related("category").order_by("pk")}


def _row(delegation: Delegation, given: QuotaGiven) -> Quota:
    slug = given.category.slug
    if not 0 <= given.places <= MOST_PLACES:
        text = _("Between 0 and %(most)d places are possible.") % {"most": MOST_PLACES}
        raise InvalidInput(fields={slug: [text]})
    if any(
        each is not None and each.edition_id != delegation.edition_id
        for each in (given.category, given.overflow)
    ):
        raise InvalidInput(fields={slug: [_("Choose a category of this edition.")]})
    if given.overflow == given.category:
        raise InvalidInput(fields={slug: [_("A category cannot take its own overflow.")]})
    return Quota(
        delegation=delegation,
        category=given.category,
        places=given.places,
        overflow=given.overflow,
        waits=given.waits,
    )


def _facts(row: Quota) -> tuple[int, int | None, bool]:
    return row.places, row.overflow_id, row.waits


def _told(rows: Iterable[Quota]) -> dict[str, int]:
    return {row.category.slug: row.places for row in sorted(rows, key=lambda row: row.category.slug)}
