"""The record: what is known of each edition, and the editions beside each other."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from summitry.editions.enums import EditionOrigin
from summitry.editions.queries.edition import current_edition, edition_by_slug, editions
from summitry.foundation.access import Actor
from summitry.foundation.web.actor import actor_of
from summitry.insight.queries.comparison import comparison
from summitry.insight.queries.disputes import disputes
from summitry.insight.queries.edition import record_of
from summitry.insight.queries.series import series_of


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Compare all editions of one series; `summit` chooses it, the one with the longest record is shown first."""
    actor, lang = actor_of(request), get_language() or "en"
    _in_frame(request, actor)
    series = series_of(editions(actor), request.GET.get("summit", ""))
    compared = comparison(actor, series.editions, lang)
    found = disputes(actor, compared, lang)
    context = {
        "series": series,
        "comparison": compared,
        "charts": [row for row in compared.rows if row.is_telling],
        "figure_disputes": [dispute for dispute in found if not dispute.is_about_wording],
        "wording_disputes": [dispute for dispute in found if dispute.is_about_wording],
    }
    return render(request, "insight/record.html", context)


@require_safe
def edition_record(request: HttpRequest, edition: str) -> HttpResponse:
    """Show everything that is recorded of one edition, every claim with its source."""
    actor = actor_of(request)
    this = edition_by_slug(actor, edition)
    _in_frame(request, actor)
    if this.origin == EditionOrigin.RUN:
        request.edition = this  # type: ignore[attr-defined]
    context = {
        "recorded": this,
        "siblings": editions(actor).filter(summit=this.summit_id).order_by("starts_on"),
        "groups": record_of(actor, this, get_language() or "en"),
    }
    return render(request, "insight/edition.html", context)


def _in_frame(request: HttpRequest, actor: Actor) -> None:
    """Keep the navigation of the current edition around pages that are about all of them."""
    request.edition = current_edition(actor)  # type: ignore[attr-defined]
    request.nav_current = "record"  # type: ignore[attr-defined]
