"""How a list is put in order: by the database where its order is anybody's, in Python where it is a language's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import F, QuerySet

from summitry.foundation.lists.reader import Reader
from summitry.foundation.search import fold

Keys = Callable[["QuerySet[Any]", Reader], Mapping[int, Any]]
"""For the rows asked for: each row's id with what it sorts by; None and absent rows come last."""

Order = str | Keys


def by_text(field: str, key: Callable[[str, str], str] = lambda text, _lang: fold(text)) -> Keys:
    """Sort by a translated field as the reader sees it; `key` makes of words and language what is compared."""

    def keys(rows: QuerySet[Any], reader: Reader) -> dict[int, Any]:
        return {
            pk: key(shown.text, reader.lang) if (shown := reader.shown(text)) else None
            for pk, text in rows.order_by().values_list("pk", field)
            if text is not None
        }

    return keys


def by_keys(keys: Callable[[QuerySet[Any], Reader], Mapping[int, Any]]) -> Keys:
    """Sort by what `keys` says of each row: names of people, for instance."""
    return keys


def ordered_ids(rows: QuerySet[Any], order: Order, reader: Reader, *, descending: bool) -> list[int]:
    """Return the ids of all `rows` in order; rows that have nothing to sort by are last in both directions."""
    if isinstance(order, str):
        by = F(order).desc(nulls_last=True) if descending else F(order).asc(nulls_last=True)
        return list(rows.order_by(by, "pk").values_list("pk", flat=True))
    keys = order(rows, reader)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    known = [pk for pk in ids if keys.get(pk) is not None]
    known.sort(key=lambda pk: keys[pk], reverse=descending)
    return known + [pk for pk in ids if keys.get(pk) is None]
