"""Addresses of imports in the console."""

from __future__ import annotations

from django.urls import URLPattern

from summitry.editions.views.importing import import_urls
from summitry.programme.views.exchange import ScheduleImport

console: list[URLPattern] = import_urls(ScheduleImport)
