"""The declaration of a list, and what a reader asks of it in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from summitry.foundation.lists.action import BulkAction
from summitry.foundation.lists.filters import LONGEST_VALUE, Filter, Option
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.sorting import Order, ordered_ids

SIZES = (50, 100, 250)
LAST_PAGE = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, what a line shows in it, where that leads, and what the list is sorted by through it.

    Wide ones keep room for words. `value` gets a line (see `ListSpec.lines`) and the reader; see `cells` for what it may return.
    """

    key: str
    label: str | Promise
    value: Callable[[Any, Reader], Any]
    link: Callable[[Any, Reader], str] | None = None
    sort: Order | None = None
    is_number: bool = False
    is_wide: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """What a list says that has no rows at all: what it is, and the next step."""

    title: str | Promise
    text: str | Promise = ""
    step: Callable[[Reader], tuple[str, str] | None] = lambda _reader: None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """A list of the console.

    `key` names it for good ("programme.sessions"), `route` is its address's name ("programme_console:sessions"), under
    which `list_urls` also files its saved filters and its changes. `rows` are those that the reader works on (see
    `foundation.access.within`). `lines` turns a page of rows into what columns show, with few statements for all of
    them; without it the rows are the lines. `label` names one line. `order` is a column's key, "-" before it reverses.
    `head` is a link beside the title, such as the one to a form for a new row.
    """

    key: str
    route: str
    title: str | Promise
    rows: Callable[[Reader], QuerySet[Any]]
    columns: Sequence[Column]
    label: Callable[[Any, Reader], str]
    empty: Empty
    lead: str | Promise = ""
    lines: Callable[[Sequence[Any], Reader], Sequence[Any]] | None = None
    filters: Sequence[Filter] = ()
    order: str = ""
    actions: Sequence[BulkAction] = ()
    nav: str = ""
    size: int = SIZES[0]
    head: Callable[[Reader], tuple[str, str] | None] = lambda _reader: None

    def column(self, key: str) -> Column | None:
        """Return the column of this key."""
        return next((column for column in self.columns if column.key == key), None)

    def paired(self, ids: Sequence[int], reader: Reader) -> list[tuple[int, Any]]:
        """Return these ids with their lines, in this order; rows that are gone are left out."""
        found = {row.pk: row for row in self.rows(reader).filter(pk__in=ids)}
        rows = [found[pk] for pk in ids if pk in found]
        lines = self.lines(rows, reader) if self.lines else rows
        return [(row.pk, line) for row, line in zip(rows, lines, strict=True)]


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What is asked of a list: a value for each filter, the order, the page, and the columns to show."""

    values: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    size: int = 0
    columns: tuple[str, ...] = ()

    @classmethod
    def read(cls, spec: ListSpec, options: Mapping[str, Sequence[Option]], given: QueryDict) -> ListQuery:
        """Read GET parameters. What the list does not offer is dropped, never an error."""
        values = {}
        for each in spec.filters:
            value = " ".join(given.get(each.key, "").split())[:LONGEST_VALUE]
            known = options.get(each.key)
            if value and (known is None or any(option.value == value for option in known)):
                values[each.key] = value
        sort = given.get("sort", "")
        column = spec.column(sort.removeprefix("-"))
        size, page = given.get("size", ""), given.get("page", "")
        wanted = given.getlist("col")
        return cls(
            values=values,
            sort=sort if column is not None and column.sort is not None else "",
            page=_number(page) or 1,
            size=_number(size) if _number(size) in SIZES else 0,
            columns=tuple(column.key for column in spec.columns if column.key in wanted),
        )

    def address(self, **changes: Any) -> str:
        """Return the query string of this query with `changes`, without what is default; empty or with `?`."""
        asked = replace(self, **changes)
        pairs = [
            *asked.values.items(),
            *([("sort", asked.sort)] if asked.sort else []),
            *(("col", key) for key in asked.columns),
            *([("size", asked.size)] if asked.size else []),
            *([("page", asked.page)] if asked.page > 1 else []),
        ]
        return f"?{urlencode(pairs)}" if pairs else ""

    def ids(self, spec: ListSpec, reader: Reader) -> list[int]:
        """Return the ids of all rows that match, in order."""
        rows = spec.rows(reader)
        for each in spec.filters:
            if each.key in self.values:
                rows = each.narrow(rows, self.values[each.key], reader)
        sort = self.sort or spec.order
        column = spec.column(sort.removeprefix("-"))
        order = column.sort if column is not None and column.sort is not None else "pk"
        return ordered_ids(rows, order, reader, descending=sort.startswith("-"))

    def shown(self, spec: ListSpec) -> list[Column]:
        """Return the columns to show."""
        return [
            column
            for column in spec.columns
            if (column.key in self.columns if self.columns else not column.is_hidden)
        ]


def options_of(spec: ListSpec, reader: Reader) -> dict[str, list[Option]]:
    """Return what each filter with a choice offers this reader."""
    return {each.key: list(each.options(reader)) for each in spec.filters if each.options is not None}


def _number(text: str) -> int:
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) <= 6 else 0
