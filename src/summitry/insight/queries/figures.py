"""Figures: observations as readers see them. The qualifier is part of the value; a claim is never shown bare."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown, formats
from summitry.foundation.i18n.text import NOTHING
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from summitry.insight.models import Measure, Observation


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation, worded. `number` is for charts only: what is read is `qualifier` and `value` together."""

    measure_key: str
    measure: Shown
    qualifier: str
    value: str
    text: Shown
    number: Decimal | None
    kind: str
    as_of: dt.date
    source: str
    note: Shown
    conflicts: tuple[str, ...]
    is_stated: bool

    @property
    def wording(self) -> str:
        """The value as a phrase: "more than 2,000"."""
        return f"{self.qualifier} {self.value}".strip() if self.is_stated else _("not stated")

    @property
    def is_open(self) -> bool:
        """Whether the true value lies beyond the number (more than)."""
        return self.qualifier == qualifier_words(Qualifier.MORE_THAN)


def qualifier_words(qualifier: str) -> str:
    """Return the qualifier as words before a number; nothing for an exact one."""
    return "" if qualifier == Qualifier.EXACT else str(Qualifier(qualifier).label)


def figure(observation: Observation, lang: str, chain: Sequence[str] = ()) -> Figure:
    """Word one observation for a reader of `lang`. The observation's measure is loaded."""
    measure = observation.measure
    number = observation.number
    text = observation.text.shown(lang, chain) if observation.text else NOTHING
    if number is None:
        value = text.text
    elif measure.unit == MeasureUnit.DATE:
        value = str(int(number))
    else:
        value = formats.number(float(number) if number % 1 else int(number), lang)
    return Figure(
        measure_key=measure.key,
        measure=measure.name.shown(lang, chain),
        qualifier=qualifier_words(observation.qualifier),
        value=value,
        text=text,
        number=number,
        kind=observation.kind,
        as_of=observation.as_of,
        source=observation.source,
        note=observation.note.shown(lang, chain) if observation.note else NOTHING,
        conflicts=tuple(observation.conflicts),
        is_stated=bool(value),
    )


def figures_of(actor: Actor, edition: Edition, lang: str) -> dict[str, list[Figure]]:
    """Return an edition's figures by measure key, in the measures' order, oldest claim first (one query)."""
    rows = visible(actor, Observation.objects.filter(edition=edition).select_related("measure"))
    found: dict[str, list[Figure]] = defaultdict(list)
    for observation in rows.order_by("measure__position", "measure__key", "as_of", "pk"):
        found[observation.measure.key].append(figure(observation, lang, edition.fallback))
    return dict(found)


def settled(figures: Iterable[Figure]) -> Figure | None:
    """Return the claim to show where there is room for one: the latest actual one, else the latest expected one."""
    ordered = sorted(figures, key=lambda f: (f.kind == ObservationKind.ACTUAL, f.is_stated, f.as_of))
    return ordered[-1] if ordered else None


def headlines(actor: Actor, edition: Edition, lang: str, limit: int = 6) -> list[Figure]:
    """Return the edition's headline figures, one for each measure, in the measures' order."""
    keys = set(Measure.objects.filter(is_headline=True).values_list("key", flat=True))
    by_measure = figures_of(actor, edition, lang)
    chosen = [settled(group) for key, group in by_measure.items() if key in keys]
    return [one for one in chosen if one and one.is_stated][:limit]
