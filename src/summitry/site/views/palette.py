"""Going to a page or record of the console by its name: a page of its own, and the inside of the command palette."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import require
from summitry.foundation.web.actor import actor_of
from summitry.site.queries.palette import palette

LONGEST = 100


@never_cache
@login_required
@require_safe
def palette_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what matches `q`; with `part`, only that."""
    this = edition_of(request, edition, nav="palette")
    actor = actor_of(request)
    require(actor, "enter", this)
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    context = {"query": query, "groups": palette(this, actor, get_language() or "en", query)}
    template = "site/palette_part.html" if "part" in request.GET else "site/palette.html"
    return render(request, template, context)
