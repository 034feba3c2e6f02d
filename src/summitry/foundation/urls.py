"""Addresses of the foundation: stored files."""

from __future__ import annotations

from django.urls import URLPattern

bare: list[URLPattern] = []
