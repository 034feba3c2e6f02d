"""What a list can be narrowed by: each filter turns one value of the address into a condition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Choices, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.foundation.i18n import Text
from summitry.foundation.lists.reader import Reader
from summitry.foundation.search import fold

LONGEST_VALUE = 200
YES, NO, SEARCH = _("Yes"), _("No"), _("Search")


class Option(NamedTuple):
    """One of a filter's values, with its label."""

    value: str
    label: str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`options` says what may be asked for (None for free words); `narrow` keeps the rows that a value means."""

    key: str
    label: str | Promise
    narrow: Callable[[QuerySet[Any], str, Reader], QuerySet[Any]]
    options: Callable[[Reader], Iterable[Option]] | None = None


def choice(key: str, label: str | Promise, lookup: str, choices: type[Choices]) -> Filter:
    """Narrow by a field with choices."""
    return Filter(
        key=key,
        label=label,
        options=lambda _reader: [Option(str(value), text) for value, text in choices.choices],
        narrow=lambda rows, value, _reader: rows.filter(**{lookup: value}),
    )


def related(
    key: str, label: str | Promise, lookup: str, options: Callable[[Reader], Iterable[Option]]
) -> Filter:
    """Narrow by a relation, or by any field whose values the edition decides; `options` are what there is to choose."""
    return Filter(
        key=key,
        label=label,
        options=options,
        narrow=lambda rows, value, _reader: rows.filter(**{lookup: value}),
    )


def yes_no(
    key: str,
    label: str | Promise,
    condition: Callable[[Reader], Q],
    yes: str | Promise = YES,
    no: str | Promise = NO,
) -> Filter:
    """Narrow to the rows that meet a condition, or to those that do not."""

    def narrow(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
        asked = condition(reader)
        return rows.filter(asked if value == "yes" else ~asked)

    options = [Option("yes", yes), Option("no", no)]
    return Filter(key=key, label=label, options=lambda _reader: options, narrow=narrow)


def search(
    *fields: str,
    key: str = "q",
    label: str | Promise = SEARCH,
    further: Callable[[QuerySet[Any]], Iterable[tuple[int, str]]] | None = None,
) -> Filter:
    """Narrow by words in these fields, whatever their accents, case and language; every word has to be found.

    `further` gives more texts to search in, each with its row's id: names of people, of which not all are for everybody.
    """

    def narrow(rows: QuerySet[Any], value: str, reader: Reader) -> QuerySet[Any]:
        words = fold(value).split()
        if not words:
            return rows
        haystacks: dict[int, list[str]] = defaultdict(list)
        for pk, *found in rows.order_by().values_list("pk", *fields):
            haystacks[pk] += _words(found)
        for pk, text in further(rows) if further else ():
            haystacks[pk].append(text)
        folded = {pk: fold("\n".join(dict.fromkeys(texts))) for pk, texts in haystacks.items()}
        return rows.filter(pk__in=[pk for pk, text in folded.items() if all(word in text for word in words)])

    return Filter(key=key, label=label, narrow=narrow)


def _words(found: Sequence[Any]) -> Iterable[str]:
    for each in found:
        if isinstance(each, Text):
            yield from each.texts.values()
        elif each:
            yield str(each)
