"""Addresses within an edition are unique; the database decides, and its refusal becomes a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from summitry.foundation.changes import refusal
from summitry.foundation.i18n import Text
from summitry.programme.errors import AddressTaken


@contextmanager
def unique_address() -> Iterator[None]:
    """Run in a transaction, and turn the database's refusal of a duplicate into AddressTaken."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise AddressTaken from error


def free_address(title: Text, taken: Collection[str], otherwise: str) -> str:
    """Return an address made of the title (its English words, else any Latin ones) that is not `taken` yet."""
    stem = slugify(title.get("en") or str(title))[:60].strip("-") or otherwise
    if stem not in taken:
        return stem
    return next(made for number in range(2, len(taken) + 3) if (made := f"{stem}-{number}") not in taken)


def check_plain_fields(row: models.Model) -> None:
    """Raise InvalidInput where a plain field of an unsaved row cannot hold its value; costs no query."""
    try:
        row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
    except ValidationError as error:
        raise refusal(error) from error
