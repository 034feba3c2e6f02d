"""Cursor pages: keyset pagination by one ordered column and the primary key, stable while rows come and go."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from summitry.foundation.errors import InvalidInput

T = TypeVar("T")
M = TypeVar("M", bound=Model)
DEFAULT_LIMIT = 50
MAX_LIMIT = 200


class CursorPage(Schema, Generic[T]):
    """One page; `next` is the cursor of the following one, or null at the end."""

    items: list[T]
    next: str | None = None


def page_of(
    queryset: QuerySet[M], *, cursor: str | None, limit: int = DEFAULT_LIMIT, key: str = "pk"
) -> tuple[list[M], str | None]:
    """Return up to `limit` (1 to 200) rows in the order of `key` after `cursor`, and the next cursor.

    Raises InvalidInput for a cursor that was not made here.
    """
    limit = max(1, min(limit, MAX_LIMIT))
    if cursor:
        value, pk = _decode(cursor)
        after = Q(pk__gt=pk) if key == "pk" else Q(**{f"{key}__gt": value}) | Q(**{key: value, "pk__gt": pk})
        queryset = queryset.filter(after)
    rows = list(queryset.order_by(*dict.fromkeys((key, "pk")))[: limit + 1])
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]
    return rows[:limit], _encode(last.pk if key == "pk" else getattr(last, key), last.pk)


def _encode(value: Any, pk: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps([value, pk], default=str).encode()).decode().rstrip("=")


def _decode(cursor: str) -> tuple[Any, int]:
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return value, int(pk)
    except (binascii.Error, ValueError, TypeError, UnicodeDecodeError) as error:
        raise InvalidInput(_("The cursor is not valid; start again without one.")) from error
