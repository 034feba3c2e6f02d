"""What an entry takes: each field, however it was typed, becomes one plain value, or is refused in words.

Pages, tables and the API all come through here. Answers are read as those of guests are; texts are kept in Unicode form C,
so that an entry and its frozen version spell alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, TypeGuard
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from summitry.calls.enums import EntrantKind, QuestionKind
from summitry.calls.models import Call, Question
from summitry.directory.models import Entity
from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.guests.queries.answer_values import Refused, Setting, parsed, words

LONGEST_LINK = 500
LONGEST_LINE = 300
_is_web_address = URLValidator(schemes=["http", "https"])


def read_answer(question: Question, raw: Any, edition: Edition) -> Any:
    """Return the plain value of an answer, None where nothing was said. Raises Refused."""
    if question.kind == QuestionKind.LINK:
        return _web_address(raw)
    setting = Setting(edition.zone, edition.ends_on, question.longest)
    return composed(parsed(question, raw, setting))


def read_text(old: Text, raw: Any, call: Call, limit: int, *, is_line: bool) -> Text:
    """Return a text with what was written in languages of the call; a language that was not given stays. Raises Refused.

    The first language that is written is the source, until it is emptied.
    """
    if not is_words_by_language(raw):
        raise Refused(_("Please give words."))
    for lang in raw.keys() - set(call.languages):
        raise Refused(_("This call does not take entries in “%(lang)s”.") % {"lang": lang})
    for lang in [lang for lang in call.languages if lang in raw]:
        new = composed(words(raw[lang], limit))
        if is_line:
            new = " ".join(new.split())
        if new != old.get(lang):
            old = old.with_text(lang, new) if old else Text.of(new, lang)
    if old and not old.get(old.source):
        old = Text.of(old.texts)
    return old


def read_line(raw: Any, limit: int = LONGEST_LINE) -> str:
    """Return one line of words, "" for none. Raises Refused."""
    line: str = composed(" ".join(words(raw or "", limit).split()))
    return line


def read_kind(raw: Any) -> str:
    """Return a kind of institution, "" for none. Raises Refused."""
    if raw and raw not in EntrantKind.values:
        raise Refused(_("Choose one of the list."))
    return str(raw or "")


def read_entity(raw: Any) -> Entity | None:
    """Return a country or region by its code, None for none. Raises Refused."""
    if not raw:
        return None
    entity = Entity.objects.filter(code=words(raw, 12)).first()
    if entity is None:
        raise Refused(_("Choose a country or region of the list."))
    return entity


def read_email(raw: Any) -> str:
    """Return an e-mail address in small letters. Raises Refused."""
    email = words(raw or "", 254).lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_("This is no e-mail address.")) from error
    return email


def read_language(raw: Any) -> str:
    """Return a language in which letters are written, "" for none. Raises Refused."""
    if raw and raw not in dict(settings.LANGUAGES):
        raise Refused(_("Choose a language of the list."))
    return str(raw or "")


def known_zone(raw: Any) -> str:
    """Return a time zone that exists, else ""; browsers send it, so nobody is told that theirs does not."""
    return raw if isinstance(raw, str) and len(raw) <= 64 and raw in available_timezones() else ""


def composed(value: Any) -> Any:
    """Return a JSON value with its texts in Unicode form C, which looks the same and has one spelling."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {composed(key): composed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [composed(each) for each in value]
    return value


def is_words_by_language(raw: Any) -> TypeGuard[Mapping[str, str]]:
    """Return whether a value maps languages to words."""
    return isinstance(raw, Mapping) and all(isinstance(one, str) for pair in raw.items() for one in pair)


def _web_address(raw: Any) -> str | None:
    address = words(raw or "", LONGEST_LINK)
    if not address:
        return None
    if "://" not in address:
        address = f"https://{address}"
    try:
        _is_web_address(address)
        has_name = "." in (urlsplit(address).hostname or "")
    except (ValidationError, ValueError) as error:
        raise Refused(_("Give a web address, such as https://example.org.")) from error
    if not has_name:
        raise Refused(_("Give a web address, such as https://example.org."))
    return address
