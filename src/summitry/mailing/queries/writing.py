"""What a recipient reads: the mailing's words in her language, with its placeholders filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import formats
from summitry.foundation.mail import Message, Value, write
from summitry.mailing.audiences import Audience, Placeholder
from summitry.mailing.enums import MailingKind
from summitry.mailing.models import Mailing
from summitry.mailing.queries.recipients import Addressee, spoken

WITHHELD = "https://…"
UNSUBSCRIBE_SALT = "summitry.mail.unsubscribe"
GENERAL: tuple[Placeholder, ...] = (
    Placeholder("name", _("The recipient’s name")),
    Placeholder("edition", _("The edition’s name")),
    Placeholder("dates", _("The edition’s days")),
    Placeholder("city", _("The host city")),
    Placeholder("website", _("The address of the edition’s public pages")),
)


def placeholders_for(audience: Audience | None) -> list[Placeholder]:
    """Return the placeholders that a text for this audience may use."""
    return [*GENERAL, *(audience.placeholders if audience else ())]


def letter_for(
    mailing: Mailing, addressee: Addressee, audience: Audience | None, *, reveal: bool = True
) -> Message:
    """Return exactly what the recipient gets. Without `reveal`, what only she should open is withheld."""
    edition, lang = mailing.edition, addressee.lang
    values = general_values(edition, addressee.name, lang)
    for key, fact in addressee.recipient.context.items():
        values[key] = spoken(fact, lang, edition.fallback)
    if not reveal and audience is not None:
        values |= {one.key: WITHHELD for one in audience.placeholders if one.is_secret and one.key in values}
    unsubscribe = ""
    if mailing.kind == MailingKind.NEWS:
        unsubscribe = unsubscribe_url(edition, addressee.recipient.address)
    return write(mailing.subject.get(lang), mailing.body.get(lang), values, lang, unsubscribe=unsubscribe)


def general_values(edition: Edition, name: str, lang: str) -> dict[str, Value]:
    """Return what the placeholders stand for that every text may use."""
    return {
        "name": name,
        "edition": edition.name.shown(lang, edition.fallback).text,
        "dates": formats.date_range(edition.starts_on, edition.ends_on, lang),
        "city": edition.host_city.shown(lang, edition.fallback).text,
        "website": site_address(f"/{interface_language(lang)}/{edition.slug}/"),
    }


def site_address(path: str) -> str:
    """Return the full address of a page of this installation."""
    return urljoin(f"{settings.BASE_URL}/", path)


def interface_language(lang: str) -> str:
    """Return the language in which a reader of `lang` sees our pages."""
    known = [code for code, _name in settings.LANGUAGES]
    base = lang.partition("-")[0]
    return next((code for code in (lang, *known) if code in known and code.partition("-")[0] == base), "en")


def unsubscribe_url(edition: Edition, address: str) -> str:
    """Return where the holder of an address declines this edition's news; the address cannot be guessed."""
    token = Signer(salt=UNSUBSCRIBE_SALT).sign_object([edition.pk, address.strip().lower()])
    return site_address(reverse("mail:unsubscribe", args=[token]))


def unsubscribe_headers(url: str) -> Mapping[str, str]:
    """Return the headers by which mail programs offer one-click unsubscribing (RFC 2369, RFC 8058)."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def languages_missing(mailing: Mailing, wanted: Sequence[str]) -> list[str]:
    """Return which of the `wanted` languages lack a subject or a text."""
    return [
        lang for lang in wanted if not (mailing.subject.get(lang).strip() and mailing.body.get(lang).strip())
    ]
