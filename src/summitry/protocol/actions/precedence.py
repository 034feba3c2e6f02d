"""Keeping a precedence list: begun by a proposal, then moved by hand; every change is a version with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.directory.queries.slugs import free_slugs, slug_base
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.i18n import Text
from summitry.guests.enums import GONE
from summitry.guests.models import Guest
from summitry.protocol.actions.coming import require_coming
from summitry.protocol.actions.versioned import next_version, next_version_of_any
from summitry.protocol.enums import PrecedenceChange, Rank
from summitry.protocol.events import PrecedenceChanged
from summitry.protocol.models import PrecedenceEntry, PrecedenceList, PrecedenceVersion
from summitry.protocol.queries.order import proposed_order, rank_of

BECAUSE = 500


def create_precedence(
    edition: Edition, *, by: Actor, name: Text, slug: str = "", **facts: Any
) -> PrecedenceList:
    """Create an empty list. Raises PermissionRefused and InvalidInput."""
    require(by, "edit", PrecedenceList(edition=edition))
    slug = slug or free_slugs(PrecedenceList, [slug_base(name.texts.values())])[0]
    made = checked(PrecedenceList(edition=edition, slug=slug, name=name, **facts))
    with recording():
        made.save(force_insert=True)
        record("protocol.precedence.created", by=by, obj=made)
    return made


def update_precedence(precedence: PrecedenceList, *, by: Actor, **changes: Any) -> PrecedenceList:
    """Change what a list is called, or the language and letter of its next proposal; nobody moves by it."""
    require(by, "edit", precedence)
    change(precedence, changes, by=by, audit="protocol.precedence.updated")
    return precedence


def propose_order(
    precedence: PrecedenceList, guest_ids: Sequence[int], *, by: Actor, seen: int, reason: str = ""
) -> PrecedenceVersion:
    """Write the order of these guests anew, by rank, time in office and alphabet; reasons given before go with it.

    Announces PrecedenceChanged. Raises StaleState where the list is not at the version `seen`.
    """
    require(by, "edit", precedence)
    with recording():
        next_version(precedence, seen)
        proposed = proposed_order(precedence, guest_ids)
        precedence.entries.all().delete()
        PrecedenceEntry.objects.bulk_create(
            PrecedenceEntry(
                precedence=precedence,
                guest_id=each.guest_id,
                position=place,
                basis=each.rank,
                since=each.since,
            )
            for place, each in enumerate(proposed, start=1)
        )
        return _keep(precedence, PrecedenceChange.PROPOSED, by, reason=reason, count=len(proposed))


def move_entry(entry: PrecedenceEntry, to: int, *, by: Actor, seen: int, reason: str) -> PrecedenceVersion:
    """Move somebody to the place `to`, counted from 1, because of `reason`; a place behind the last is the last.

    Announces PrecedenceChanged. Raises InvalidInput without a reason, and StaleState where somebody else changed the list.
    """
    precedence = entry.precedence
    require(by, "edit", precedence)
    reason = _reason(reason)
    if to < 1:
        raise InvalidInput(fields={"to": [_("Places are counted from 1.")]})
    with recording():
        next_version(precedence, seen)
        entries = list(precedence.entries.all())
        moved = _of(entries, entry.guest_id)
        was = moved.position
        entries.remove(moved)
        entries.insert(to - 1, moved)
        moved.reason = reason
        _number(entries)
        PrecedenceEntry.objects.bulk_update(entries, ["position", "reason"])
        return _keep(
            precedence,
            PrecedenceChange.MOVED,
            by,
            guest=moved.guest_id,
            was=was,
            now=moved.position,
            reason=reason,
        )


def add_entry(
    precedence: PrecedenceList, guest: Guest, *, by: Actor, seen: int, reason: str, to: int | None = None
) -> PrecedenceVersion:
    """Put a guest into the list, at the place `to` or last. Raises as `move_entry`, and NotComing."""
    require(by, "edit", precedence)
    reason = _reason(reason)
    with recording():
        require_coming([guest])
        next_version(precedence, seen)
        entries = list(precedence.entries.all())
        if any(each.guest_id == guest.pk for each in entries):
            raise InvalidInput(fields={"guest": [_("This guest is in the list already.")]})
        rank, since = rank_of(guest)
        place = len(entries) + 1 if to is None else max(1, min(to, len(entries) + 1))
        made = PrecedenceEntry(
            precedence=precedence, guest=guest, position=place, basis=rank, since=since, reason=reason
        )
        entries.insert(place - 1, made)
        made.save(force_insert=True)
        _number(entries)
        PrecedenceEntry.objects.bulk_update(entries, ["position"])
        return _keep(precedence, PrecedenceChange.ADDED, by, guest=guest.pk, now=place, reason=reason)


def remove_entry(entry: PrecedenceEntry, *, by: Actor, seen: int, reason: str) -> PrecedenceVersion:
    """Take somebody off the list; those behind her move up. Raises as `move_entry`."""
    precedence = entry.precedence
    require(by, "edit", precedence)
    reason = _reason(reason)
    with recording():
        next_version(precedence, seen)
        was = _take_out(precedence, entry.guest_id)
        return _keep(precedence, PrecedenceChange.REMOVED, by, guest=entry.guest_id, was=was, reason=reason)


def restore_order(
    precedence: PrecedenceList, version: PrecedenceVersion, *, by: Actor, seen: int, reason: str
) -> PrecedenceVersion:
    """Write the order of an earlier version as the newest one; who does not come any more stays out. Raises as `move_entry`."""
    require(by, "edit", precedence)
    reason = _reason(reason)
    with recording():
        next_version(precedence, seen)
        ids = [each["guest"] for each in version.order]
        coming = set(Guest.objects.filter(pk__in=ids).exclude(state__in=GONE).values_list("pk", flat=True))
        precedence.entries.all().delete()
        kept = [each for each in version.order if each["guest"] in coming]
        PrecedenceEntry.objects.bulk_create(
            PrecedenceEntry(
                precedence=precedence,
                guest_id=each["guest"],
                position=place,
                basis=each["basis"],
                since=each["since"],
                reason=each["reason"],
            )
            for place, each in enumerate(kept, start=1)
        )
        return _keep(precedence, PrecedenceChange.RESTORED, by, reason=reason, version=version.number)


def leave_precedence(guest_id: int, *, by: Actor) -> None:
    """Take a guest who does not come any more off every list, inside the transaction in which she was lost."""
    for entry in PrecedenceEntry.objects.filter(guest=guest_id).select_related("precedence").order_by("pk"):
        next_version_of_any(entry.precedence)
        was = _take_out(entry.precedence, guest_id)
        _keep(entry.precedence, PrecedenceChange.LEFT, by, guest=guest_id, was=was)


def _take_out(precedence: PrecedenceList, guest_id: int) -> int:
    entries = list(precedence.entries.all())
    gone = _of(entries, guest_id)
    was = gone.position
    entries.remove(gone)
    gone.delete()
    _number(entries)
    PrecedenceEntry.objects.bulk_update(entries, ["position"])
    return was


def _of(entries: Sequence[PrecedenceEntry], guest_id: int) -> PrecedenceEntry:
    found = next((each for each in entries if each.guest_id == guest_id), None)
    if found is None:
        raise StaleState
    return found


def _number(entries: Sequence[PrecedenceEntry]) -> None:
    for place, entry in enumerate(entries, start=1):
        entry.position = place


def _reason(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise InvalidInput(fields={"reason": [_("Say why: the list is answered for by hand.")]})
    if len(text) > BECAUSE:
        raise InvalidInput(fields={"reason": [_("Say it in %(most)d characters.") % {"most": BECAUSE}]})
    return text


def _keep(
    precedence: PrecedenceList,
    kind: PrecedenceChange,
    by: Actor,
    *,
    guest: int | None = None,
    was: int | None = None,
    now: int | None = None,
    reason: str = "",
    **told: Any,
) -> PrecedenceVersion:
    """Keep what the list says now as a version, and tell the log and whoever has it open. The reason is in the version only."""
    order = [
        {"guest": pk, "basis": basis or Rank.OTHER, "since": since and since.isoformat(), "reason": why}
        for pk, basis, since, why in precedence.entries.values_list("guest_id", "basis", "since", "reason")
    ]
    made = PrecedenceVersion.objects.create(
        precedence=precedence,
        number=precedence.number,
        change=kind,
        order=order,
        guest_id=guest,
        was=was,
        now=now,
        reason=reason,
        account_id=by.account_id,
        actor_label=by.label,
        at=clock.now(),
    )
    record(f"protocol.precedence.{kind}", by=by, obj=precedence, was=was, now=now, **told)
    announce(PrecedenceChanged(by=by, edition_id=precedence.edition_id, list_id=precedence.pk))
    return made
