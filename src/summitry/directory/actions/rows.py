"""Rows as plain values: written down before they disappear, and put back exactly as they were."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.apps import apps
from django.db.models import Field, ForeignKey, Model


class PlainRow(TypedDict):
    """One row, ready for JSON."""

    model: str
    pk: Any
    fields: dict[str, Any]


def plain_row(obj: Model) -> PlainRow:
    """Return all columns of `obj` as plain values."""
    fields = {column.attname: plain_value(column, obj) for column in obj._meta.concrete_fields}
    return {"model": obj._meta.label_lower, "pk": fields[obj._meta.pk.attname], "fields": fields}


def column_of(obj: Model, name: str) -> Field[Any, Any]:
    """Return the column that holds the attribute `name` ("entity_id")."""
    return next(column for column in obj._meta.concrete_fields if column.attname == name)


def plain_value(column: Field[Any, Any], obj: Model) -> Any:
    """Return one column of `obj` as a plain value that `from_plain` reads back without loss."""
    value = getattr(obj, column.attname)
    if value is None or isinstance(value, (bool, int, float, str, list, dict)):
        return value
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return column.value_to_string(obj)


def from_plain(column: Field[Any, Any], value: Any) -> Any:
    """Return the value that `plain_value` wrote down."""
    return column.to_python(value)


def put_back(row: PlainRow) -> bool:
    """Insert `row` again under its old key, and return whether it could be.

    Where something that it refers to has been deleted since, the reference is emptied, or, if it must not be empty,
    the row stays away, as it would have been deleted with it.
    """
    model = apps.get_model(row["model"])  # written down by us, for any room's table
    values: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.attname not in row["fields"]:
            continue
        value = from_plain(column, row["fields"][column.attname])
        if isinstance(column, ForeignKey) and value is not None and not _exists(column, value):
            if not column.null:
                return False
            value = None
        values[column.attname] = value
    model(**values).save(force_insert=True)
    return True


def _exists(column: ForeignKey[Any, Any], value: Any) -> bool:
    target = column.target_field
    return target.model._base_manager.filter(**{target.attname: value}).exists()
