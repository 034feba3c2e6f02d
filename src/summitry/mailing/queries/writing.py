"""What a recipient reads: the mailing's words in her language, with its placeholders filled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation.i18n import formats
from summitry.foundation.mail import Message, Value, write
from summitry.foundation.mail.sealing import WITHHELD, place_of, seal
from summitry.mailing.audiences import Audience, Placeholder
from summitry.mailing.enums import MailingKind
from summitry.mailing.models import Mailing
from summitry.mailing.queries.recipients import Addressee, spoken
from summitry.mailing.queries.salutations import PLACE, opened_with

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


class Written(NamedTuple):
    """A letter as it is stored: with the places of its secrets, and those sealed."""

    message: Message
    sealed: str


def letter_for(
    mailing: Mailing, addressee: Addressee, audience: Audience | None, *, reveal: bool = True
) -> Message:
    """Return exactly what the recipient gets. Without `reveal`, what only she should open is withheld."""
    values = _values(mailing, addressee)
    if not reveal:
        values |= dict.fromkeys(_secret_keys(audience) & values.keys(), WITHHELD)
    return _letter(mailing, addressee, values)


def stored_letter_for(mailing: Mailing, addressee: Addressee, audience: Audience | None) -> Written:
    """Return what is stored of the same letter."""
    values, secrets = parted(_values(mailing, addressee), _secret_keys(audience))
    return Written(_letter(mailing, addressee, values), seal(secrets))


def parted(
    values: Mapping[str, Value], secret_keys: Collection[str]
) -> tuple[dict[str, Value], dict[str, str]]:
    """Return the values with places instead of the secrets among them, and the secrets."""
    secrets = {key: value for key, value in values.items() if key in secret_keys and isinstance(value, str)}
    return {**values, **{key: place_of(key) for key in secrets}}, secrets


def _values(mailing: Mailing, addressee: Addressee) -> dict[str, Value]:
    edition, lang = mailing.edition, addressee.lang
    values = general_values(edition, addressee.name, lang)
    for key, fact in addressee.recipient.context.items():
        values[key] = spoken(fact, lang, edition.fallback)
    return values


def _secret_keys(audience: Audience | None) -> set[str]:
    return {one.key for one in audience.placeholders if one.is_secret} if audience else set()


def _letter(mailing: Mailing, addressee: Addressee, values: Mapping[str, Value]) -> Message:
    lang, is_news = addressee.lang, mailing.kind == MailingKind.NEWS
    unsubscribe = unsubscribe_url(mailing.edition, addressee.recipient.address) if is_news else ""
    body, salutation = opened_with(mailing.body.get(lang), addressee.salutation, lang)
    return write(
        mailing.subject.get(lang), body, {**values, PLACE: salutation}, lang, unsubscribe=unsubscribe
    )


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
