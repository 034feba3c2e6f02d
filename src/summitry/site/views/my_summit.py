"""A guest's own page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.editions.queries.edition import current_edition
from summitry.foundation import clock
from summitry.foundation.web.actor import actor_of
from summitry.programme.queries.programme import programme_of
from summitry.site.queries.my_summit import my_summit_of


@never_cache
@login_required
@require_safe
def my_summit(request: HttpRequest) -> HttpResponse:
    """Show the next thing, the agenda and its changes in the current edition."""
    actor = actor_of(request)
    edition = current_edition(actor)
    context = {}
    if edition is not None:
        request.edition = edition  # type: ignore[attr-defined]
        programme = programme_of(edition, get_language() or "en")
        context = {"mine": my_summit_of(actor, edition, programme, clock.now()), "programme": programme}
    return render(request, "site/my_summit.html", context)
