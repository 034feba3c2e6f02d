"""The public home: it knows whether the summit lies ahead, is on, or is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from summitry.editions.enums import Moment
from summitry.editions.models import Edition
from summitry.editions.queries.edition import current_edition, editions
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC
from summitry.foundation.web.actor import actor_of
from summitry.guests.queries.registering import registration_until
from summitry.insight.queries.figures import headlines
from summitry.programme.queries.present import present_edition
from summitry.programme.views.shared_page import Subject, shared_page, subject_of
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
    return _edition_home(request, present_edition(request, edition, nav="home"))


def _edition_home(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Share the page by the minute while the summit is on, by the day before and after."""
    subject = subject_of(edition, "home")
    now = clock.now().replace(second=0, microsecond=0)
    during = edition.moment(now) is Moment.DURING
    key = (now if during else now.astimezone(edition.zone).date(),)
    return shared_page(request, subject, "site/home.html", key, lambda: _context(subject, now))


def _context(subject: Subject, now: dt.datetime) -> dict[str, Any]:
    is_open, until = registration_until(subject.edition)
    return {
        "registration": {
            "is_open": is_open,
            "until": until.astimezone(subject.edition.zone) if until else None,
        },
        "home": home_of(subject.edition, subject.programme, now),
        "figures": headlines(PUBLIC, subject.edition, subject.programme.lang),
    }
