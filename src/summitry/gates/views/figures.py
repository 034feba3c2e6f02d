"""The figures about guests: what each counts, how many there are, and the list behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from summitry.editions.views.door import at_work, page
from summitry.gates.enums import Channel
from summitry.gates.queries.figures import (
    countries_and_regions,
    figures_of,
    guests_behind,
    visits_of,
)
from summitry.guests.models import Guest


@page
def figures(request: HttpRequest, edition: str) -> HttpResponse:
    """Show all figures; persons and visits stand apart, and so do countries with and without regions."""
    shown, _actor = at_work(request, edition, "gates-figures", Guest)
    took_part = guests_behind(shown, "took_part")
    context = {
        "figures": figures_of(shown),
        "visits": visits_of(shown),
        "joined": visits_of(shown, Channel.ONLINE),
        "countries": countries_and_regions(took_part, with_regions=False),
        "with_regions": countries_and_regions(took_part, with_regions=True),
    }
    return render(request, "gates/figures.html", context)
