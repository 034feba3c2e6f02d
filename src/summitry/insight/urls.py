"""Addresses of the insight room, under `/<language>/record/`."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
