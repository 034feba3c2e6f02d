"""Turns titles and names into slugs and sort keys for ASCII places; never into something shown to people."""

import re
import unicodedata

LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "ø": "o", "å": "a", "œ": "oe", "ð": "d", "þ": "th", "đ": "d", "ł": "l", "ı": "i", "ə": "a",
    "ŋ": "ng", "ħ": "h", "ʻ": "", "ʼ": "", "’": "", "‘": "", "'": "", "ʿ": "", "ʾ": "", "·": "-",
})  # fmt: skip


def fold(text: str) -> str:
    """Return lower-case text without diacritics; letters outside the Latin script stay as they are."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return unicodedata.normalize("NFC", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def slugify(text: str, limit: int = 60) -> str:
    """Return a lower-case ASCII slug cut at a word boundary."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(text).encode("ascii", "ignore").decode()).strip("-")
    if len(slug) > limit:
        slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
    return slug


class Distinct:
    """Hands out slugs, adding a number to the second and later bearer of one."""

    def __init__(self) -> None:
        """Begin with no slug taken."""
        self._taken: dict[str, int] = {}

    def take(self, slug: str) -> str:
        """Return the slug, or the first numbered form of it that is free."""
        number = self._taken.get(slug, 0) + 1
        self._taken[slug] = number
        return slug if number == 1 else self.take(f"{slug}-{number}")
