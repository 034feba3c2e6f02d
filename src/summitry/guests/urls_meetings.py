"""Addresses of meetings: by a guest's link, and for her office in the console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.guests.views.meetings import guest_meetings, meeting_new, meetings

by_link: list[URLPattern] = [
    path("<str:secret>/meetings/", meetings, name="meetings"),
    path("<str:secret>/meetings/with/<int:pk>/", meeting_new, name="meeting_new"),
]
console: list[URLPattern] = [path("meetings/<int:pk>/", guest_meetings, name="guest_meetings")]
