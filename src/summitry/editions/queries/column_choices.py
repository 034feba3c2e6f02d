"""The columns of an imported table as a person is asked what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summitry.foundation.tables import TableReading

SAMPLES = 3
SAMPLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column, what its first cells say, and what it is taken to hold ("" for nothing)."""

    number: int
    name: str
    samples: tuple[str, ...]
    target: str

    def holding(self, target: str) -> ColumnChoice:
        """Return the column as one that holds something else."""
        return replace(self, target=target)


def column_choices(table: TableReading, targets: Sequence[str]) -> list[ColumnChoice]:
    """Return the table's columns, each with what it is taken to hold."""
    choices = []
    for number, (name, target) in enumerate(zip(table.columns, targets, strict=True)):
        cells = (row.cells[number] for row in table.rows)
        samples = [str(cell)[:SAMPLE_LENGTH] for cell in cells if cell is not None][:SAMPLES]
        choices.append(ColumnChoice(number, name, tuple(samples), target))
    return choices
