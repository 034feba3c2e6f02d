"""Addresses of a guest's "My summit", by her link."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.guests.views import hub

by_link: list[URLPattern] = [
    path("<str:secret>/", hub.page, name="page"),
    path("<str:secret>/companions/", hub.companions, name="companions"),
    path("<str:secret>/leave/", hub.leave, name="leave"),
]
