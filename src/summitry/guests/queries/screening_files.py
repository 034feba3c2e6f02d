"""The files of screening: what goes out, with just what screening needs, and what comes back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from summitry.directory.enums import NameUse
from summitry.directory.models import PersonName
from summitry.directory.queries.entities import EntityNames
from summitry.editions.models import Edition
from summitry.foundation.errors import InvalidInput
from summitry.foundation.lists.files import Value
from summitry.guests.enums import FieldKind, ScreeningResult
from summitry.guests.models import Answer, Field, ScreeningEntry
from summitry.guests.queries.answers import in_words, value_of
from summitry.guests.queries.dependencies import SCREENED

PURPOSES = frozenset(SCREENED)
"""Fields of these purposes go out, and no others."""
MOST_BYTES, MOST_ROWS = 5_000_000, 20_000
_SHEET_SIGN = b"PK\x03\x04"


def outgoing(edition: Edition, entries: Sequence[ScreeningEntry], lang: str) -> Iterator[list[Value]]:
    """Yield the heading and a row for each entry: code, names, country or region, and the fields of screening."""
    guests = [entry.guest for entry in entries]
    entities = EntityNames(edition.naming_profile_id, lang, edition.fallback)
    fields = [
        field
        for field in Field.objects.filter(edition=edition).select_related("purpose")
        if field.purpose.slug in PURPOSES and field.kind not in (FieldKind.FILE, FieldKind.PHOTO)
    ]
    answers: dict[tuple[int, int], Answer] = {
        (answer.guest_id, answer.field_id): answer
        for answer in Answer.objects.filter(guest__in=[guest.pk for guest in guests], field__in=fields)
    }
    names = _names([guest.person_id for guest in guests])
    yield (
        ["code", _("Name"), _("Name in its own script"), _("Country or region")]
        + [field.label.shown(lang, edition.fallback).text for field in fields]
        + ["result"]
    )
    for entry in entries:
        person = entry.guest.person
        given = names.get(person.pk, {})
        entity = entities.short(person.entity).text if person.entity else ""
        row: list[Value] = [
            entry.code,
            given.get(NameUse.PASSPORT) or person.reference_name,
            given.get(NameUse.NATIVE, ""),
            entity,
        ]
        for field in fields:
            answer = answers.get((entry.guest_id, field.pk))
            row.append(in_words(field, value_of(answer), lang) if answer else "")
        yield [*row, "" if entry.result == ScreeningResult.OPEN else str(entry.result)]


def incoming(data: bytes) -> dict[str, str]:
    """Return the results in a file by code. Only the columns “code” and “result” are read; whatever else is in it is not.

    Raises InvalidInput where it is too large, cannot be read, has no such columns, or names a code twice.
    """
    if len(data) > MOST_BYTES:
        raise _refused(_("The file is too large."))
    rows = _sheet(data) if data.startswith(_SHEET_SIGN) else _lines(data)
    heading = [str(cell).strip().lower() for cell in next(rows, [])]
    if not {"code", "result"} <= set(heading):
        raise _refused(_("The file needs the columns “code” and “result”."))
    at_code, at_result = heading.index("code"), heading.index("result")
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise _refused(_("The file has too many rows."))
        cells = [str(cell).strip() for cell in row] + [""] * len(heading)
        code, result = cells[at_code].lstrip("'").upper(), cells[at_result].lower()
        if not code or not result:
            continue
        if code in found:
            raise _refused(
                _("Row %(row)d: %(code)s is in the file twice.") % {"row": number, "code": code[:30]}
            )
        found[code] = result
    if not found:
        raise _refused(_("The file has no results."))
    return found


def _names(people: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = PersonName.objects.filter(person__in=people, use__in=(NameUse.PASSPORT, NameUse.NATIVE))
    for person, use, text in rows.order_by("pk").values_list("person", "use", "text"):
        found.setdefault(person, {}).setdefault(use, text)
    return found


def _lines(data: bytes) -> Iterator[list[Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(_("The file is neither a workbook nor text in UTF-8.")) from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise _refused(_("The file cannot be read.")) from error


def _sheet(data: bytes) -> Iterator[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - heavy: only workbooks need it

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        yield from book.get_sheet_by_index(0).to_python(skip_empty_area=True)
    except CalamineError as error:
        raise _refused(_("The file cannot be read.")) from error


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput(fields={"file": [sentence]})
