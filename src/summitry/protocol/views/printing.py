"""Name plates and their proof sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from summitry.editions.views.door import at_work, page
from summitry.foundation.typeset import fonts_present
from summitry.protocol.models import SeatingPlan
from summitry.protocol.queries.plates import plates_document, plates_of
from summitry.protocol.queries.seating import seating_at_work

NAV = "protocol-seating"


@page
def plates(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show the proof sheet of the name plates: what stands on each, and what could go wrong in print."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    plan = seating_at_work(actor, shown, slug)
    context = {"plan": plan, "plates": plates_of(plan), "can_print": fonts_present()}
    return render(request, "protocol/plates.html", context)


@page
def plates_pdf(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Send the name plates as a PDF: folded, each side in one script."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    plan = seating_at_work(actor, shown, slug)
    response = HttpResponse(plates_document(plan), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="plates-{plan.slug}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
