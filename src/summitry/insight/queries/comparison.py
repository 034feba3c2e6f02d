"""Editions side by side: for each measure a row, for each edition every claim; conflicts stay side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown
from summitry.insight.enums import MeasureUnit, ObservationKind
from summitry.insight.models import Measure, Observation
from summitry.insight.queries.figures import Figure, figure

COUNTABLE = (
    MeasureUnit.PEOPLE,
    MeasureUnit.ENTITIES,
    MeasureUnit.ORGANISATIONS,
    MeasureUnit.ITEMS,
    MeasureUnit.DAYS,
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One claim as a bar: its length in percent of the longest of its chart."""

    label: str
    figure: Figure
    percent: float

    @property
    def kind(self) -> str:
        """`expected` for what was announced beforehand, else nothing."""
        return "expected" if self.figure.kind == ObservationKind.EXPECTED else ""

    @property
    def percent_text(self) -> str:
        """The length as an SVG attribute, whatever the reader's decimal sign."""
        return f"{self.percent:.1f}"

    @property
    def wording(self) -> str:
        """The value with its qualifier."""
        return self.figure.wording


@dataclass(frozen=True, slots=True)
class Cell:
    """All claims of one measure about one edition."""

    claims: tuple[Figure, ...]

    @property
    def differs(self) -> bool:
        """Whether the claims say different things."""
        return conflicting(self.claims)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.claims)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure over all editions: `cells` in the order of the editions, each with all its claims."""

    key: str
    name: Shown
    definition: Shown
    unit: str
    editions: tuple[Edition, ...]
    cells: tuple[Cell, ...]
    bars: tuple[Bar, ...]

    @property
    def has_conflict(self) -> bool:
        """Whether there are differing claims about any edition."""
        return any(cell.differs for cell in self.cells)

    @property
    def paired(self) -> list[tuple[Edition, Cell]]:
        """The cells with their editions."""
        return list(zip(self.editions, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Editions (oldest first) and the rows in which at least one of them has a figure."""

    editions: tuple[Edition, ...]
    rows: tuple[Row, ...]


def conflicting(claims: Sequence[Figure]) -> bool:
    """Return whether claims about one edition differ, or are marked as disputed by their recorder."""
    return len({claim.wording for claim in claims}) > 1 or any(claim.conflicts for claim in claims)


def comparison(
    actor: Actor, editions: Sequence[Edition], lang: str, *, countable_only: bool = False
) -> Comparison:
    """Compare `editions` for a reader of `lang`, in two queries whatever their number."""
    ordered = sorted(editions, key=lambda edition: (edition.starts_on, edition.pk))
    found: dict[int, dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    rows = visible(actor, Observation.objects.filter(edition__in=ordered)).order_by("as_of", "pk")
    measures = {m.pk: m for m in Measure.objects.order_by("position", "key")}
    for observation in rows:
        observation.measure = measures[observation.measure_id]
        found[observation.measure_id][observation.edition_id or 0].append(observation)
    built = [
        _row(measure, found[measure.pk], ordered, lang)
        for measure in measures.values()
        if measure.pk in found and not (countable_only and measure.unit not in COUNTABLE)
    ]
    return Comparison(tuple(ordered), tuple(built))


def _row(
    measure: Measure, by_edition: dict[int, list[Observation]], editions: Sequence[Edition], lang: str
) -> Row:
    cells = tuple(
        Cell(tuple(figure(o, lang, edition.fallback) for o in by_edition.get(edition.pk, ())))
        for edition in editions
    )
    longest = max((f.number for cell in cells for f in cell if f.number), default=Decimal(0))
    bars = []
    if measure.unit in COUNTABLE and longest:
        bars = [
            Bar(str(edition.year), f, round(float(f.number / longest) * 92, 1))
            for edition, cell in zip(editions, cells, strict=True)
            for f in cell
            if f.number is not None
        ]
    return Row(
        key=measure.key,
        name=measure.name.shown(lang),
        definition=measure.definition.shown(lang),
        unit=measure.unit,
        editions=tuple(editions),
        cells=cells,
        bars=tuple(bars),
    )
