"""Visa letters as they are read: what is printed, and what anybody may know who has a letter's code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.i18n import direction, formats
from summitry.guests.enums import FieldKind, Rule
from summitry.guests.models import Answer, Guest, VisaLetter
from summitry.guests.models.visa import ALPHABET, CODE_LENGTH
from summitry.guests.queries.questions import VISA
from summitry.guests.queries.steps import ADMITTED
from summitry.mailing.notices import site_address


class Standing(StrEnum):
    """What is true of a letter."""

    VALID = "valid"
    WITHDRAWN = "withdrawn"
    OVER = "over"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody learns who has the code of a letter: as little as tells a true letter from a false one."""

    standing: Standing
    number: str = ""
    issued_on: dt.date | None = None
    name: str = ""


UNKNOWN = Verified(Standing.UNKNOWN)


def verified(edition: Edition, code: str) -> Verified:
    """Return what is true of the letter of this code, at this moment (one query)."""
    code = plain_code(code)
    if len(code) != CODE_LENGTH or set(code) - set(ALPHABET):
        return UNKNOWN
    letter = VisaLetter.objects.filter(edition=edition, code=code).select_related("guest", "edition").first()
    if letter is None:
        return UNKNOWN
    if letter.withdrawn_at is not None or letter.guest.state not in ADMITTED:
        standing = Standing.WITHDRAWN
    elif edition.ends_on < clock.now().astimezone(edition.zone).date():
        standing = Standing.OVER
    else:
        standing = Standing.VALID
    return Verified(
        standing, str(letter), letter.issued_at.astimezone(edition.zone).date(), letter.shown_name
    )


def plain_code(code: str) -> str:
    """Return a code as it is kept, however it was typed."""
    return "".join(code.upper().split()).replace("-", "")[:40]


def shown_code(code: str) -> str:
    """Return a code in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def verify_address(letter: VisaLetter, lang: str = "en") -> str:
    """Return the full address of a letter's public page."""
    with translation.override(lang):
        return site_address(reverse("guests_public:verify", args=[letter.edition.slug, letter.code]))


def waiting_for_letters(edition: Edition) -> QuerySet[Guest]:
    """Return the approved guests who asked for a letter and have none that is valid."""
    asked = Answer.objects.filter(guest=OuterRef("pk"), field__slug=VISA, value=True)
    valid = VisaLetter.objects.filter(guest=OuterRef("pk"), withdrawn_at=None)
    rows = Guest.objects.filter(edition=edition, state__in=ADMITTED)
    return rows.filter(Exists(asked), ~Exists(valid)).order_by("state_since", "pk")


def ready_for_letters(edition: Edition) -> QuerySet[Guest]:
    """Return those of them to whom a letter can be issued now: their passport is given, and their category has letters."""
    return waiting_for_letters(edition).filter(Exists(_passport())).exclude(category__visa=Rule.NEVER)


def lacking_for_letters(edition: Edition) -> QuerySet[Guest]:
    """Return those of them who lack something; `has_passport` says of each whether her passport is given."""
    waiting = waiting_for_letters(edition).annotate(has_passport=Exists(_passport()))
    return waiting.filter(Q(has_passport=False) | Q(category__visa=Rule.NEVER))


def _passport() -> QuerySet[Answer]:
    given = Answer.objects.filter(guest=OuterRef("pk"), field__kind=FieldKind.IDENTITY)
    return given.exclude(Q(sealed="") & (Q(value=None) | Q(value="") | Q(value={})))


def printed(letter: VisaLetter, facts: Mapping[str, str]) -> dict[str, Any]:
    """Return what the typesetter needs: the letter in each of its languages, side by side."""
    edition = letter.edition
    issuers = dict(Entity.objects.filter(code=facts.get("issuer", "")).values_list("code", "pk"))
    return {
        "lang": "en",
        "number": str(letter),
        "code": shown_code(letter.code),
        "address": verify_address(letter),
        "columns": [_column(letter, facts, issuers, lang) for lang in letter.languages],
        "edition": edition.name.shown("en", edition.fallback).text,
    }


def _column(
    letter: VisaLetter, facts: Mapping[str, str], issuers: Mapping[str, int], lang: str
) -> dict[str, Any]:
    edition = letter.edition
    with translation.override(lang):
        name = edition.name.shown(lang, edition.fallback).text
        issuer = ""
        if facts.get("issuer") in issuers:
            issuer = (
                EntityNames(edition.naming_profile_id, lang, edition.fallback)
                .short(issuers[facts["issuer"]])
                .text
            )
        rows = [
            (_("Name as in the passport"), facts["name"]),
            (_("Number of the passport"), facts.get("number", "")),
            (_("Issued by"), issuer or facts.get("issuer", "")),
            (_("Valid until"), _day(facts.get("expires_on", ""), lang)),
            (_("Takes part as"), letter.guest.category.name.shown(lang, edition.fallback).text),
        ]
        return {
            "lang": lang.partition("-")[0],
            "dir": direction(lang),
            "title": _("Letter in support of a visa application"),
            "date": formats.date(letter.issued_at.astimezone(edition.zone).date(), lang, "long"),
            "opening": _("To whom it may concern"),
            "body": _(
                "We confirm that the person named below is accredited to %(edition)s, which is held in %(city)s "
                "(%(dates)s), and ask you kindly to grant the visa that is needed for taking part in it."
            )
            % {
                "edition": name,
                "city": edition.host_city.shown(lang, edition.fallback).text,
                "dates": formats.date_range(edition.starts_on, edition.ends_on, lang),
            },
            "rows": [[label, words] for label, words in rows if words],
            "check": _("Whether this letter is valid can be checked with this code at this address:"),
            "closing": _("For the secretariat of %(edition)s") % {"edition": name},
            "number": _("Letter no. %(number)s") % {"number": letter},
        }


def _day(text: str, lang: str) -> str:
    try:
        return formats.date(dt.date.fromisoformat(text), lang, "long")
    except ValueError:
        return text
