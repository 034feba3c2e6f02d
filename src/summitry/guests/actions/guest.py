"""Guests of an edition: adding them, one or many, and changing as what, with whom and how they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, change_many, refusal
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.guests.actions.quota import used_of
from summitry.guests.enums import HOLDS_SEAT, Attendance, GuestState, Source
from summitry.guests.errors import AlreadyGuest, QuotaFull
from summitry.guests.events import GuestsChanged
from summitry.guests.models import Category, Delegation, Guest, Quota

OWN = frozenset({"language", "zone_name"})
"""What a guest, or whoever fills in for her, says herself."""
KEPT = frozenset({"attendance", "delegation", "principal"})
"""What those keep who assign."""
PLACED = frozenset({"category", "delegation"})
WITHHELD = frozenset({"deskword"})  # the log can never be erased
BEGINNING = {
    Source.INVITED: GuestState.INVITED,
    Source.IMPORTED: GuestState.INVITED,
    Source.NOMINATED: GuestState.NOMINATED,
    Source.REGISTERED: GuestState.APPLYING,
    Source.DESK: GuestState.APPLYING,
}
"""In which state a guest begins, by how she came into the list."""
DECIDED = frozenset({GuestState.APPROVED, GuestState.CONFIRMED})
_BATCH = 500


class GuestFacts(TypedDict, total=False):
    """What can be said of a guest when she is added; `state` only where she does not begin as her source says."""

    attendance: str
    source: str
    state: str
    delegation: Delegation | None
    principal: Guest | None
    replaces: Guest | None
    also: Sequence[Category]
    language: str
    zone_name: str
    deskword: str


@dataclass(frozen=True, slots=True)
class NewGuest:
    """A guest to be added."""

    person: Person
    category: Category
    facts: GuestFacts


def add_guest(
    edition: Edition, person: Person, category: Category, *, by: Actor, **facts: Unpack[GuestFacts]
) -> Guest:
    """Make a person a guest of an edition. Announces GuestsChanged.

    Raises AlreadyGuest, InvalidInput, and PermissionRefused unless `by` may nominate (into this delegation).
    """
    require(by, "nominate", Guest(edition=edition, delegation=facts.get("delegation")))
    return put_guest(edition, person, category, by=by, **facts)


def put_guest(
    edition: Edition, person: Person, category: Category, *, by: Actor, **facts: Unpack[GuestFacts]
) -> Guest:
    """Add a guest as part of an action that has asked for permission itself. Raises like `add_guest`."""
    return _insert(edition, [NewGuest(person, category, facts)], by)[0]


def add_guests(edition: Edition, rows: Iterable[NewGuest], *, by: Actor) -> list[Guest]:
    """Add many guests in a few statements, with one audit entry; all or none. Raises like `add_guest`."""
    new = list(rows)
    for delegation in {row.facts.get("delegation") for row in new}:
        require(by, "nominate", Guest(edition=edition, delegation=delegation))
    return _insert(edition, new, by) if new else []


def change_guest(
    guest: Guest, *, by: Actor, expected: Mapping[str, Any] | None = None, **changes: Any
) -> Guest:
    """Change the language of her letters and her clock, how she takes part and with whom, and what the desk is told.

    Announces GuestsChanged. Raises InvalidInput, StaleState, QuotaFull, and PermissionRefused where one of these
    is not `by`'s.
    """
    _check_may(guest, changes, by)
    _check_facts(guest, changes)
    with recording():
        changed = change(
            guest, changes, by=by, audit="guests.guest.changed", expected=expected, withhold=WITHHELD
        )
        if changed:
            if "delegation" in changed:
                _check_places([guest])
            _tell(guest.edition_id, [guest.pk], by)
    return guest


def change_guests(
    edition: Edition, wanted: Sequence[tuple[Guest, Mapping[str, Any]]], *, by: Actor
) -> frozenset[int]:
    """Change many guests, their category among it; all or none. Announces GuestsChanged once. Raises like `change_guest`."""
    for guest, values in wanted:
        if guest.edition_id != edition.pk:
            raise PermissionRefused
        if "category" in values:
            _check_category(guest, values["category"], by)
        rest = {name: value for name, value in values.items() if name != "category"}
        _check_may(guest, rest, by)
        _check_facts(guest, rest)
    with recording():
        changed = change_many(
            wanted, by=by, audit="guests.guests.changed", edition_id=edition.pk, withhold=WITHHELD
        )
        if changed:
            moved = {guest.pk for guest, values in wanted if values.keys() & PLACED} & changed
            _check_places(Guest.objects.filter(pk__in=moved))
            _tell(edition.pk, sorted(changed), by)
    return changed


def set_category(
    guest: Guest, category: Category, *, by: Actor, also: Collection[Category] | None = None
) -> Guest:
    """Say as what a guest comes: one category that counts, and others whose privileges she has. Announces GuestsChanged.

    Once it was decided that she may come, only those who decide change it. Raises InvalidInput, StaleState, QuotaFull.
    """
    _check_category(guest, category, by)
    for other in also or ():
        _check_category(guest, other, by)
    with recording():
        changed = change(guest, {"category": category}, by=by, audit="guests.guest.categorised")
        if changed:
            _check_places([guest])
        if also is not None:
            before = sorted(guest.also.values_list("slug", flat=True))
            after = sorted({other.slug for other in also} - {category.slug})
            if before != after:
                guest.also.set([other for other in also if other.pk != category.pk])
                record(
                    "guests.guest.categorised",
                    by=by,
                    obj=guest,
                    before={"also": before},
                    after={"also": after},
                )
                changed |= {"also"}
        if changed:
            _tell(guest.edition_id, [guest.pk], by)
    return guest


def _insert(edition: Edition, new: Sequence[NewGuest], by: Actor) -> list[Guest]:
    guests = [_built(edition, row) for row in new]
    try:
        with recording():
            Guest.objects.bulk_create(guests, batch_size=_BATCH)
            links = [
                Guest.also.through(guest_id=guest.pk, category_id=other.pk)
                for guest, row in zip(guests, new, strict=True)
                for other in row.facts.get("also", ())
            ]
            Guest.also.through.objects.bulk_create(links, batch_size=_BATCH)
            ids = [guest.pk for guest in guests]
            if len(guests) == 1:
                record("guests.guest.added", by=by, obj=guests[0], source=guests[0].source)
            else:
                record(
                    "guests.guests.added", by=by, edition_id=edition.pk, count=len(ids), after={"guests": ids}
                )
            _tell(edition.pk, ids, by)
    except IntegrityError as error:
        people = [row.person.pk for row in new]
        known = Guest.objects.filter(edition=edition, person__in=people).select_related("person").first()
        raise AlreadyGuest(person=str(known or new[0].person)) from error
    return guests


def _built(edition: Edition, row: NewGuest) -> Guest:
    facts: dict[str, Any] = {name: value for name, value in row.facts.items() if name != "also"}
    source = Source(facts.pop("source", Source.INVITED))
    now = clock.now()
    guest = Guest(
        edition=edition, person=row.person, category=row.category, source=source, created_at=now, state_since=now,
        **{"state": BEGINNING[source], **facts},
    )  # fmt: skip
    _check_facts(guest, facts)
    if row.category.edition_id != edition.pk:
        raise InvalidInput(fields={"category": [_("Choose a category of this edition.")]})
    try:
        guest.clean_fields(exclude=[field.name for field in Guest._meta.fields if field.is_relation])
    except ValidationError as error:
        raise refusal(error) from error
    return guest


def _check_may(guest: Guest, changes: Mapping[str, Any], by: Actor) -> None:
    """Refuse what is not `by`'s to change: `complete` for her own facts, `assign` for the office's."""
    unknown = changes.keys() - OWN - KEPT - {"deskword"}
    if unknown:
        raise TypeError(sorted(unknown))
    if changes.keys() & KEPT:
        require(by, "assign", guest)
    if changes.keys() & OWN and not policy_for(Guest).may(by, "assign", guest):
        require(by, "complete", guest)
    if "deskword" in changes and not policy_for(Guest).may(by, "greet", guest):
        require(by, "assign", guest)


def _check_facts(guest: Guest, facts: Mapping[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    if facts.get("language") and facts["language"] not in dict(settings.LANGUAGES):
        errors["language"] = [_("Choose a language of the list.")]
    if facts.get("zone_name") and facts["zone_name"] not in available_timezones():
        errors["zone_name"] = [_("Choose a time zone of the list.")]
    if "attendance" in facts and facts["attendance"] not in set(Attendance):
        errors["attendance"] = [_("Choose one of the ways in the list.")]
    delegation, principal = facts.get("delegation"), facts.get("principal")
    if delegation is not None and delegation.edition_id != guest.edition_id:
        errors["delegation"] = [_("Choose a delegation of this edition.")]
    if principal is not None and (
        principal.edition_id != guest.edition_id or principal.principal_id or principal.pk == guest.pk
    ):
        errors["principal"] = [_("Choose a guest of this edition who accompanies nobody.")]
    elif principal is not None and guest.pk and guest.companions.exists():
        errors["principal"] = [_("Who is accompanied cannot accompany somebody.")]
    if errors:
        raise InvalidInput(fields=errors)


def _check_category(guest: Guest, category: Category, by: Actor) -> None:
    require(by, "assign", guest)
    if guest.state in DECIDED and category.pk != guest.category_id:
        require(by, "decide", guest)
    if category.edition_id != guest.edition_id:
        raise InvalidInput(fields={"category": [_("Choose a category of this edition.")]})


def _check_places(moved: Iterable[Guest]) -> None:
    """Refuse what puts more guests into a category of a delegation than it has places. The caller holds the log's chain."""
    pairs = {
        (guest.delegation_id, guest.category_id)
        for guest in moved
        if guest.delegation_id and guest.principal_id is None and guest.state in HOLDS_SEAT
    }
    for delegation, category in sorted(pairs):
        quota = Quota.objects.filter(delegation=delegation, category=category).first()
        if quota is not None and used_of(delegation, category) > quota.places:
            raise QuotaFull(places=quota.places)


def _tell(edition_id: int, ids: Sequence[int], by: Actor) -> None:
    announce(GuestsChanged(by=by, edition_id=edition_id, guest_ids=tuple(ids)))
