"""What is decided about single guests' access over the API: zones opened or closed to one by name."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.web.actor import actor_of
from summitry.gates.actions.access import grant_access, remove_grant
from summitry.gates.api_door import found
from summitry.gates.api_grounds import zone_of
from summitry.gates.enums import Effect
from summitry.gates.models import Grant, Zone
from summitry.gates.queries.admission import grants_of, guest_in
from summitry.guests.models import Guest

router = Router()


class GrantOut(Schema):
    """That a zone is open or closed to one guest from a moment (none is the beginning) until another (none is the end)."""

    id: int
    zone: int
    effect: str
    from_at: dt.datetime | None
    until_at: dt.datetime | None
    reason: str
    by: str


class GrantIn(Schema):
    """What is to be decided."""

    zone: int
    effect: Effect = Effect.ALLOW
    from_at: dt.datetime | None = None
    until_at: dt.datetime | None = None
    reason: str


@router.get("/{slug}/guests/{guest}/access", response=list[GrantOut], url_name="guest_access")
def list_grants(request: HttpRequest, slug: str, guest: int) -> list[GrantOut]:
    """What was decided about a guest's access by name."""
    _actor, row = _asked(request, slug, guest)
    return [_out(grant) for grant in grants_of(row)]


@router.post("/{slug}/guests/{guest}/access", response={201: GrantOut}, url_name="guest_access_new")
def post_grant(request: HttpRequest, slug: str, guest: int, body: GrantIn) -> Status[GrantOut]:
    """Open a zone to a guest, or close it to her; the gates know it at once."""
    actor, row = _asked(request, slug, guest)
    require(actor, "edit", Grant(guest=row, zone=Zone(edition=row.edition)))
    zone = zone_of(row.edition, body.zone, "zone")
    for name in ("from_at", "until_at"):
        moment = getattr(body, name)
        if moment is not None and moment.tzinfo is None:
            raise InvalidInput(fields={name: [_("Say in which time zone this is.")]})
    if body.from_at and body.until_at and body.until_at <= body.from_at:
        raise InvalidInput(fields={"until_at": [_("This is not after the beginning.")]})
    grant = grant_access(
        row,
        zone,
        by=actor,
        effect=body.effect,
        reason=body.reason,
        from_at=body.from_at,
        until_at=body.until_at,
    )
    return Status(201, _out(grant))


@router.delete("/{slug}/guests/{guest}/access/{grant}", response={204: None}, url_name="guest_access_remove")
def delete_grant(request: HttpRequest, slug: str, guest: int, grant: int) -> Status[None]:
    """Take back what was decided about a guest; the gates know it at once."""
    actor, row = _asked(request, slug, guest)
    remove_grant(found(actor, grants_of(row).filter(pk=grant)), by=actor)
    return Status(204, None)


def _asked(request: HttpRequest, slug: str, guest: int) -> tuple[Actor, Guest]:
    actor = actor_of(request)
    edition: Edition = edition_by_slug(actor, slug)
    require(actor, "enter", edition)
    require(actor, "view", Grant(zone=Zone(edition=edition)))
    row = guest_in(edition, guest)
    if row is None:
        raise NotFound
    return actor, row


def _out(row: Grant) -> GrantOut:
    return GrantOut(
        id=row.pk,
        zone=row.zone_id,
        effect=row.effect,
        from_at=row.from_at,
        until_at=row.until_at,
        reason=row.reason,
        by=row.by,
    )
