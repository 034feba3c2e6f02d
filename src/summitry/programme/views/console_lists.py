"""The addresses of the programme's lists in the console."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import require, within
from summitry.foundation.errors import NotFound
from summitry.foundation.lists import list_urls
from summitry.foundation.web.actor import actor_of
from summitry.programme.lists.contributions import CONTRIBUTIONS
from summitry.programme.lists.forums import FORUMS
from summitry.programme.lists.sessions import SESSIONS
from summitry.programme.lists.speakers import SPEAKERS
from summitry.programme.models import Speaker


@never_cache
@login_required
@require_safe
def speaker_record(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Lead to everything that a speaker does in the edition."""
    shown = edition_of(request, edition, nav=SPEAKERS.nav)
    actor = actor_of(request)
    require(actor, "enter", shown)
    speaker = within(actor, Speaker.objects.filter(edition=shown, pk=pk)).select_related("person").first()
    if speaker is None:
        raise NotFound
    query = urlencode({"q": str(speaker.person)})
    return redirect(f"{reverse('programme_console:speakers', args=[shown.slug])}?{query}")


LISTS = (FORUMS, SESSIONS, CONTRIBUTIONS, SPEAKERS)
URLS: list[URLPattern] = [
    *(url for spec in LISTS for url in list_urls(spec, edition_of)),
    path("speakers/<int:pk>/", speaker_record, name="speaker_record"),
]
