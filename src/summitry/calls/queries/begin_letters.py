"""How many letters an address that anybody can type is written within a day; it is kept as a digest only."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.cache import cache

LETTERS_A_DAY = 3
DAY = 24 * 3600


def may_write(purpose: str, scope: int, email: str, most: int = LETTERS_A_DAY) -> bool:
    """Return whether an address has not had its letters of the day, and count this one."""
    text = f"{settings.SECRET_KEY} {purpose} {scope} {email.casefold()}"
    key = f"calls.{purpose}.{hashlib.sha256(text.encode()).hexdigest()}"
    cache.add(key, 0, DAY)
    return bool(cache.incr(key) <= most)
