"""The door of a juror's own pages: only whoever sits on the jury of the call, and only to her own table."""

from __future__ import annotations

from django.http import HttpRequest

from summitry.calls.models import Assignment, Call
from summitry.calls.queries.panel import ORDERS, own_assignment, seat_of
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor
from summitry.foundation.errors import NotFound, PermissionRefused
from summitry.foundation.web.actor import actor_of

NAV = "my-reviews"
ORDER = "panel-order"
"""The cookie that keeps in which order a juror reads."""


def jury_call(request: HttpRequest, edition_slug: str, call_slug: str) -> tuple[Call, Actor]:
    """Return the call of a juror's page, with its edition, and who asks. Raises NotFound and PermissionRefused."""
    edition = edition_of(request, edition_slug, nav=NAV)
    actor = actor_of(request)
    call = Call.objects.filter(edition=edition, slug=call_slug).first()
    if call is None:
        raise NotFound
    call.edition = edition
    if not seat_of(actor, call):
        raise PermissionRefused
    return call, actor


def table_place(
    request: HttpRequest, edition_slug: str, call_slug: str, round_number: int, number: int
) -> tuple[Assignment, Actor]:
    """Return an own assignment by the numbers of round and entry, and who asks. Raises NotFound and PermissionRefused."""
    call, actor = jury_call(request, edition_slug, call_slug)
    return own_assignment(actor, call, round_number, number), actor


def order_of(request: HttpRequest) -> str:
    """Return in which order the reader goes on to her next entry."""
    asked = request.GET.get("order") or request.COOKIES.get(ORDER, "")
    return asked if asked in ORDERS else ORDERS[0]
