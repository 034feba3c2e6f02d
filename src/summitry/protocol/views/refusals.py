"""What a POST was refused with, in words."""

from __future__ import annotations

from summitry.foundation.errors import InvalidInput, SummitryError


def lines_of(refusal: SummitryError) -> list[str]:
    """Return what was refused, in words."""
    if isinstance(refusal, InvalidInput) and refusal.fields:
        return [line for lines in refusal.fields.values() for line in lines]
    return [str(refusal)]
