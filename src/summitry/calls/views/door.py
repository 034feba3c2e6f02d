"""The door of all console pages of one call: who enters, which call it is about, and the tabs above it."""

from __future__ import annotations

from django.http import HttpRequest

from summitry.calls.models import Call
from summitry.calls.queries.tabs import tabs
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import NotFound
from summitry.foundation.web.actor import actor_of

NAV = "calls"


def call_at_work(
    request: HttpRequest, edition_slug: str, call_slug: str, tab: str, verb: str = "enter"
) -> tuple[Call, Actor]:
    """Return the call of a console page, with its edition, and who asks.

    Lets the frame know call and tabs (`request.call`, `request.call_tabs`). Raises NotFound, and PermissionRefused for
    whoever may not `verb` the call.
    """
    edition = edition_of(request, edition_slug, nav=NAV)
    actor = actor_of(request)
    call = Call.objects.filter(edition=edition, slug=call_slug).first()
    if call is None:
        raise NotFound
    call.edition = edition
    require(actor, verb, call)
    request.call = call  # type: ignore[attr-defined]  # read by calls/console/frame.html
    request.call_tabs = tabs(call, actor, tab)  # type: ignore[attr-defined]  # read by calls/console/frame.html
    return call, actor
