"""How an edition stands in an address: `<edition:edition>` takes every slug but the reserved ones.

So `/en/oembed/` is no edition's page, and an address without a language that is not found is not sent there.
"""

from __future__ import annotations

from django.urls.converters import SlugConverter

from summitry.editions.models.edition import RESERVED_SLUGS


class EditionSlug(SlugConverter):
    """The slug of an edition."""

    def to_python(self, value: str) -> str:
        if value in RESERVED_SLUGS:
            raise ValueError(value)
        return value
