"""Addresses of the programme: `public` under an edition, `console` in its console, `by_link` for speakers, `bare`."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme import urls_board as board
from summitry.programme import urls_exchange as exchange
from summitry.programme import urls_records as records
from summitry.programme import urls_speaking as speaking
from summitry.programme.views import console_lists
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
console: list[URLPattern] = [
    *console_lists.URLS,
    *records.console,
    *board.console,
    *speaking.console,
    *exchange.console,
]
by_link: list[URLPattern] = speaking.by_link
bare: list[URLPattern] = [*exchange.bare]
