"""Addresses of this room's pages in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.translation.views.assignments import assignment, assignments, withdraw
from summitry.translation.views.files import files, report, table, xliff
from summitry.translation.views.machine import order
from summitry.translation.views.overview import overview
from summitry.translation.views.terms import import_terms, move_term, new_term, term, terms, terms_table
from summitry.translation.views.work import look, text, work

console: list[URLPattern] = [
    path("", overview, name="overview"),
    path("texts/", work, name="work"),
    path("texts/<str:unit_id>/<str:lang>/", text, name="text"),
    path("texts/<str:unit_id>/<str:lang>/look/", look, name="look"),
    path("machine/", order, name="machine"),
    path("assignments/", assignments, name="assignments"),
    path("assignments/<int:pk>/", assignment, name="assignment"),
    path("assignments/<int:pk>/withdraw/", withdraw, name="withdraw"),
    path("terms/", terms, name="terms"),
    path("terms/new/", new_term, name="new_term"),
    path("terms/import/", import_terms, name="import_terms"),
    path("terms/terms.csv", terms_table, {"kind": "csv"}, name="terms_table"),
    path("terms/terms.xlsx", terms_table, {"kind": "xlsx"}, name="terms_workbook"),
    path("terms/<slug:slug>/", term, name="term"),
    path("terms/<slug:slug>/move/", move_term, name="move_term"),
    path("files/", files, name="files"),
    path("files/texts.csv", table, name="table"),
    path("files/texts.xlf", xliff, name="xliff"),
    path("files/report/", report, name="report"),
]
