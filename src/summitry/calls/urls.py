"""Addresses of this room's pages."""

from __future__ import annotations

from django.urls import URLPattern

from summitry.calls import (
    urls_awards,
    urls_entries,
    urls_finals,
    urls_jury,
    urls_record,
    urls_reviews,
    urls_rounds,
    urls_setup,
)

_PARTS = (
    urls_entries,
    urls_jury,
    urls_rounds,
    urls_reviews,
    urls_finals,
    urls_awards,
    urls_record,
    urls_setup,  # the last: any word may be the address of a call, unless a page of its own has it
)
console: list[URLPattern] = [address for part in _PARTS for address in part.console]
"""Under an edition's console."""
by_link: list[URLPattern] = [address for part in _PARTS for address in part.by_link]
"""An entrant's pages, a member's confirmation, the big screen of a final: by their links."""
public: list[URLPattern] = [address for part in _PARTS for address in part.public]
"""Under a public edition: the calls, their galleries, the public's vote, the check of a certificate."""
