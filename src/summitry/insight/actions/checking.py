"""Checking many rows before one statement writes them all."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from summitry.foundation.changes import refusal

M = TypeVar("M", bound=Model)


def fitting(row: M) -> M:
    """Return `row` if its own fields satisfy its model; else raise InvalidInput naming the fields.

    Relations and constraints, which would cost a query for each row, are left to the database.
    """
    related = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=related)
    except ValidationError as error:
        raise refusal(error) from error
    return row
