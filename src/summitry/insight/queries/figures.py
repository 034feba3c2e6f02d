"""Figures: observations as readers see them. The qualifier is part of the value; a claim is never shown bare."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import QuerySet

from summitry.editions.models import Edition
from summitry.editions.queries.edition import editions
from summitry.foundation import clock
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown
from summitry.foundation.i18n.text import NOTHING, Text
from summitry.insight.enums import MeasureUnit, ObservationKind, Qualifier
from summitry.insight.models import Measure, Observation
from summitry.insight.queries.wording import answered, around, change_on, counted, covered, dated

_FURTHEST_AHEAD = dt.timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation, worded: `before`, `value` and `after` are read together, `number` is for charts only.

    `text` is set where the value is in words, with their language; `items` are its parts where it is a list or a
    person (name and post). `change` compares a headline with the edition before.
    """

    measure_key: str
    measure: Shown
    before: str
    value: str
    after: str
    text: Shown
    items: tuple[Shown, ...]
    unit: str
    number: Decimal | None
    stated_as: str
    kind: str
    as_of: dt.date
    source: Shown
    note: Shown
    conflicts: tuple[str, ...]
    span: str = ""
    edition_id: int | None = None
    change: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether the source gave a value at all."""
        return self.stated_as != Qualifier.NOT_STATED

    @property
    def qualifier(self) -> str:
        """The words around the value, as one phrase: "more than"; nothing for an exact value."""
        return f"{self.before} {self.after}".strip()

    @property
    def wording(self) -> str:
        """The value as a phrase: "more than 2,000"."""
        return f"{self.before}{self.value}{self.after}"

    @property
    def is_open(self) -> bool:
        """Whether the true value lies beyond the number (more than)."""
        return self.stated_as == Qualifier.MORE_THAN

    @property
    def is_expected(self) -> bool:
        """Whether this was announced beforehand, not reported afterwards."""
        return self.kind == ObservationKind.EXPECTED


def stated(actor: Actor) -> QuerySet[Observation]:
    """Return the observations that `actor` may view, oldest claim first, of those made by today.

    A claim dated later than today anywhere on earth is a plan; it appears when its day has come.
    """
    today = (clock.now() + _FURTHEST_AHEAD).date()
    return visible(actor, Observation.objects.filter(as_of__lte=today)).order_by("as_of", "pk")


def figure(observation: Observation, measure: Measure, lang: str, chain: Sequence[str] = ()) -> Figure:
    """Word one observation of `measure` for a reader of `lang`."""
    text, items = _words(observation.text, measure.unit, lang, chain)
    before, after = around(observation.qualifier)
    return Figure(
        measure_key=measure.key,
        measure=measure.name.shown(lang, chain),
        before=before,
        value=text.text if observation.number is None else counted(observation.number, lang),
        after=after,
        text=text,
        items=items,
        unit=measure.unit,
        number=observation.number,
        stated_as=observation.qualifier,
        kind=observation.kind,
        as_of=observation.as_of,
        source=observation.source.shown(lang, chain),
        note=observation.note.shown(lang, chain),
        conflicts=tuple(observation.conflicts),
        span=covered(observation.span) if observation.span else "",
        edition_id=observation.edition_id,
    )


def _words(text: Text, unit: str, lang: str, chain: Sequence[str]) -> tuple[Shown, tuple[Shown, ...]]:
    shown = text.shown(lang, chain) if text else NOTHING
    if unit == MeasureUnit.DATE and text:
        return Shown(dated(shown.text, lang), lang, fallback=False), ()
    if unit == MeasureUnit.ANSWER and text:
        return Shown(answered(shown.text), lang, fallback=False), ()
    if unit == MeasureUnit.LIST and text:
        return shown, _parts(shown, shown.text.split(";"))
    if unit == MeasureUnit.PERSON and "," in shown.text:
        return shown, _parts(shown, shown.text.split(",", 1))
    return shown, ()


def _parts(whole: Shown, parts: Iterable[str]) -> tuple[Shown, ...]:
    return tuple(Shown(part.strip(), whole.lang, whole.fallback) for part in parts if part.strip())


def settled(figures: Iterable[Figure]) -> Figure | None:
    """Return the claim to show where there is room for one: the latest actual one, else the latest expected one."""
    stated_ones = [one for one in figures if one.is_stated]
    return max(stated_ones, key=lambda one: (not one.is_expected, one.as_of), default=None)


def headlines(actor: Actor, edition: Edition, lang: str, limit: int = 6) -> list[Figure]:
    """Return the edition's headline figures, one for each measure, in the measures' order, in two queries.

    Each says how it compares with the edition before, where both numbers are reported and exact.
    """
    earlier = editions(actor).filter(summit=edition.summit_id, starts_on__lt=edition.starts_on)
    before = earlier.order_by("-starts_on").first()
    both = [edition] if before is None else [edition, before]
    rows = stated(actor).filter(edition__in=both, measure__is_headline=True).select_related("measure")
    found: dict[str, dict[int | None, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for observation in rows.order_by("measure__position", "measure__key", "as_of", "pk"):
        worded = figure(observation, observation.measure, lang, edition.fallback)
        found[worded.measure_key][observation.edition_id].append(worded)
    chosen = []
    for by_edition in found.values():
        one = settled(by_edition[edition.pk])
        if one is not None:
            prior = settled(by_edition[before.pk]) if before is not None else None
            chosen.append(replace(one, change=_change(one, prior, before, lang)))
    return chosen[:limit]


def _change(one: Figure, prior: Figure | None, before: Edition | None, lang: str) -> str:
    comparable = [f for f in (one, prior) if f and f.stated_as == Qualifier.EXACT and not f.is_expected]
    if prior is None or before is None or len(comparable) < 2:
        return ""
    if one.number is None or prior.number is None:
        return ""
    return change_on(prior.number, one.number, before.year, lang)
