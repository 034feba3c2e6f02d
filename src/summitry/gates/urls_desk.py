"""Addresses of the desk: a page without data, which the device fills, and what makes it work without a line."""

from __future__ import annotations

from django.urls import path

from summitry.gates.views import desk

by_device = [
    path("", desk.page, name="page"),
    path("worker.js", desk.worker, name="worker"),
    path("desk.webmanifest", desk.manifest, name="manifest"),
]
