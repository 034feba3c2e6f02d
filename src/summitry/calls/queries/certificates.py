"""Certificates as they are printed, and what anybody may know who has a certificate's code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from summitry.calls.enums import EntryState
from summitry.calls.models import Laureate
from summitry.editions.models import Edition
from summitry.foundation.i18n import direction, formats
from summitry.foundation.typeset import pdf
from summitry.foundation.typeset.codes import square_code
from summitry.guests.models.visa import ALPHABET, CODE_LENGTH
from summitry.guests.queries.visa import plain_code, shown_code
from summitry.mailing.notices import site_address


class Standing(StrEnum):
    """What is true of a certificate."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody learns who has the code of a certificate: all of it is public already."""

    standing: Standing
    laureate: Laureate | None = None


def verified(edition: Edition, code: str) -> Verified:
    """Return what is true of the certificate of this code (one query); what is not announced yet is unknown."""
    code = plain_code(code)
    if len(code) != CODE_LENGTH or set(code) - set(ALPHABET):
        return Verified(Standing.UNKNOWN)
    rows = Laureate.objects.filter(
        code=code, entry__call__edition=edition, entry__call__announced_at__isnull=False
    )
    found = rows.select_related("entry__call", "award").first()
    if found is None:
        return Verified(Standing.UNKNOWN)
    is_gone = found.revoked_at is not None or found.entry.state == EntryState.DISQUALIFIED
    return Verified(Standing.REVOKED if is_gone else Standing.VALID, found)


def verify_address(laureate: Laureate, lang: str) -> str:
    """Return the full address of a certificate's public page."""
    edition = laureate.entry.call.edition
    with translation.override(lang):
        return site_address(reverse("calls_public:certificate", args=[edition.slug, laureate.code]))


def certificate_pdf(laureate: Laureate, lang: str) -> bytes:
    """Return a certificate as PDF, in one language; `laureate` comes with its entry, call, edition and award."""
    code = square_code(verify_address(laureate, "en"), correction="m").encode()
    return pdf("calls/certificate.typ", printed(laureate, lang), files={"code.svg": code})


def printed(laureate: Laureate, lang: str) -> dict[str, Any]:
    """Return what the typesetter needs."""
    call = laureate.entry.call
    edition = call.edition
    chain = edition.fallback
    with translation.override(lang):
        return {
            "lang": lang.partition("-")[0],
            "dir": direction(lang),
            "edition": edition.formal_title.shown(lang, chain).text or edition.name.shown(lang, chain).text,
            "call": call.name.shown(lang, chain).text,
            "title": _("Certificate"),
            "opening": _("The jury honours"),
            "entry": laureate.entry.title.shown(lang, chain).text,
            "organisation": laureate.entry.organisation_name,
            "with": _("with the award"),
            "award": laureate.award.name.shown(lang, chain).text,
            "citation": laureate.citation.shown(lang, chain).text,
            "date": formats.date(
                (call.announced_at.astimezone(edition.zone).date()) if call.announced_at else edition.ends_on,
                lang,
            ),
            "place": edition.host_city.shown(lang, chain).text,
            "number": laureate.number,
            "code": shown_code(laureate.code),
            "check": _("Whether this certificate is genuine can be checked with this code at this address:"),
            "address": verify_address(laureate, lang),
        }
