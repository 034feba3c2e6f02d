"""The waiting list of a category that is open to everybody: whoever has waited longest comes next, as places become free."""

from __future__ import annotations

from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import recording
from summitry.foundation.jobs import job
from summitry.guests.actions.moving import move
from summitry.guests.actions.registration import begin
from summitry.guests.enums import HOLDS_SEAT, DecisionKind, GuestState
from summitry.guests.models import Category, Guest
from summitry.guests.queries.guest_links import page_address
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, person_recipient, post_notice

WAITING_LIST = system("waiting list")


def admit_waiting(category: Category, *, by: Actor) -> list[Guest]:
    """Give the free places of a category to those who have waited longest, and write to them. Announces GuestMoved.

    Two who ask at once do so one after the other: no place is given twice. Whom a delegation named waits for its places.
    """
    require(by, "decide", Guest(edition=category.edition, category=category))
    with recording():
        held = Category.objects.select_for_update(no_key=True).get(pk=category.pk)
        line = Guest.objects.filter(category=held, delegation=None, state=GuestState.WAITING)
        related = ("edition", "category", "person__account")
        ordered = line.select_related(*related).order_by("state_since", "pk")
        if held.places is not None:
            taken = Guest.objects.filter(category=held, principal=None, state__in=HOLDS_SEAT).count()
            ordered = ordered[: max(0, held.places - taken)]
        admitted = list(ordered)
        for guest in admitted:
            move(guest, GuestState.APPLYING, by=by, kind=DecisionKind.ADMIT)
            begin(guest)
        if admitted:
            letters = [_letter(guest) for guest in admitted]
            post_notice(category.edition, NoticeKey.REGISTRATION_PLACE, letters, by=by)
    return admitted


@job()
def admit_from(category_id: int) -> None:
    """Give the free places of one category to those who wait."""
    category = Category.objects.select_related("edition").filter(pk=category_id).first()
    if category is not None:
        admit_waiting(category, by=WAITING_LIST)


@job()
def admit_everywhere() -> None:
    """Give free places wherever somebody waits: places may have been added."""
    waiting = Guest.objects.filter(state=GuestState.WAITING, delegation=None)
    for pk in waiting.order_by().values_list("category", flat=True).distinct():
        admit_from.func(pk)


def _letter(guest: Guest) -> Recipient:
    facts: dict[str, Fact] = {"category": guest.category.name, "link": lambda lang: page_address(guest, lang)}
    return person_recipient(guest.person, language=guest.language, context=facts)
