"""Addresses of composed pages: `bare` without a language, `everywhere` with one, `public` under an edition."""

from __future__ import annotations

from django.urls import URLPattern

bare: list[URLPattern] = []
everywhere: list[URLPattern] = []
public: list[URLPattern] = []
