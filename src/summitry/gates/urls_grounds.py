"""Addresses of zones, gates, rules, devices, incidents and the logs in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.gates.lists.counted import COUNTED
from summitry.gates.lists.devices import DEVICES
from summitry.gates.lists.incidents import INCIDENTS
from summitry.gates.lists.scans import PRESENCES, SCANS
from summitry.gates.views import admission, figures, grounds, incidents
from summitry.gates.views import devices_console as devices

LISTS = (COUNTED, DEVICES, INCIDENTS, SCANS, PRESENCES)

console: list[URLPattern] = [
    path("", grounds.grounds, name="grounds"),
    path("zones/new/", grounds.zone_new, name="zone_new"),
    path("zones/<int:pk>/", grounds.zone, name="zone"),
    path("zones/<int:pk>/emergency/", grounds.emergency, name="emergency"),
    path("zones/<int:pk>/passes/", grounds.passes, name="passes"),
    path("points/new/", grounds.gate_new, name="gate_new"),
    path("points/<int:pk>/", grounds.gate, name="gate"),
    path("rules/new/", grounds.rule_new, name="rule_new"),
    path("rules/<int:pk>/", grounds.rule, name="rule"),
    path("guests/<int:guest>/access/", admission.guest_access, name="guest_access"),
    path("devices/new/", devices.device_new, name="device_new"),
    path("devices/<int:pk>/", devices.device, name="device"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("figures/", figures.figures, name="figures"),
    *(url for spec in LISTS for url in list_urls(spec, edition_of)),
]
