"""Delegations over the API: their places, their guests as those outside may know them, and naming and replacing guests.

A focal point is answered about her own delegation only; others do not exist for her.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, within
from summitry.foundation.api import CursorPage, Localised, localised, page_of
from summitry.foundation.errors import InvalidInput
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.nomination import Nominee, nominate, substitute, withdraw
from summitry.guests.enums import Attendance
from summitry.guests.forms.delegations import nominee_of
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.queries.delegations import (
    delegation_at_work,
    delegations_at_work,
    guest_at_work,
    places_of,
)
from summitry.guests.queries.outside import words_of

router = Router()


class PlacesOut(Schema):
    """The places of a category: how many, how many are taken, and how many guests wait for one."""

    category: str
    places: int
    used: int
    waiting: int


class DelegationOut(Schema):
    """A delegation with its places. `entity` and `organisation` say whom it represents."""

    slug: str
    name: Localised
    entity: str | None
    organisation: str | None
    zone: str
    closes_at: dt.datetime | None
    places: list[PlacesOut]


class DelegateOut(Schema):
    """A guest of a delegation; `standing` is how far she has come, as those outside may know it."""

    id: int
    name: str
    category: str
    attendance: Attendance
    standing: str
    principal: int | None
    replaces: int | None


class NomineeIn(Schema):
    """Somebody to be named: in Latin letters, and in her own script with its language."""

    name: str = Field(max_length=200)
    email: str = Field("", max_length=254)
    native_name: str = Field("", max_length=200)
    native_lang: str = Field("", max_length=20)
    attendance: Attendance = Attendance.ON_SITE


class NominationIn(NomineeIn):
    """Somebody to be named, with her category."""

    category: str


class WithdrawalIn(Schema):
    """Why a guest is taken back; nobody has to say."""

    reason: str = Field("", max_length=2000)


@router.get("/{slug}/delegations", response=CursorPage[DelegationOut], summary="Delegations you work with")
def list_delegations(
    request: HttpRequest, slug: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[DelegationOut]:
    """List all delegations for the guest office, and for a focal point her own."""
    actor, edition = _asked(request, slug)
    rows, following = page_of(delegations_at_work(actor, edition), cursor=cursor, limit=limit)
    return CursorPage(items=_delegations(rows), next=following)


@router.get("/{slug}/delegations/{delegation}", response=DelegationOut, summary="One delegation")
def get_delegation(request: HttpRequest, slug: str, delegation: str) -> DelegationOut:
    """Return a delegation with its places."""
    actor, edition = _asked(request, slug)
    return _delegations([delegation_at_work(actor, edition, delegation)])[0]


@router.get(
    "/{slug}/delegations/{delegation}/guests",
    response=CursorPage[DelegateOut],
    summary="Guests of a delegation",
)
def list_delegates(
    request: HttpRequest, slug: str, delegation: str, cursor: str | None = None, limit: int = 50
) -> CursorPage[DelegateOut]:
    """List the guests of a delegation, those who no longer come among them."""
    actor, edition = _asked(request, slug)
    found = delegation_at_work(actor, edition, delegation)
    mine = within(actor, Guest.objects.filter(delegation=found)).select_related("person", "category")
    rows, following = page_of(mine, cursor=cursor, limit=limit)
    return CursorPage(items=[_guest(row) for row in rows], next=following)


@router.post(
    "/{slug}/delegations/{delegation}/guests", response={201: DelegateOut}, summary="Nominate a guest"
)
def post_nomination(
    request: HttpRequest, slug: str, delegation: str, payload: NominationIn
) -> Status[DelegateOut]:
    """Name a guest within the delegation's places; refused with 409 where none is left."""
    actor, edition = _asked(request, slug)
    found = delegation_at_work(actor, edition, delegation)
    category = Category.objects.filter(edition=edition, slug=payload.category).first()
    if category is None:
        raise InvalidInput(fields={"category": [_("There is no quota for this category.")]})
    return Status(201, _guest(nominate(found, category, _nominee(payload), by=actor)))


@router.post(
    "/{slug}/delegations/{delegation}/guests/{guest}/substitute",
    response={201: DelegateOut},
    summary="Replace a guest",
)
def post_substitute(
    request: HttpRequest, slug: str, delegation: str, guest: int, payload: NomineeIn
) -> Status[DelegateOut]:
    """Put somebody in a guest's place; the guest's accreditation ends first."""
    actor, edition = _asked(request, slug)
    row = guest_at_work(actor, delegation_at_work(actor, edition, delegation), guest)
    return Status(201, _guest(substitute(row, _nominee(payload), by=actor)))


@router.post(
    "/{slug}/delegations/{delegation}/guests/{guest}/withdraw",
    response=DelegateOut,
    summary="Take a guest back",
)
def post_withdrawal(
    request: HttpRequest, slug: str, delegation: str, guest: int, payload: WithdrawalIn
) -> DelegateOut:
    """Take a guest back; the place is free, and companions go with her."""
    actor, edition = _asked(request, slug)
    row = guest_at_work(actor, delegation_at_work(actor, edition, delegation), guest)
    return _guest(withdraw(row, by=actor, reason=payload.reason))


def _asked(request: HttpRequest, slug: str) -> tuple[Actor, Edition]:
    actor = actor_of(request)
    return actor, edition_by_slug(actor, slug)


def _nominee(payload: NomineeIn) -> Nominee:
    return nominee_of(
        payload.name, payload.email, payload.native_name, payload.native_lang, payload.attendance
    )


def _delegations(rows: list[Delegation]) -> list[DelegationOut]:
    places = places_of([row.pk for row in rows])
    return [
        DelegationOut(
            slug=row.slug,
            name=localised(row.name),
            entity=row.entity.code if row.entity else None,
            organisation=row.organisation.slug if row.organisation else None,
            zone=row.zone_name,
            closes_at=row.closes_at,
            places=[
                PlacesOut(category=one.category.slug, places=one.places, used=one.used, waiting=one.waiting)
                for one in places[row.pk]
            ],
        )
        for row in rows
    ]


def _guest(row: Guest) -> DelegateOut:
    return DelegateOut(
        id=row.pk,
        name=row.person.reference_name,
        category=row.category.slug,
        attendance=Attendance(row.attendance),
        standing=words_of(row.state),
        principal=row.principal_id,
        replaces=row.replaces_id,
    )
