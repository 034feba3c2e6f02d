"""Addresses of the programme: `public` under an edition, and `bare`. Others: `urls_console`, and `urls_speaking` by link."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme import urls_exchange as exchange
from summitry.programme.views.agenda import choose_zone, stars
from summitry.programme.views.forums import forum, forums
from summitry.programme.views.sessions import room, session
from summitry.programme.views.speakers import speaker, speakers
from summitry.programme.views.timetable import changes, timetable

public: list[URLPattern] = [
    path("programme/", timetable, name="timetable"),
    path("programme/changes/", changes, name="changes"),
    path("programme/stars/", stars, name="stars"),
    path("programme/zone/", choose_zone, name="zone"),
    path("forums/", forums, name="forums"),
    path("forums/<slug:slug>/", forum, name="forum"),
    path("sessions/<str:code>/", session, name="session"),
    path("speakers/", speakers, name="speakers"),
    path("speakers/<str:slug>/", speaker, name="speaker"),
    path("rooms/<str:code>/", room, name="room"),
    *exchange.public,
]
bare: list[URLPattern] = [*exchange.bare]
