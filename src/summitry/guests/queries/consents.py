"""Consents as they hold: the last line of the ledger for each purpose."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from summitry.guests.models import Consent, Guest, Purpose


class Wording(NamedTuple):
    """The words that a guest consents to, and their digest."""

    name: str
    reason: str
    digest: str


def wording(purpose: Purpose, lang: str) -> Wording:
    """Return the words of a purpose as a reader of `lang` sees them."""
    chain = purpose.edition.fallback
    name, reason = purpose.name.shown(lang, chain).text, purpose.reason.shown(lang, chain).text
    digest = hashlib.sha256(f"{name}\n{reason}\n{purpose.keep_days}".encode()).hexdigest()
    return Wording(name, reason, digest)


def ledger(guest: Guest) -> dict[int, Consent]:
    """Return the line that holds for each purpose on which a guest has said something (one query)."""
    return {line.purpose_id: line for line in Consent.objects.filter(guest=guest).order_by("pk")}


def holds(guest: Guest, purpose: Purpose) -> bool:
    """Return whether a guest's consent to a purpose is given at present. Nobody who said nothing has consented."""
    line = Consent.objects.filter(guest=guest, purpose=purpose).order_by("-pk").first()
    return line is not None and line.is_given
