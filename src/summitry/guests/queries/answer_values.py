"""What a question takes: each answer, however it was typed or sent, becomes one plain value, or is refused in words.

Pages, files and the API all come through here, so that nothing is checked twice; rooms above with questions of their own
read the same kinds with it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from summitry.directory.models import Entity
from summitry.foundation.forms import ZonedDateTimeField
from summitry.guests.enums import FieldKind

LINE, TEXT, PHONE, DOCUMENT = 200, 4000, 40, 40
MOST = 1_000_000
EARLIEST, LATEST = 1900, 2100
PARTS = ("name", "number", "issuer", "issued_on", "expires_on")
"""The parts of an identity document, as they are kept in its answer; the issuer is an entity, by its code."""
NEEDED = frozenset({"name", "number", "issuer", "expires_on"})
_PHONE = re.compile(r"\+?[\d][\d ()./-]{4,}")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9 ./-]{3,}")


class Refused(ValueError):
    """What was given is no answer to this question; its words say why."""


class Asked(Protocol):
    """A question, as far as its answer depends on it: its kind, a value of `FieldKind`, and among what it lets choose."""

    @property
    def kind(self) -> str: ...

    @property
    def options(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Setting:
    """What reading an answer needs beside it.

    The clock of the venue, the last day on which a document has to hold, and how many characters a text may have (0: as
    many as a guest's).
    """

    zone: ZoneInfo
    ends_on: dt.date
    longest: int = 0


def parsed(field: Asked, raw: Any, setting: Setting) -> Any:
    """Return the plain value of an answer, None where nothing was said. Raises Refused."""
    if raw in (None, "", []) or (isinstance(raw, str) and not raw.strip()):
        return None
    value = _PARSERS[FieldKind(field.kind)](field, raw, setting)
    return None if value in ("", []) else value


def words(raw: Any, longest: int) -> str:
    """Return what was typed without signs that nobody sees, its edges trimmed. Raises Refused for what is longer."""
    if not isinstance(raw, str):
        raise Refused(_("Please give words."))
    plain = "".join(c for c in raw.replace("\r\n", "\n").replace("\r", "\n") if _is_plain(c)).strip()
    if len(plain) > longest:
        raise Refused(_("At most %(limit)d characters are possible.") % {"limit": longest})
    return plain


def _is_plain(character: str) -> bool:
    return character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"}


def _line(_field: Asked, raw: Any, setting: Setting) -> str:
    return " ".join(words(raw, min(setting.longest or LINE, LINE)).split())


def _text(_field: Asked, raw: Any, setting: Setting) -> str:
    return words(raw, setting.longest or TEXT)


def _choice(field: Asked, raw: Any, _setting: Setting) -> str:
    if raw not in [option["value"] for option in field.options]:
        raise Refused(_("Choose one of the answers."))
    return str(raw)


def _choices(field: Asked, raw: Any, _setting: Setting) -> list[str]:
    known = [option["value"] for option in field.options]
    given = raw if isinstance(raw, list) else [raw]
    if any(one not in known for one in given):
        raise Refused(_("Choose among the answers."))
    return [value for value in known if value in given]


def _yes_no(_field: Asked, raw: Any, _setting: Setting) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw not in ("yes", "no"):
        raise Refused(_("Please answer yes or no."))
    return bool(raw == "yes")


def _date(_field: Asked, raw: Any, _setting: Setting) -> str:
    try:
        day = dt.date.fromisoformat(words(raw, 40))
    except ValueError as error:
        raise Refused(_("Give a date, such as 1979-03-31.")) from error
    if not EARLIEST <= day.year <= LATEST:
        raise Refused(_("Please check the year."))
    return day.isoformat()


def _moment(_field: Asked, raw: Any, setting: Setting) -> str:
    try:
        instant = ZonedDateTimeField(zone=setting.zone).to_python(words(raw, 40))
        if instant is None or not EARLIEST <= instant.year <= LATEST:
            raise Refused(_("Please check the year."))
        return instant.astimezone(dt.UTC).isoformat()
    except (ValidationError, OverflowError) as error:
        why = error.messages[0] if isinstance(error, ValidationError) else _("Please check the year.")
        raise Refused(why) from error


def _number(_field: Asked, raw: Any, _setting: Setting) -> int:
    digits = str(raw).strip()
    if isinstance(raw, bool) or not re.fullmatch(r"-?\d{1,9}", digits) or abs(int(digits)) > MOST:
        raise Refused(_("Give a whole number."))
    return int(digits)


def _entity(_field: Asked, raw: Any, _setting: Setting) -> str:
    code = words(raw, 12)
    if not Entity.objects.filter(code=code).exists():
        raise Refused(_("Choose a country or region of the list."))
    return code


def _phone(_field: Asked, raw: Any, _setting: Setting) -> str:
    number = " ".join(unicodedata.normalize("NFKC", words(raw, PHONE)).split())
    if not _PHONE.fullmatch(number):
        raise Refused(_("Give a telephone number, with the code of the country or region."))
    return number


def _identity(field: Asked, raw: Any, setting: Setting) -> dict[str, str] | None:
    """Read the parts of a document: nothing where all are empty; the day of issue alone may be left out."""
    if not isinstance(raw, Mapping):
        raise Refused(_("Please fill in the details of the document."))
    parts = {part: words(raw.get(part) or "", LINE) for part in PARTS}
    if not any(parts.values()):
        return None
    if any(not parts[part] for part in NEEDED):
        raise Refused(_("Give the name, the number, who issued it and until when it is valid."))
    parts["number"] = unicodedata.normalize("NFKC", parts["number"]).upper()
    if not _NUMBER.fullmatch(parts["number"]) or len(parts["number"]) > DOCUMENT:
        raise Refused(_("The number of a document has Latin letters and digits only."))
    parts["issuer"] = _entity(field, parts["issuer"], setting)
    parts["expires_on"] = _date(field, parts["expires_on"], setting)
    if dt.date.fromisoformat(parts["expires_on"]) < setting.ends_on:
        raise Refused(_("The document has to be valid until the end of the summit."))
    if parts["issued_on"]:
        parts["issued_on"] = _date(field, parts["issued_on"], setting)
        if parts["issued_on"] > parts["expires_on"]:
            raise Refused(_("A document cannot be issued after it has expired."))
    return {part: value for part, value in parts.items() if value}


def _not_here(_field: Asked, _raw: Any, _setting: Setting) -> Any:
    raise Refused(_("Files are handed in separately."))


_PARSERS: Mapping[FieldKind, Callable[[Asked, Any, Setting], Any]] = {
    FieldKind.LINE: _line,
    FieldKind.TEXT: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.YES_NO: _yes_no,
    FieldKind.DATE: _date,
    FieldKind.MOMENT: _moment,
    FieldKind.NUMBER: _number,
    FieldKind.ENTITY: _entity,
    FieldKind.PHONE: _phone,
    FieldKind.IDENTITY: _identity,
    FieldKind.FILE: _not_here,
    FieldKind.PHOTO: _not_here,
}
