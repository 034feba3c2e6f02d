"""The public home: it knows whether the summit lies ahead, is on, or is over."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from summitry.editions.models import Edition
from summitry.editions.queries.edition import current_edition, edition_of, editions
from summitry.foundation import clock
from summitry.foundation.web.actor import actor_of
from summitry.insight.queries.figures import headlines
from summitry.programme.queries.programme import programme_of
from summitry.site.queries.home import home_of


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def root(request: HttpRequest) -> HttpResponse:
    """Send a visitor who names no language to her own."""
    return redirect(f"/{get_language_from_request(request)}/")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the current edition's home, or what to do where there is none yet."""
    edition = current_edition(actor_of(request))
    if edition is None:
        return render(request, "site/welcome.html", {"recorded": editions(actor_of(request))})
    request.edition = edition  # type: ignore[attr-defined]
    return _edition_home(request, edition)


@require_safe
def edition_home(request: HttpRequest, edition: str) -> HttpResponse:
    """Show one edition's home."""
    return _edition_home(request, edition_of(request, edition, nav="home"))


def _edition_home(request: HttpRequest, edition: Edition) -> HttpResponse:
    lang = get_language() or settings.LANGUAGE_CODE
    now = clock.now()
    programme = programme_of(edition, lang)
    context = {
        "home": home_of(edition, programme, now),
        "figures": headlines(actor_of(request), edition, lang),
        "programme": programme,
    }
    return render(request, "site/home.html", context)
