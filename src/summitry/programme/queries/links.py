"""The addresses of one programme's pages, made once for a page instead of once for each link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils import translation

_HERE = "0-here-0"


@dataclass(frozen=True, slots=True)
class Links:
    """Builds addresses under one edition in one language."""

    timetable: str
    changes: str
    forums: str
    speakers: str
    stars: str
    zone: str
    _session: str
    _forum: str
    _speaker: str
    _room: str

    @property
    def agenda(self) -> str:
        """The address of the visitor's own agenda."""
        return f"{self.timetable}?view=agenda"

    def session(self, code: str) -> str:
        """Return the address of a session."""
        return self._session.replace(_HERE, code)

    def forum(self, slug: str) -> str:
        """Return the address of a forum."""
        return self._forum.replace(_HERE, slug)

    def speaker(self, slug: str) -> str:
        """Return the address of a speaker."""
        return self._speaker.replace(_HERE, slug)

    def room(self, code: str) -> str:
        """Return the address of a room's day list."""
        return self._room.replace(_HERE, code)


@lru_cache(maxsize=256)
def links_of(edition_slug: str, lang: str) -> Links:
    """Return the addresses of an edition's programme in `lang`."""

    def address(name: str, *arguments: str) -> str:
        return reverse(f"programme:{name}", args=[edition_slug, *arguments])

    with translation.override(lang):
        plain = [address(name) for name in ("timetable", "changes", "forums", "speakers", "stars", "zone")]
        named = [address(name, _HERE) for name in ("session", "forum", "speaker", "room")]
    return Links(*plain, *named)
