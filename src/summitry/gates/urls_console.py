"""Addresses of this room's pages under an edition's console; loaded late, as those of devices are asked for all the time."""

from __future__ import annotations

from django.urls import URLPattern

from summitry.gates import urls
from summitry.gates import urls_badges as badges
from summitry.gates import urls_grounds as grounds

console: list[URLPattern] = [*urls.console, *badges.console, *grounds.console]
