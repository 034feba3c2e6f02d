"""Addresses of the programme: `public` under an edition, `console` in its console, `bare` without a language."""

from __future__ import annotations

from django.urls import URLPattern

public: list[URLPattern] = []
console: list[URLPattern] = []
bare: list[URLPattern] = []
