"""Keeping a seating plan: its tables, who sits where, locks, and what it has to keep to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from summitry.algorithms.seating import Shape, honours
from summitry.directory.queries.slugs import free_slugs, slug_base
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.i18n import Text
from summitry.guests.enums import GONE
from summitry.guests.models import Guest
from summitry.protocol.actions.coming import require_coming
from summitry.protocol.actions.versioned import next_version, next_version_of_any
from summitry.protocol.enums import RuleKind, Span
from summitry.protocol.errors import SeatLocked
from summitry.protocol.events import SeatingChanged
from summitry.protocol.models import Block, Seat, SeatingPlan, SeatingRule

MOST_SEATS = 600


def create_seating(edition: Edition, *, by: Actor, name: Text, slug: str = "", **facts: Any) -> SeatingPlan:
    """Create a plan without tables. Raises PermissionRefused and InvalidInput."""
    require(by, "edit", SeatingPlan(edition=edition))
    slug = slug or free_slugs(SeatingPlan, [slug_base(name.texts.values())])[0]
    made = checked(SeatingPlan(edition=edition, slug=slug, name=name, **facts))
    with recording():
        made.save(force_insert=True)
        record("protocol.seating.created", by=by, obj=made)
    return made


def update_seating(plan: SeatingPlan, *, by: Actor, **changes: Any) -> SeatingPlan:
    """Change a plan's name, time, room or the order that it follows. Raises like `foundation.changes.change`."""
    require(by, "edit", plan)
    change(plan, changes, by=by, audit="protocol.seating.updated")
    return plan


def add_block(plan: SeatingPlan, label: str, kind: str, seats: int, *, by: Actor, seen: int) -> Block:
    """Add a table or row with numbered seats; their places of honour follow those of the tables before it."""
    require(by, "edit", plan)
    with recording():
        next_version(plan, seen)
        present = plan.seats.count()
        if not 1 <= seats <= MOST_SEATS - present:
            raise InvalidInput(
                fields={"seats": [_("A plan has from 1 to %(most)d seats.") % {"most": MOST_SEATS}]}
            )
        top = plan.seats.aggregate(top=Max("honour"))["top"] or 0
        last = plan.blocks.aggregate(last=Max("position"))["last"] or 0
        block = checked(Block(plan=plan, label=" ".join(label.split()), kind=kind, position=last + 1))
        block.save(force_insert=True)
        Seat.objects.bulk_create(
            Seat(plan=plan, block=block, number=number, honour=top + 1 + honour)
            for number, honour in enumerate(honours(Shape(kind), seats), start=1)
        )
        _changed(plan, "block_added", by, block=block.label)
    return block


def remove_block(block: Block, *, by: Actor, seen: int) -> None:
    """Remove a table; who sat there has no seat. Raises SeatLocked where one of its seats is locked."""
    plan = block.plan
    require(by, "edit", plan)
    with recording():
        next_version(plan, seen)
        if block.seats.filter(is_locked=True).exists():
            raise SeatLocked
        label = block.label
        block.delete()
        _changed(plan, "block_removed", by, block=label)


def seat_guest(seat: Seat, guest: Guest, *, by: Actor, seen: int) -> Seat:
    """Give a seat to a guest. Whoever has it gets the seat that she had in this plan, or none.

    Announces SeatingChanged. Raises NotComing, SeatLocked (of either seat), and StaleState where somebody else changed the
    plan since the version `seen`.
    """
    plan = seat.plan
    require(by, "edit", plan)
    if guest.edition_id != plan.edition_id:
        raise NotFound
    with recording():
        require_coming([guest])
        next_version(plan, seen)
        target = _current(seat)
        former = plan.seats.select_for_update().filter(guest=guest).first()
        if former is not None and former.pk == target.pk:
            return target
        if target.is_locked or (former is not None and former.is_locked):
            raise SeatLocked
        other = target.guest_id
        if former is not None:
            plan.seats.filter(pk__in=[former.pk, target.pk]).update(guest=None)
            if other is not None:
                plan.seats.filter(pk=former.pk).update(guest=other)
        _give(target, guest.pk)
        _changed(plan, "seated", by, seat=str(target))
    return target


def clear_seat(seat: Seat, *, by: Actor, seen: int) -> Seat:
    """Free a seat; a gap that somebody left is settled by it as well. Raises like `seat_guest`."""
    plan = seat.plan
    require(by, "edit", plan)
    with recording():
        next_version(plan, seen)
        target = _current(seat)
        if target.is_locked:
            raise SeatLocked
        _give(target, None)
        _changed(plan, "cleared", by, seat=str(target))
    return target


