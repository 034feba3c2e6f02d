"""The links of an entry's own pages and of a member's confirmation: made of key and generation, signed, kept nowhere.

Like those of guests (docs/decisions/0013): whoever reads the database finds no link that opens anything, and an old link
is known as such.
"""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from summitry.calls.models import Entry, Member
from summitry.calls.permissions import ENTRANT, MEMBER
from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.mailing.notices import site_address

SALT, MEMBER_SALT = "summitry.entry", "summitry.entry.member"
SEPARATOR = "."
LONGEST = 120
PAGE, CONFIRM = "entry:page", "entry:member"
RELATED = ("call__edition", "area", "entity", "rules_text")
MEMBER_RELATED = ("entry__call__edition",)


class OpenedEntry(NamedTuple):
    """What the link of an entry opens: the entry, and whether the link still holds."""

    entry: Entry
    is_current: bool

    @property
    def actor(self) -> Actor:
        """Whoever holds the link, with exactly this entry as her scope."""
        label = self.entry.contact_name or self.entry.contact_email
        scope = Scope("entry", self.entry.pk)
        return Actor(ActorKind.LINK, label[:200], grants=frozenset({(ENTRANT, scope)}))


class OpenedMember(NamedTuple):
    """What the link of a member opens."""

    member: Member
    is_current: bool

    @property
    def actor(self) -> Actor:
        """Whoever holds the link, with exactly this membership as her scope."""
        scope = Scope("member", self.member.pk)
        return Actor(ActorKind.LINK, self.member.name[:200], grants=frozenset({(MEMBER, scope)}))


def secret_of(entry: Entry) -> str:
    """Return the secret part of the addresses of an entry's pages."""
    return _signed(SALT, entry.pk, entry.generation)


def member_secret(member: Member) -> str:
    """Return the secret part of the address at which a member confirms."""
    return _signed(MEMBER_SALT, member.pk, member.generation)


def entry_by(secret: str) -> OpenedEntry | None:
    """Return what a secret opens, or None where nobody was ever given it; one query for a genuine one."""
    found = _parts(SALT, secret)
    if found is None:
        return None
    entry = Entry.objects.filter(pk=found[0]).select_related(*RELATED).first()
    return None if entry is None else OpenedEntry(entry, found[1] == entry.generation)


def member_by(secret: str) -> OpenedMember | None:
    """Return the membership that a secret opens, or None; one query for a genuine one."""
    found = _parts(MEMBER_SALT, secret)
    if found is None:
        return None
    member = Member.objects.filter(pk=found[0]).select_related(*MEMBER_RELATED).first()
    return None if member is None else OpenedMember(member, found[1] == member.generation)


def entry_address(entry: Entry, lang: str = "", page: str = PAGE) -> str:
    """Return the full address of one of an entry's pages in `lang`, in English where none are in it."""
    return _address(page, secret_of(entry), lang)


def member_address(member: Member, lang: str = "") -> str:
    """Return the full address at which a member confirms."""
    return _address(CONFIRM, member_secret(member), lang)


def _address(page: str, secret: str, lang: str) -> str:
    lang = lang or translation.get_language()
    with translation.override(lang if lang in dict(settings.LANGUAGES) else "en"):
        return site_address(reverse(page, args=[secret]))


def _signed(salt: str, pk: int, generation: int) -> str:
    return Signer(salt=salt, sep=SEPARATOR).sign(f"{pk:x}-{generation:x}")


def _parts(salt: str, secret: str) -> tuple[int, int] | None:
    """Return key and generation of a genuine secret; compared in constant time, before the database is asked."""
    if len(secret) > LONGEST:
        return None
    try:
        key, _dash, generation = Signer(salt=salt, sep=SEPARATOR).unsign(secret).partition("-")
        return int(key, 16), int(generation, 16)
    except (BadSignature, ValueError):
        return None
