"""A list as one page shows it: everything that its template needs, worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.utils.html import format_html
from django.utils.safestring import SafeString

from summitry.foundation.lists.action import BulkAction
from summitry.foundation.lists.cells import cell_html
from summitry.foundation.lists.filters import Option
from summitry.foundation.lists.reader import Reader
from summitry.foundation.lists.saved import SavedChoice, saved_filters
from summitry.foundation.lists.spec import SIZES, Column, ListQuery, ListSpec


class Heading(NamedTuple):
    """A column's heading: where a press on it leads, and how the list is sorted by it now, if at all."""

    label: str
    kind: str
    url: str
    sorted: str


class Cell(NamedTuple):
    """One cell; its column's label stands beside it where rows are cards."""

    label: str
    html: SafeString
    kind: str


class Row(NamedTuple):
    """One row; `name` is what it is called where it is chosen."""

    id: int
    name: str
    cells: list[Cell]


class Field(NamedTuple):
    """A filter with its present value; without options it takes free words."""

    key: str
    label: str
    value: str
    options: Sequence[Option] | None


class Active(NamedTuple):
    """A filter that narrows the list now, and the address without it."""

    label: str
    text: str
    url: str


class ColumnChoice(NamedTuple):
    """A column that can be shown or left out."""

    key: str
    label: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """The page."""

    spec: ListSpec
    query: ListQuery
    count: int
    page: Page[Any]
    headings: list[Heading]
    rows: list[Row]
    fields: list[Field]
    active: list[Active]
    columns: list[ColumnChoice]
    actions: list[BulkAction]
    saved: list[SavedChoice]
    head: tuple[str, str] | None
    step: tuple[str, str] | None

    @property
    def page_query(self) -> str:
        """The query string without its page, ready to append."""
        address = self.query.address(page=1)
        return f"&{address[1:]}" if address else ""

    @property
    def file_query(self) -> str:
        """The query string of the file that holds exactly these rows, ready to append the format."""
        address = self.query.address(page=1)
        return f"{address}&as=" if address else "?as="

    @property
    def sizes(self) -> list[tuple[int, bool]]:
        """How many rows a page may have, and which holds."""
        return [(size, size == (self.query.size or self.spec.size)) for size in SIZES]

    @property
    def is_first_use(self) -> bool:
        """Whether nothing is asked for and nothing is there."""
        return not self.count and not self.query.values


def page_of_list(
    spec: ListSpec, query: ListQuery, options: Mapping[str, Sequence[Option]], reader: Reader
) -> ListPage:
    """Return the page that `query` asks for."""
    ids = query.ids(spec, reader)
    page = Paginator(ids, query.size or spec.size).get_page(query.page)
    columns = query.shown(spec)
    return ListPage(
        spec=spec,
        query=query,
        count=len(ids),
        page=page,
        headings=[_heading(column, spec, query) for column in columns],
        rows=[
            Row(pk, spec.label(line, reader), [_cell(column, line, reader) for column in columns])
            for pk, line in spec.paired(list(page.object_list), reader)
        ],
        fields=[
            Field(each.key, str(each.label), query.values.get(each.key, ""), options.get(each.key))
            for each in spec.filters
        ],
        active=_active(spec, query, options),
        columns=[ColumnChoice(each.key, str(each.label), each in columns) for each in spec.columns],
        actions=[action for action in spec.actions if action.may(reader)],
        saved=saved_filters(spec, query, reader),
        head=spec.head(reader),
        step=None if ids or query.values else spec.empty.step(reader),
    )


def _heading(column: Column, spec: ListSpec, query: ListQuery) -> Heading:
    if column.sort is None:
        return Heading(str(column.label), _kind(column), "", "")
    present = query.sort or spec.order
    ascending = present == column.key
    url = query.address(sort=f"-{column.key}" if ascending else column.key, page=1)
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(present, "")
    return Heading(str(column.label), _kind(column), url, direction)


def _cell(column: Column, line: Any, reader: Reader) -> Cell:
    html = cell_html(column.value(line, reader), reader)
    if column.link is not None and (url := column.link(line, reader)):
        html = format_html('<a href="{}">{}</a>', url, html)
    return Cell(str(column.label), html, _kind(column))


def _kind(column: Column) -> str:
    return "num" if column.is_number else "is-wide" if column.is_wide else ""


def _active(spec: ListSpec, query: ListQuery, options: Mapping[str, Sequence[Option]]) -> list[Active]:
    active = []
    for each in spec.filters:
        value = query.values.get(each.key)
        if value:
            known = options.get(each.key, ())
            text = next((str(option.label) for option in known if option.value == value), value)
            rest = {key: other for key, other in query.values.items() if key != each.key}
            active.append(Active(str(each.label), text, query.address(values=rest, page=1) or "?all=1"))
    return active
