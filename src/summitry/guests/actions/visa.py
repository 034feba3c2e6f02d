"""Visa letters: issued to approved guests, numbered without a gap, opened by few, withdrawn as soon as they are no longer true."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from summitry.directory.enums import NameUse
from summitry.directory.models import PersonName
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.foundation.sealing import SealBroken, seal, unseal
from summitry.guests.enums import FieldKind, Rule
from summitry.guests.errors import NoPassport, NotApproved, Shredded
from summitry.guests.models import Answer, Guest, VisaLetter
from summitry.guests.queries.answers import value_of
from summitry.guests.queries.guest_links import page_address
from summitry.guests.queries.steps import ADMITTED
from summitry.mailing.notices import NoticeKey, person_recipient, post_notice

SEALED_FOR = "guests.visa"
LETTER_LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")


def issue_letter(guest: Guest, *, by: Actor, second: str = "", sends: bool = True) -> VisaLetter:
    """Issue the visa letter of an approved guest, in English and in `second`, and tell her that it is on her page.

    A letter that she has is withdrawn: there is never more than one that is valid. What it says of her passport is sealed,
    and that it was read is recorded. Raises NotApproved, NoPassport, InvalidInput.
    """
    require(by, "unseal", guest)
    require(by, "issue", VisaLetter(edition=guest.edition, guest=guest))
    if second and (second not in LETTER_LANGUAGES or second == "en"):
        raise InvalidInput(fields={"second": [_("Choose one of the languages of the list.")]})
    with recording():
        now = clock.now()
        state = Guest.objects.filter(pk=guest.pk).values_list("state", flat=True).first()
        if state not in ADMITTED or guest.category.visa == Rule.NEVER:
            raise NotApproved
        facts = _facts(guest)
        withdraw_letters(guest.pk, by=by)
        last = VisaLetter.objects.filter(edition=guest.edition_id).order_by("-number").first()
        letter = VisaLetter.objects.create(
            edition=guest.edition,
            guest=guest,
            number=last.number + 1 if last else 1,
            languages=["en", second] if second else ["en"],
            sealed=seal(json.dumps(facts, ensure_ascii=False), SEALED_FOR),
            shown_name=masked(facts["name"]),
            issued_at=now,
            issued_by=by.label,
            sent_at=now if sends else None,
        )
        record("guests.visa.issued", by=by, obj=guest, number=letter.number)
        if sends:
            facts_for_her = {"link": lambda lang: page_address(guest, lang)}
            recipient = person_recipient(guest.person, language=guest.language, context=facts_for_her)
            post_notice(guest.edition, NoticeKey.VISA_LETTER, [recipient], by=by)
    return letter


def withdraw_letter(letter: VisaLetter, *, by: Actor) -> VisaLetter:
    """Withdraw a letter: its page says so from now on. Raises StaleState where it is withdrawn already."""
    require(by, "issue", letter)
    if not withdraw_letters(letter.guest_id, by=by, only=letter.pk):
        raise StaleState
    letter.refresh_from_db()
    return letter


def withdraw_letters(guest_id: int, *, by: Actor, only: int | None = None) -> int:
    """Withdraw the valid letters of a guest, as part of an action that has asked for permission; return how many."""
    letters = VisaLetter.objects.filter(guest=guest_id, withdrawn_at=None)
    if only is not None:
        letters = letters.filter(pk=only)
    with recording():
        found = list(letters.select_related("guest__person", "edition"))
        for letter in found:
            rows = VisaLetter.objects.filter(pk=letter.pk, withdrawn_at=None)
            if rows.update(withdrawn_at=clock.now(), withdrawn_by=by.label):
                record("guests.visa.withdrawn", by=by, obj=letter.guest, number=letter.number)
    return len(found)


def open_letter(letter: VisaLetter, *, by: Actor) -> dict[str, str]:
    """Return what a letter says of her passport, for its printing, and record that it was opened. Raises Shredded."""
    require(by, "unseal", letter.guest)
    try:
        facts: dict[str, str] = json.loads(unseal(letter.sealed, SEALED_FOR) or "null")
    except SealBroken as error:
        raise Shredded from error
    if not facts:
        raise Shredded
    record("guests.visa.opened", by=by, obj=letter.guest, number=letter.number)
    return facts


def masked(name: str) -> str:
    """Return a name with only the first letter of each word left."""
    return " ".join(f"{word[0]}{'•' * min(len(word) - 1, 5)}" for word in name.split())[:100]


def _facts(guest: Guest) -> dict[str, str]:
    """Return what the letter says of her: the name as in the passport, and the passport. Raises NoPassport."""
    answer = Answer.objects.filter(guest=guest, field__kind=FieldKind.IDENTITY).first()
    given: Any = value_of(answer) if answer else None
    if not given:
        raise NoPassport
    passport = given if isinstance(given, dict) else {"number": str(given)}
    name = PersonName.objects.filter(person=guest.person_id, use=NameUse.PASSPORT).first()
    facts = {str(key): str(value) for key, value in passport.items() if value}
    return {**facts, "name": facts.get("name") or (name.text if name else guest.person.reference_name)}
