"""Erasing a guest who asks for it: everything that is hers goes; what was public, and that something was done, remains."""

from __future__ import annotations

from django.db import IntegrityError
from django.utils.translation import gettext as _

from summitry.directory.actions.erasing import empty_person
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.guests.actions.moving import move
from summitry.guests.actions.shredding import note_erasure, shred_guest
from summitry.guests.enums import GONE, ErasureState, GuestState
from summitry.guests.events import GuestErased, GuestsChanged
from summitry.guests.models import (
    Appeal,
    Decision,
    ErasureRequest,
    Guest,
    ImportedRow,
    Invitation,
    Meeting,
    MeetingDesk,
)
from summitry.guests.queries.public_acts import has_public_acts
from summitry.mailing.actions.letters import forget_letters


def ask_for_erasure(guest: Guest, *, by: Actor) -> ErasureRequest:
    """Ask, as the guest, to be erased. Raises StaleState where she has asked already."""
    request = ErasureRequest(guest=guest, asked_at=clock.now(), asked_by=by.label)
    require(by, "ask", request)
    try:
        with recording():
            request.save(force_insert=True)
            record("guests.erasure.asked", by=by, obj=guest)
    except IntegrityError as error:
        raise StaleState from error
    return request


def refuse_erasure(request: ErasureRequest, answer: str, *, by: Actor) -> ErasureRequest:
    """Refuse a wish to be erased, with the reasons that the guest reads. Raises InvalidInput, StaleState."""
    require(by, "answer", request)
    if not answer.strip():
        raise InvalidInput(fields={"answer": [_("Say why this cannot be erased.")]})
    with recording():
        _settle(request, ErasureState.REFUSED, by, answer.strip()[:2000])
        record("guests.erasure.refused", by=by, obj=request.guest)
    return request


def erase(request: ErasureRequest, *, by: Actor) -> ErasureRequest:
    """Erase the guest who asked for it. Announces GuestErased, and GuestMoved where she was still to come."""
    require(by, "answer", request)
    with recording():
        _settle(request, ErasureState.DONE, by, "")
        erase_guest(request.guest, by=by)
    return request


def erase_guest(guest: Guest, *, by: Actor) -> Guest:
    """Shred everything that is kept of a guest, and of the person where she did nothing public and comes nowhere else.

    The row, its decisions without their words, its visa letters' numbers and the log remain: they hold counts together.
    Announces GuestErased, GuestsChanged, and GuestMoved where she was still to come.
    """
    require(by, "erase", guest)
    with recording():
        if guest.state not in GONE and _may_leave(guest.edition):
            move(guest, GuestState.WITHDRAWN, by=by)
        gone = shred_guest(guest)
        Decision.objects.filter(guest=guest).update(reason="", told="")
        Appeal.objects.filter(guest=guest).update(text="", answer="")
        Invitation.objects.filter(guest=guest).update(remark="", said_by="")
        Meeting.objects.filter(asker=guest).update(words="")
        MeetingDesk.objects.filter(guest=guest).delete()
        ImportedRow.objects.filter(guest=guest).delete()
        Guest.objects.filter(pk=guest.pk).update(
            photo=None,
            badge_name="",
            badge_second_name="",
            badge_line="",
            deskword="",
            language="",
            zone_name="",
            generation=guest.generation + 1,
        )
        forget_letters(guest.edition, guest.person_id)
        record("guests.guest.erased", by=by, obj=guest)
        note_erasure(guest, gone, by=by)
        announce(
            GuestErased(by=by, edition_id=guest.edition_id, guest_id=guest.pk, person_id=guest.person_id)
        )
        if not has_public_acts(guest.person) and not guest.person.guesthoods.exclude(pk=guest.pk).exists():
            empty_person(guest.person, by=by)
        announce(GuestsChanged(by=by, edition_id=guest.edition_id, guest_ids=(guest.pk,)))
    guest.refresh_from_db()
    return guest


def _may_leave(edition: Edition) -> bool:
    """Whoever has been here has been here: after the edition nobody withdraws any more."""
    return edition.ends_on >= clock.now().astimezone(edition.zone).date()


def _settle(request: ErasureRequest, state: str, by: Actor, answer: str) -> None:
    now = clock.now()
    rows = ErasureRequest.objects.filter(pk=request.pk, state=ErasureState.ASKED)
    if not rows.update(state=state, answered_at=now, answered_by=by.label, answer=answer):
        raise StaleState
    request.state, request.answered_at, request.answered_by, request.answer = state, now, by.label, answer
