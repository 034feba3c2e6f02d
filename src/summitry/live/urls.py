"""Addresses of this room's pages in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern

console: list[URLPattern] = []
