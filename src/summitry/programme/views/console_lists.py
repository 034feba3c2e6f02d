"""The addresses of the programme's lists in the console."""

from __future__ import annotations

from django.urls import URLPattern

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.programme.lists.contributions import CONTRIBUTIONS
from summitry.programme.lists.forums import FORUMS
from summitry.programme.lists.sessions import SESSIONS
from summitry.programme.lists.speakers import SPEAKERS

LISTS = (FORUMS, SESSIONS, CONTRIBUTIONS, SPEAKERS)
URLS: list[URLPattern] = [url for spec in LISTS for url in list_urls(spec, edition_of)]
