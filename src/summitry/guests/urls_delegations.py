"""Addresses of delegations in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.guests.views import delegations as pages
from summitry.guests.views.delegation_guest import delegation_guest
from summitry.guests.views.delegation_record import (
    delegation_edit,
    delegation_focal_points,
    delegation_new,
    delegation_quotas,
)

console: list[URLPattern] = [
    path("delegations/new/", delegation_new, name="delegation_new"),
    *pages.URLS,
    path("delegations/<slug:slug>/", pages.delegation, name="delegation"),
    path("delegations/<slug:slug>/edit/", delegation_edit, name="delegation_edit"),
    path("delegations/<slug:slug>/places/", delegation_quotas, name="delegation_quotas"),
    path("delegations/<slug:slug>/focal-points/", delegation_focal_points, name="delegation_focal_points"),
    path("delegations/<slug:slug>/nominate/", pages.delegation_nominate, name="delegation_nominate"),
    path("delegations/<slug:slug>/table/", pages.delegation_table, name="delegation_table"),
    path("delegations/<slug:slug>/guests/<int:pk>/", delegation_guest, name="delegation_guest"),
]
