"""The links of a guest's own pages: made of the record's key and a generation, signed, and kept nowhere.

Whoever reads the database, or a copy of it, finds no link that opens anything. An old link is known as such, so that its
holder can be told in peace how to get the present one.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.guests.models import Guest
from summitry.guests.permissions import SELF
from summitry.mailing.notices import site_address

SALT = "summitry.guest"
SEPARATOR = "."
LONGEST = 120
PAGE = "guest:page"
RELATED = ("edition", "category", "person", "delegation", "principal", "photo")


class Opened(NamedTuple):
    """What a link opens: a guest's record, and whether the link still holds."""

    guest: Guest
    is_current: bool

    @property
    def actor(self) -> Actor:
        """Whoever holds the link, with exactly this record (and its companions) as her scope."""
        scope = Scope("guest", self.guest.pk)
        return Actor(ActorKind.LINK, str(self.guest)[:200], grants=frozenset({(SELF, scope)}))


def secret_of(guest: Guest) -> str:
    """Return the secret part of the addresses of a guest's pages."""
    return _signer().sign(f"{guest.pk:x}-{guest.generation:x}")


def opened_by(secret: str) -> Opened | None:
    """Return what a secret opens, or None where nobody was ever given it; one query for a genuine one.

    The signature is compared in constant time, before the database is asked anything.
    """
    if len(secret) > LONGEST:
        return None
    try:
        key, _dash, generation = _signer().unsign(secret).partition("-")
        pk, number = int(key, 16), int(generation, 16)
    except (BadSignature, ValueError):
        return None
    guest = Guest.objects.filter(pk=pk).select_related(*RELATED).first()
    return None if guest is None else Opened(guest, number == guest.generation)


def page_path(guest: Guest, lang: str = "", page: str = PAGE) -> str:
    """Return the path of one of a guest's pages in `lang`, or the active language; in English where none are in it."""
    lang = lang or translation.get_language()
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return reverse(page, args=[secret_of(guest)])


def page_address(guest: Guest, lang: str = "", page: str = PAGE) -> str:
    """Return the full address of one of a guest's pages."""
    return site_address(page_path(guest, lang, page))


def _signer() -> Signer:
    return Signer(salt=SALT, sep=SEPARATOR)
