"""The address at which a guest attends a session online, by her link."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.site.views.attending import attend

by_link: list[URLPattern] = [path("<str:secret>/live/<slug:code>/", attend, name="session")]
