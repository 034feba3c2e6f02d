"""The rows of a call's set-up as its pages show them, with what each is used for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.enums import LEFT, Dimension, EntrantKind, EntryState
from summitry.calls.models import Area, Award, Call, Question, Quota
from summitry.directory.models import Entity
from summitry.directory.queries.entities import EntityNames
from summitry.foundation.i18n import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what is said beside it: the names of areas, the label of a quota, a condition in words."""

    row: Any
    areas: tuple[Text, ...] = ()
    words: str = ""


def lines_of(call: Call, part: str) -> list[Line]:
    """Return the lines of one part of the set-up, in order; at most three queries."""
    lines: list[Line] = {"areas": _areas, "form": _form, "awards": _awards, "quotas": _quotas}[part](call)
    return lines


def _areas(call: Call) -> list[Line]:
    counted = Q(entries__isnull=False) & ~Q(entries__state__in=[*LEFT, EntryState.DRAFT])
    rows = Area.objects.filter(call=call).annotate(count=Count("entries", filter=counted))
    return [Line(row) for row in rows]


def _form(call: Call) -> list[Line]:
    names = {row.slug: row.name for row in Area.objects.filter(call=call)}
    rows = list(Question.objects.filter(call=call))
    labels = {row.slug: row.label for row in rows}
    return [
        Line(
            row,
            tuple(names[slug] for slug in row.areas if slug in names),
            str(labels.get(row.condition["field"], "")) if row.condition else "",
        )
        for row in rows
    ]


def _awards(call: Call) -> list[Line]:
    rows = Award.objects.filter(call=call).select_related("area")
    return [Line(row, (row.area.name,) if row.area else ()) for row in rows]


def _quotas(call: Call) -> list[Line]:
    rows = list(Quota.objects.filter(call=call))
    areas = {row.slug: str(row.name) for row in Area.objects.filter(call=call)}
    codes = {row.label for row in rows if row.dimension == Dimension.ENTITY and row.label}
    kinds = {one.value: str(one.label) for one in EntrantKind}
    names: dict[str, str] = {}
    if codes:
        edition = call.edition
        index = EntityNames(edition.naming_profile_id, get_language() or "en", edition.fallback)
        names = {row.code: index.short(row).text for row in Entity.objects.filter(code__in=codes)}
    known = {Dimension.AREA: areas, Dimension.KIND: kinds, Dimension.ENTITY: names}
    each = {
        Dimension.AREA: _("Each area"),
        Dimension.KIND: _("Each kind of institution"),
        Dimension.ENTITY: _("Each country or region"),
    }
    return [
        Line(
            row,
            words=known[Dimension(row.dimension)].get(row.label, row.label) or each[Dimension(row.dimension)],
        )
        for row in rows
    ]
