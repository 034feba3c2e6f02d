"""Consents: given and withdrawn purpose by purpose, by the guest alone, and never asked for in a bundle."""

from __future__ import annotations

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.guests.actions.shredding import shred_answers
from summitry.guests.events import ConsentWithdrawn
from summitry.guests.models import Consent, Guest, Purpose
from summitry.guests.queries.consents import holds, wording


def give_consent(guest: Guest, purpose: Purpose, *, by: Actor, lang: str, seen: str) -> Consent:
    """Note that a guest consents to a purpose in the words that she read; `seen` is their digest.

    Raises InvalidInput where it needs none, and StaleState where the words changed meanwhile: nobody consents to what she has not read.
    """
    _check(guest, purpose)
    if wording(purpose, lang).digest != seen:
        raise StaleState
    return _note(guest, purpose, by=by, lang=lang, is_given=True)


def withdraw_consent(guest: Guest, purpose: Purpose, *, by: Actor, lang: str) -> Consent:
    """Note that a guest withdraws her consent. What she answered for this purpose is shredded at once.

    Announces ConsentWithdrawn: what higher rooms keep for it goes in the same transaction.
    """
    with recording():
        line = _note(guest, purpose, by=by, lang=lang, is_given=False)
        shred_answers(guest, purpose)
        announce(
            ConsentWithdrawn(by=by, edition_id=guest.edition_id, guest_id=guest.pk, purpose=purpose.slug)
        )
    return line


def _note(guest: Guest, purpose: Purpose, *, by: Actor, lang: str, is_given: bool) -> Consent:
    require(by, "give", Consent(guest=guest, purpose=purpose))
    _check(guest, purpose)
    with recording():
        if holds(guest, purpose) is is_given:
            raise StaleState
        verb = "given" if is_given else "withdrawn"
        record(f"guests.consent.{verb}", by=by, obj=guest, purpose=str(purpose))
        return Consent.objects.create(
            guest=guest,
            purpose=purpose,
            is_given=is_given,
            digest=wording(purpose, lang).digest,
            lang=lang,
            actor_label=by.label,
            at=clock.now(),
        )


def _check(guest: Guest, purpose: Purpose) -> None:
    if purpose.edition_id != guest.edition_id or not purpose.needs_consent:
        raise InvalidInput
