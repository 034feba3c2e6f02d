"""Addresses of the insight room, under `/<language>/record/`, and in an edition's console."""

from __future__ import annotations

from django.urls import path

from summitry.insight.views.closing import closing
from summitry.insight.views.record import edition_record, record

public = [
    path("", record, name="record"),
    path("<slug:edition>/", edition_record, name="edition"),
]
console = [path("", closing, name="closing")]
