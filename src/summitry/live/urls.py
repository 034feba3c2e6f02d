"""Addresses of this room's pages in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.editions.queries.edition import edition_of
from summitry.foundation.lists import list_urls
from summitry.live.lists.interpreters import INTERPRETERS
from summitry.live.lists.shifts import SHIFTS
from summitry.live.views import interpretation, interpreters, mine
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

RUN = [
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
PLAN = [
    path("interpretation/", interpretation.interpretation, name="interpretation"),
    path("interpretation/propose/", interpretation.propose, name="propose"),
    path("interpretation/booths/", interpreters.booths, name="booths"),
    path("interpretation/undertaking/", interpreters.undertaking, name="undertaking"),
    path("interpretation/sessions/<str:code>/<slug:lang>/", interpretation.booth, name="booth"),
    path(
        "interpretation/sessions/<str:code>/<slug:lang>/swap/", interpretation.booth_swap, name="booth_swap"
    ),
    path(
        "interpretation/sessions/<str:code>/<slug:lang>/remove/",
        interpretation.booth_remove,
        name="booth_remove",
    ),
    path("interpretation/interpreters/new/", interpreters.interpreter_new, name="interpreter_new"),
    path("interpretation/interpreters/<int:pk>/", interpreters.interpreter, name="interpreter"),
    path("interpretation/interpreters/<int:pk>/days/", interpreters.interpreter_day, name="interpreter_day"),
    *list_urls(INTERPRETERS, edition_of, "interpretation/interpreters/"),
    *list_urls(SHIFTS, edition_of, "interpretation/turns/"),
]
MINE = [
    path("mine/", mine.mine, name="mine"),
    path("mine/undertaking/", mine.accept, name="accept"),
    path("mine/sessions/<str:code>/", mine.pack, name="pack"),
    path("mine/files/<int:pk>/", mine.pack_file, name="pack_file"),
]
console: list[URLPattern] = [*RUN, *PLAN, *MINE]
