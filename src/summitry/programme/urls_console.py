"""Addresses of the programme in an edition's console."""

from __future__ import annotations

from django.urls import URLPattern

from summitry.programme import urls_board as board
from summitry.programme import urls_import as imports
from summitry.programme import urls_records as records
from summitry.programme import urls_speaking as speaking
from summitry.programme.views import console_lists

console: list[URLPattern] = [
    *console_lists.URLS,
    *records.console,
    *board.console,
    *speaking.console,
    *imports.console,
]
