"""Addresses of this room's pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.gates.views.devices import devices

console: list[URLPattern] = []
"""Under an edition's console."""
devices_api = [path("api/v1/gates/<path:operation>", devices, name="devices")]
"""What devices ask."""
