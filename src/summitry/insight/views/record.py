"""The record: what is known of each edition, and the editions beside each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_by_slug, editions
from summitry.foundation.web.actor import actor_of
from summitry.insight.queries.comparison import comparison
from summitry.insight.queries.figures import figures_of

CHARTS = 8


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Compare all editions of one series; `summit` chooses it, the one with the longest record is shown first."""
    actor = actor_of(request)
    request.nav_current = "record"  # type: ignore[attr-defined]
    by_summit: dict[str, list[Edition]] = {}
    for edition in editions(actor):
        by_summit.setdefault(edition.summit.slug, []).append(edition)
    asked = request.GET.get("summit", "")
    chosen = (
        asked if asked in by_summit else max(by_summit, key=lambda slug: len(by_summit[slug]), default="")
    )
    shown = by_summit.get(chosen, [])
    compared = comparison(actor, shown, get_language() or "en")
    context = {
        "summits": [(slug, held[0].summit) for slug, held in by_summit.items()],
        "chosen": chosen,
        "comparison": compared,
        "charts": [row for row in compared.rows if len(row.bars) > 1][:CHARTS],
        "conflicts": [row for row in compared.rows if row.has_conflict],
    }
    return render(request, "insight/record.html", context)


@require_safe
def edition_record(request: HttpRequest, edition: str) -> HttpResponse:
    """Show everything that is recorded of one edition, every claim with its source."""
    actor = actor_of(request)
    this = edition_by_slug(actor, edition)
    request.nav_current = "record"  # type: ignore[attr-defined]
    siblings = editions(actor).filter(summit=this.summit_id).order_by("starts_on")
    context = {
        "recorded": this,
        "siblings": siblings,
        "groups": figures_of(actor, this, get_language() or "en"),
    }
    return render(request, "insight/edition.html", context)
