"""Editions side by side: for each measure a row, for each edition every claim; conflicts stay side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown, Text
from summitry.insight.enums import MeasureGroup
from summitry.insight.models import Measure, Observation
from summitry.insight.queries.figures import Figure, figure, stated

LONGEST_BAR = 92  # percent; the rest is for the open end of "more than"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that was said about an edition, with everybody who said it."""

    claims: tuple[Figure, ...]

    @property
    def figure(self) -> Figure:
        """The latest claim, which stands for the others."""
        return self.claims[-1]


@dataclass(frozen=True, slots=True)
class Voice:
    """Statements that share their kind and everybody who made them, so that the sources need naming once."""

    statements: tuple[Statement, ...]

    @property
    def claims(self) -> tuple[Figure, ...]:
        """One claim for each source."""
        return self.statements[0].claims


@dataclass(frozen=True, slots=True)
class Bar:
    """A statement as a bar: its length in percent of the longest of its chart."""

    label: str
    statement: Statement
    percent: float

    @property
    def figure(self) -> Figure:
        """The claim that stands for the statement."""
        return self.statement.figure

    @property
    def percent_text(self) -> str:
        """The length as an SVG attribute, whatever the reader's decimal sign."""
        return f"{self.percent:.1f}"


@dataclass(frozen=True, slots=True)
class Cell:
    """All claims of one measure about one edition."""

    edition: Edition
    claims: tuple[Figure, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The claims, those that say the same of the same kind brought together."""
        said: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for claim in self.claims:
            said[claim.kind, claim.wording].append(claim)
        return tuple(Statement(tuple(claims)) for claims in said.values())

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The statements, those of the same kind and sources brought together."""
        heard: dict[object, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            sources = tuple((claim.source, claim.as_of) for claim in statement.claims)
            heard[statement.figure.kind, sources].append(statement)
        return tuple(Voice(tuple(statements)) for statements in heard.values())

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.claims)


@dataclass(frozen=True, slots=True)
class Row:
    """A measure over the compared editions, a cell for each."""

    key: str
    name: Shown
    definition: Shown
    unit: str
    is_countable: bool
    cells: tuple[Cell, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The numbers as bars; none for a measure in words."""
        numbers = [claim.number for cell in self.cells for claim in cell if claim.number is not None]
        longest = max(numbers, default=Decimal(0))
        if not self.is_countable or not longest:
            return ()
        return tuple(
            Bar(str(cell.edition.year), said, round(float(said.figure.number / longest) * LONGEST_BAR, 1))
            for cell in self.cells
            for said in cell.statements
            if said.figure.number is not None
        )

    @property
    def is_telling(self) -> bool:
        """Whether a chart shows something: numbers of two editions, not all of them equal."""
        numbers = {bar.figure.wording for bar in self.bars}
        return len({bar.label for bar in self.bars}) > 1 and len(numbers) > 1


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one group of measures."""

    key: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Editions (oldest first), the measures of which at least one has a claim, and claims about the whole series."""

    editions: tuple[Edition, ...]
    sections: tuple[Section, ...]
    series: tuple[Figure, ...]

    @property
    def columns(self) -> int:
        """How many columns a table of all measures has."""
        return len(self.editions) + 1

    @property
    def counting_note(self) -> Text:
        """Why editions bear no number, where they agree on that."""
        notes = {edition.ordinal_note for edition in self.editions if edition.ordinal_note}
        return notes.pop() if len(notes) == 1 else Text()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of all sections."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def claims(self) -> list[tuple[Edition | None, Figure]]:
        """Every claim with its edition, in the order of the measures; those about the series come last."""
        found: list[tuple[Edition | None, Figure]] = [
            (cell.edition, claim) for row in self.rows for cell in row.cells for claim in cell
        ]
        return found + [(None, claim) for claim in self.series]


def comparison(
    actor: Actor, editions: Sequence[Edition], lang: str, *, with_series: bool = True
) -> Comparison:
    """Compare `editions` of one series for a reader of `lang`, in two queries whatever their number."""
    ordered = sorted(editions, key=lambda edition: (edition.starts_on, edition.pk))
    if not ordered:
        return Comparison((), (), ())
    wanted = Q(edition__in=ordered)
    if with_series:
        wanted |= Q(summit=ordered[0].summit_id, edition__isnull=True)
    measures = {
        measure.pk: measure for measure in visible(actor, Measure.objects.order_by("position", "key"))
    }
    found: dict[int, dict[int | None, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for observation in stated(actor).filter(wanted):
        found[observation.measure_id][observation.edition_id].append(observation)
    rows = [
        (m.group, _row(m, found[pk], ordered, lang))
        for pk, m in measures.items()
        if found[pk].keys() - {None}
    ]
    series = [figure(o, m, lang) for pk, m in measures.items() for o in found[pk][None]]
    return Comparison(tuple(ordered), _sections(rows), tuple(series))


def _sections(rows: Iterable[tuple[str, Row]]) -> tuple[Section, ...]:
    by_group: Mapping[str, list[Row]] = defaultdict(list)
    for group, row in rows:
        by_group[group].append(row)
    return tuple(
        Section(group.value, str(group.label), tuple(by_group[group]))
        for group in MeasureGroup
        if group in by_group
    )


def _row(
    measure: Measure,
    by_edition: Mapping[int | None, Sequence[Observation]],
    editions: Sequence[Edition],
    lang: str,
) -> Row:
    return Row(
        key=measure.key,
        name=measure.name.shown(lang),
        definition=measure.definition.shown(lang),
        unit=measure.unit,
        is_countable=measure.is_countable,
        cells=tuple(
            Cell(e, tuple(figure(o, measure, lang, e.fallback) for o in by_edition.get(e.pk, ())))
            for e in editions
        ),
    )
