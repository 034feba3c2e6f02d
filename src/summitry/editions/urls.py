"""Addresses of an edition's console pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.views.deadlines import deadlines
from summitry.editions.views.team import team

console: list[URLPattern] = [
    path("team/", team, name="team"),
    path("deadlines/", deadlines, name="deadlines"),
]