def lock_seat(seat: Seat, *, by: Actor, seen: int, lock: bool) -> Seat:
    """Lock a seat, so that no proposal and no exchange touches it, or unlock it."""
    plan = seat.plan
    require(by, "edit", plan)
    with recording():
        next_version(plan, seen)
        target = _current(seat)
        target.is_locked = lock
        target.save(update_fields=["is_locked"])
        _changed(plan, "locked" if lock else "unlocked", by, seat=str(target))
    return target


def take_proposal(plan: SeatingPlan, seated: Mapping[int, int], *, by: Actor, seen: int) -> int:
    """Seat everybody as proposed (guest to seat), locked seats excepted; return how many have a seat then.

    Raises StaleState, also where a guest of the proposal does not come any more.
    """
    require(by, "edit", plan)
    with recording():
        next_version(plan, seen)
        seats = {seat.pk: seat for seat in plan.seats.select_for_update().select_related("block")}
        coming = set(
            Guest.objects.filter(pk__in=seated, edition=plan.edition_id)
            .exclude(state__in=GONE)
            .values_list("pk", flat=True)
        )
        fixed = {seat.guest_id for seat in seats.values() if seat.is_locked and seat.guest_id}
        wanted = {
            place: guest
            for guest, place in seated.items()
            if place in seats and not seats[place].is_locked and guest in coming - fixed
        }
        free = [seat for seat in seats.values() if not seat.is_locked]
        plan.seats.filter(is_locked=False).update(guest=None)
        for seat in free:
            seat.guest_id = wanted.get(seat.pk)
            if seat.guest_id:
                seat.left_id, seat.left_at = None, None
        Seat.objects.bulk_update(free, ["guest", "left", "left_at"])
        _changed(plan, "proposed", by, count=len(wanted))
    return len(wanted) + len(fixed)


def add_rule(
    plan: SeatingPlan,
    kind: str,
    guests: Iterable[Guest],
    *,
    by: Actor,
    span: str = Span.SEAT,
    reason: str = "",
) -> SeatingRule:
    """Make a plan keep to something. Raises InvalidInput for fewer than two people to keep apart or together."""
    require(by, "edit", plan)
    people = list(guests)
    if any(guest.edition_id != plan.edition_id for guest in people):
        raise NotFound
    if kind != RuleKind.LANGUAGE and len(people) < 2:
        raise InvalidInput(fields={"guests": [_("Choose at least two people.")]})
    rule = checked(SeatingRule(plan=plan, kind=kind, span=span, reason=" ".join(reason.split())))
    with recording():
        rule.save(force_insert=True)
        rule.guests.set(people)
        record("protocol.seating.rule_added", by=by, obj=plan)
        announce(SeatingChanged(by=by, edition_id=plan.edition_id, plan_id=plan.pk))
    return rule


def remove_rule(rule: SeatingRule, *, by: Actor) -> None:
    """Let a plan not keep to something any more."""
    plan = rule.plan
    require(by, "edit", rule)
    with recording():
        record("protocol.seating.rule_removed", by=by, obj=plan)
        rule.delete()
        announce(SeatingChanged(by=by, edition_id=plan.edition_id, plan_id=plan.pk))


def leave_seats(guest_id: int, *, by: Actor) -> None:
    """Free every seat of a guest who does not come any more, locked or not, and remember the gap."""
    for seat in Seat.objects.filter(guest=guest_id).select_related("plan", "block").order_by("pk"):
        next_version_of_any(seat.plan)
        Seat.objects.filter(pk=seat.pk, guest=guest_id).update(
            guest=None, left=guest_id, left_at=clock.now(), is_locked=False
        )
        _changed(seat.plan, "vacated", by, seat=str(seat))


def _current(seat: Seat) -> Seat:
    found = Seat.objects.select_for_update(of=("self",)).filter(pk=seat.pk).select_related("block").first()
    if found is None:
        raise NotFound
    return found


def _give(seat: Seat, guest_id: int | None) -> None:
    seat.guest_id, seat.left_id, seat.left_at = guest_id, None, None
    seat.save(update_fields=["guest", "left", "left_at"])


def _changed(plan: SeatingPlan, what: str, by: Actor, **told: Any) -> None:
    record(f"protocol.seating.{what}", by=by, obj=plan, **told)
    announce(SeatingChanged(by=by, edition_id=plan.edition_id, plan_id=plan.pk))
