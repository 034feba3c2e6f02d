"""Addresses of exports, feeds and the embed, in the same two lists as `urls`."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme.queries.export_feeds import ROUTES
from summitry.programme.queries.export_formats import FORMATS
from summitry.programme.views.embed import embed, oembed
from summitry.programme.views.feeds import (
    agenda_calendar,
    export,
    forum_calendar,
    room_calendar,
    schedule_file,
    session_calendar,
)

public: list[URLPattern] = [
    path("programme/export/", export, name="export"),
    *(
        path(f"programme/{FORMATS[key].filename}", schedule_file, {"format_key": key}, name=route)
        for key, route in ROUTES.items()
    ),
    path("rooms/<str:code>/calendar.ics", room_calendar, name="room_ics"),
    path("forums/<slug:slug>/calendar.ics", forum_calendar, name="forum_ics"),
    path("sessions/<str:code>/calendar.ics", session_calendar, name="session_ics"),
    path("agenda/<str:token>.ics", agenda_calendar, name="agenda_ics"),
    path("embed/programme/", embed, name="embed"),
]
bare: list[URLPattern] = [path("oembed", oembed, name="oembed")]
