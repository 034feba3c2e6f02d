"""Addresses of this room's pages in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.live.views.day import runs
from summitry.live.views.sheet import (
    cue_edit,
    cue_move,
    cue_new,
    cue_remove,
    sheet,
    sheet_fill,
    sheet_lead,
    sheet_print,
)
from summitry.live.views.stage import arrival, live_view, step

console: list[URLPattern] = [
    path("", runs, name="runs"),
    path("sessions/<str:code>/", sheet, name="sheet"),
    path("sessions/<str:code>/fill/", sheet_fill, name="sheet_fill"),
    path("sessions/<str:code>/lead/", sheet_lead, name="sheet_lead"),
    path("sessions/<str:code>/print/", sheet_print, name="sheet_print"),
    path("sessions/<str:code>/cues/new/", cue_new, name="cue_new"),
    path("sessions/<str:code>/live/", live_view, name="live"),
    path("sessions/<str:code>/live/<str:focus>/", live_view, name="live_focus"),
    path("sessions/<str:code>/step/", step, name="step"),
    path("sessions/<str:code>/arrivals/", arrival, name="arrival"),
    path("cues/<int:pk>/edit/", cue_edit, name="cue_edit"),
    path("cues/<int:pk>/move/", cue_move, name="cue_move"),
    path("cues/<int:pk>/remove/", cue_remove, name="cue_remove"),
]
