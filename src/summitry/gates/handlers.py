"""What this room does when guests are admitted, leave or change: badges follow, and the gates are told."""

from __future__ import annotations

from django.db.models import Q

from summitry.directory.events import PeopleChanged
from summitry.editions.models import Edition
from summitry.foundation.bus import subscribe
from summitry.gates.actions.compiling import compile_roster
from summitry.gates.actions.credentials import issue_many, revoke
from summitry.gates.actions.forgetting import forget_words
from summitry.gates.models import RosterLine
from summitry.guests.enums import GuestState
from summitry.guests.events import GuestErased, GuestMoved, GuestsChanged
from summitry.guests.models import Guest


def connect() -> None:
    """Listen to the guest office, inside its transactions: nobody is accredited without a badge, or the other way round."""
    subscribe(GuestMoved, on_moved, inside=True)
    subscribe(GuestsChanged, on_changed, inside=True)
    subscribe(PeopleChanged, on_people, inside=True)
    subscribe(GuestErased, on_erased, inside=True)


def on_moved(event: GuestMoved) -> None:
    """Give her a badge when she is accredited; when she no longer is, it is worthless, and so are her companions' tables."""
    if GuestState.CONFIRMED not in (event.was, event.now):
        return
    guest = Guest.objects.select_related("edition").get(pk=event.guest_id)
    if event.now == GuestState.CONFIRMED:
        issue_many([guest], by=event.by)
    else:
        revoke(guest, by=event.by)
    companions = list(Guest.objects.filter(principal=guest).values_list("pk", flat=True))
    if companions:
        compile_roster(guest.edition, companions)


def on_changed(event: GuestsChanged) -> None:
    """Compile the lines of guests whose facts changed, and of their companions."""
    _compile(Q(guest__in=event.guest_ids) | Q(guest__principal__in=event.guest_ids))


def on_erased(event: GuestErased) -> None:
    """Empty what was said of her in words."""
    forget_words(event.guest_id)


def on_people(event: PeopleChanged) -> None:
    """Compile the lines of people whose name, post or picture changed."""
    _compile(Q(guest__person__in=event.person_ids))


def _compile(condition: Q) -> None:
    guests: dict[int, list[int]] = {}
    for edition_id, guest in RosterLine.objects.filter(condition).values_list("edition_id", "guest_id"):
        guests.setdefault(edition_id, []).append(guest)
    for edition in Edition.objects.filter(pk__in=guests):
        compile_roster(edition, guests[edition.pk])
