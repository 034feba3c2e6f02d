"""What makes the demo's accreditation lived in: officers, screening half answered, proposals, an appeal, visa letters, a wish."""

from __future__ import annotations

import uuid

from summitry.editions.models import Edition
from summitry.editions.permissions import PARTNER
from summitry.foundation.access import Actor, Scope
from summitry.foundation.accounts import account_at
from summitry.foundation.grants import put_grant
from summitry.foundation.models import Account
from summitry.guests.actions.deciding import appeal, decide
from summitry.guests.actions.deciding_many import decide_many
from summitry.guests.actions.erasing import ask_for_erasure
from summitry.guests.actions.screening import answer_entries, make_screening_list
from summitry.guests.actions.unsealing import look_at
from summitry.guests.actions.visa import issue_letter
from summitry.guests.enums import DecisionKind, FieldKind, GuestState
from summitry.guests.models import Guest
from summitry.guests.permissions import ACCREDITATION, DATA_PROTECTION, SCREENING
from summitry.guests.queries.guest_links import Opened
from summitry.guests.queries.two_people import needing_two
from summitry.rehearsal.built import Built

G, K = GuestState, DecisionKind
OFFICERS = (
    ("accreditation@rivertown.example", "Lindiwe Dube", ACCREDITATION.code),
    ("accreditation2@rivertown.example", "Henrik Aalto", ACCREDITATION.code),
    ("screening@rivertown.example", "Inès Morel", SCREENING.code),
    ("privacy@rivertown.example", "Tomás Rivas", DATA_PROTECTION.code),
)
TOGETHER, LETTERS = 20, 5
ASKED = "Please hand in a photo that shows your face from the front."
APPEAL = "My letter of assignment reached you a day after the deadline, because the post was on strike."


def build_accreditation(built: Built, by: Actor) -> None:
    """Let officers work through a part of what waits. It needs applications, and does what there are some for."""
    edition = built.edition
    one, other, liaison, _privacy = (_officer(edition, *line, by=by).actor() for line in OFFICERS)
    _screen(edition, liaison)
    waiting = _waiting(edition, G.DECIDING)
    two = needing_two(waiting)
    plain = [guest for guest in waiting if guest.pk not in two]
    if plain:
        decide_many(edition, plain[:TOGETHER], K.APPROVE, by=one, key=uuid.uuid4())
    for guest, kind in zip(plain[TOGETHER:], (K.HOLD, K.REFUSE, K.REFUSE, K.ASK), strict=False):
        decide(
            guest,
            kind,
            by=one,
            reason="Beyond the places of this category.",
            told=ASKED if kind == K.ASK else "",
        )
    for guest in [guest for guest in waiting if guest.pk in two][:2]:
        decide(guest, K.APPROVE, by=other)
    for guest in _waiting(edition, G.REFUSED)[:1]:
        appeal(guest, APPEAL, by=Opened(guest, is_current=True).actor)
    _letters(edition, one)
    for guest in _waiting(edition, G.CONFIRMED)[-1:]:
        ask_for_erasure(guest, by=Opened(guest, is_current=True).actor)


def _officer(edition: Edition, email: str, name: str, role: str, *, by: Actor) -> Account:
    account = account_at(email, by=by, name=name)
    for code in (role, PARTNER.code):
        put_grant(account, code, Scope("edition", edition.pk), by=by)
    return account


def _waiting(edition: Edition, state: str) -> list[Guest]:
    rows = Guest.objects.filter(edition=edition, state=state, principal=None)
    return list(
        rows.select_related("edition", "category", "person", "delegation").order_by("state_since", "pk")
    )


def _screen(edition: Edition, liaison: Actor) -> None:
    """Send a list out and take half of its results in: one objection, the others passed."""
    if not _waiting(edition, G.SCREENING):
        return
    batch = make_screening_list(edition, by=liaison)
    codes = list(batch.entries.order_by("pk").values_list("code", flat=True))
    half = codes[: len(codes) // 2]
    answer_entries(batch, {code: "objects" if code == half[0] else "passed" for code in half}, by=liaison)


def _letters(edition: Edition, officer: Actor) -> None:
    """Issue visa letters to some who have given a passport; one is replaced."""
    rows = Guest.objects.filter(
        edition=edition, state__in=(G.APPROVED, G.CONFIRMED), answers__field__kind=FieldKind.IDENTITY
    ).exclude(category__visa="never")
    guests = list(rows.select_related("edition", "category", "person").order_by("pk")[:LETTERS])
    for guest in (*guests, *guests[:1]):
        look_at(guest, by=officer)
        issue_letter(guest, by=officer, second="fr")
