"""The page of whoever has signed in: as a guest, her next thing and what every room has for her; and her agenda."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.foundation import clock
from summitry.foundation.web.actor import actor_of
from summitry.guests.hub import hub_of, opened_for
from summitry.programme.queries.programme import programme_of
from summitry.site.hub import AGENDA
from summitry.site.queries.my_summit import edition_of_hers, my_summit_of


@never_cache
@login_required
@require_safe
def my_summit(request: HttpRequest) -> HttpResponse:
    """Show the next thing, the agenda and its changes in her edition, and a guest's parts of the page."""
    actor = actor_of(request)
    edition = edition_of_hers(actor)
    context: dict[str, object] = {}
    if edition is not None:
        request.edition = edition  # type: ignore[attr-defined]
        programme = programme_of(edition, get_language() or "en")
        opened = opened_for(actor, edition)
        context = {
            "mine": my_summit_of(actor, edition, programme, clock.now()),
            "programme": programme,
            "hub": hub_of(opened, but=frozenset({AGENDA})) if opened else None,
        }
    return render(request, "site/my_summit.html", context)
