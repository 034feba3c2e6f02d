"""Addresses of the record of a call."""

from __future__ import annotations

from django.urls import URLPattern, path

from summitry.calls.views import record

console: list[URLPattern] = [
    path("<slug:call>/record/", record.record_page, name="record"),
    path("<slug:call>/record/file/", record.record_file, name="record_file"),
]
by_link: list[URLPattern] = []
public: list[URLPattern] = [path("<slug:call>/record/", record.public_record, name="record")]
