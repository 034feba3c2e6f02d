"""The console's calls: all of an edition, and the overview of one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from summitry.calls.enums import CALL
from summitry.calls.models import Call
from summitry.calls.queries.calls import calls_at_work, handed_in, open_state, works_on_calls
from summitry.calls.queries.cockpit import cockpit_of
from summitry.calls.views.door import NAV, call_at_work
from summitry.editions.queries.edition import edition_of
from summitry.editions.views.door import page
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, Actor, policy_for
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.web.actor import actor_of


@page
def calls(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the calls of an edition on which the reader works."""
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    if not works_on_calls(actor, shown):
        raise PermissionRefused
    now = clock.now()
    counts = handed_in(actor, shown)
    context = {
        "lines": [(one, open_state(one, now), counts.get(one.pk)) for one in calls_at_work(actor, shown)],
        "may_add": policy_for(Call).may(actor, "edit", Call(edition=shown)),
    }
    return render(request, "calls/console/calls.html", context)


@page
def overview(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show where a call is between its opening and its announcement, and what is to be done next."""
    found, actor = call_at_work(request, edition, call, "overview")
    return overview_page(request, found, actor)


def overview_page(
    request: HttpRequest, call: Call, actor: Actor, refused: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """Return the overview; `refused` are the reasons for which a step was not taken."""
    cockpit = cockpit_of(call, actor, clock.now())
    allowed = {str(state) for state in CALL.steps.get(call.state, frozenset())}
    context = {
        "cockpit": cockpit,
        "refused": refused,
        "may_edit": policy_for(Call).may(actor, "edit", call),
        "allowed": allowed,
        "is_blocked": any(one.stops for one in cockpit.steps),
        "is_public": policy_for(Call).may(PUBLIC, "view", call),
    }
    return render(request, "calls/console/overview.html", context, status=status)
