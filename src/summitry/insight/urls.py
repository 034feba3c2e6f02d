"""Addresses of the insight room, under `/<language>/record/`."""

from __future__ import annotations

from django.urls import path

from summitry.insight.views.record import edition_record, record

public = [
    path("", record, name="record"),
    path("<slug:edition>/", edition_record, name="edition"),
]
