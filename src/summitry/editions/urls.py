"""Addresses of an edition's console pages, and how an edition stands in an address at all.

`<edition:edition>` takes every slug but the reserved ones. So `/en/oembed/` is no edition's page, and an address
without a language that is not found is not sent there.
"""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import SlugConverter

from summitry.editions.models.edition import RESERVED_SLUGS
from summitry.editions.views.deadlines import deadlines
from summitry.editions.views.team import team


class EditionSlug(SlugConverter):
    """The slug of an edition."""

    def to_python(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise ValueError(value)
        return value


register_converter(EditionSlug, "edition")

console: list[URLPattern] = [
    path("team/", team, name="team"),
    path("deadlines/", deadlines, name="deadlines"),
]
