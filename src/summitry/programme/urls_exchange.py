"""Addresses of exports, feeds, imports and the embed, in the same three lists as `urls`."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
console: list[URLPattern] = []
bare: list[URLPattern] = []
