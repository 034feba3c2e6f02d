"""Addresses of imports in the console."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.programme.views.exchange import import_columns, import_file, import_report, import_result

console: list[URLPattern] = [
    path("import/", import_file, name="import"),
    path("import/columns/", import_columns, name="import_columns"),
    path("import/report/", import_report, name="import_report"),
    path("import/result/<uuid:public_id>/", import_result, name="import_result"),
]
