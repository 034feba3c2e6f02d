"""The search page of an edition."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from summitry.editions.queries.edition import edition_of
from summitry.foundation.search import search, suggest_kinds

KIND_LABELS = {
    "session": (_("Session"), _("Sessions")),
    "forum": (_("Forum"), _("Forums")),
    "person": (_("Speaker"), _("Speakers")),
    "call": (pgettext_lazy("search", "Call"), _("Calls")),
    "laureate": (_("Laureate"), _("Laureates")),
}


@require_safe
def search_page(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what the edition's public texts hold for `q`, optionally of one `kind`."""
    this = edition_of(request, edition, nav="search")
    query = request.GET.get("q", "").strip()
    kind = request.GET.get("kind", "")
    lang = get_language() or "en"
    found = search(query, lang=lang, chain=this.fallback, edition_id=this.pk)
    shown = [
        {
            "label": KIND_LABELS[hit.kind][0],
            "url": f"/{lang}{hit.path}",
            "lang": hit.lang,
            "title": hit.title,
            "summary": hit.summary,
        }
        for hit in found
        if not kind or hit.kind == kind
    ]
    kinds = [
        {"key": key, "label": KIND_LABELS[key][1], "count": count, "current": key == kind}
        for key, count in sorted(suggest_kinds(found).items())
    ]
    context = {"query": query, "found": shown, "total": len(found), "kinds": kinds, "kind": kind}
    return render(request, "site/search.html", context)
