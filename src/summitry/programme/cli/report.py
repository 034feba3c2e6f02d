"""The report of a dry run on a terminal: counts, every change, every problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from summitry.programme.actions.exchange.facets import LABELS, Facet
from summitry.programme.actions.exchange.problems import sentence, severity
from summitry.programme.actions.exchange.report import (
    ACTIONS,
    KINDS,
    FieldChange,
    ImportPlan,
    RowAction,
    RowKind,
    RowPlan,
)
from summitry.programme.interchange.problems import Problem, Severity

REFUSED = 1
LISTED = 40
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def refused(err: Console, reason: str) -> int:
    """Print why nothing was done, and return the exit code for that."""
    err.print(f"[bold red]Refused:[/] {escape(reason)}", soft_wrap=True, highlight=False)
    return REFUSED


@contextmanager
def waiting(err: Console, text: str) -> Iterator[None]:
    """Show a sign of life on a terminal; nothing where the output goes to a file."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        progress.add_task(text, total=None)
        yield


def print_plan(out: Console, plan: ImportPlan) -> None:
    """Print what an import would do."""
    if new := plan.new_edition:
        out.print(
            f"New edition [bold]{escape(new.slug)}[/]: {escape(new.title)}, {new.starts_on} to {new.ends_on}, "
            f"times in {new.zone_name}.",
            soft_wrap=True,
            highlight=False,
        )
    out.print(_counts(plan))
    if plan.rows and not plan.new_edition:
        _print_changes(out, plan.rows)
    for note in plan.notes[:LISTED]:
        subject = f"{note.label}: " if note.label else ""
        out.print(f"[dim]Note[/]  {escape(subject + str(note))}", soft_wrap=True, highlight=False)
    if len(plan.notes) > LISTED:
        out.print(f"… and {len(plan.notes) - LISTED} more notes.")
    print_problems(out, plan.problems)


def print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print each problem with the element or row that it was found in."""
    for problem in problems:
        colour = _COLOURS[problem.severity]
        where = f"{problem.where}: " if problem.where else ""
        times = f" ({problem.count} times)" if problem.count > 1 else ""
        console.print(
            f"[{colour}]{severity(problem)}[/]  {escape(where + sentence(problem) + times)}",
            soft_wrap=True,
            highlight=False,
        )


def _counts(plan: ImportPlan) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for action in RowAction:
        table.add_column(str(ACTIONS[action]), justify="right")
    table.add_column("Unchanged", justify="right")
    counts = plan.counts()
    for kind in RowKind:
        numbers = [str(counts[kind][action]) for action in RowAction]
        table.add_row(str(KINDS[kind]), *numbers, str(plan.unchanged.get(kind, 0)))
    return table


def _print_changes(out: Console, rows: Sequence[RowPlan]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("Change", "What", "Field", "From", "To"):
        table.add_column(heading, overflow="fold")
    for row in rows[:LISTED]:
        changes = row.changes if row.action is not RowAction.CREATE else ()
        for first, change in _with_first(changes or (FieldChange("", "", ""),)):
            table.add_row(
                str(ACTIONS[row.action]) if first else "",
                escape(row.label) if first else "",
                field_label(change) + (" [yellow](edited here too)[/]" if change.conflict else ""),
                escape(change.before),
                escape(change.after),
            )
    out.print(table)
    if len(rows) > LISTED:
        out.print(f"… and {len(rows) - LISTED} more.")


def _with_first(changes: Sequence[FieldChange]) -> Iterator[tuple[bool, FieldChange]]:
    for number, change in enumerate(changes):
        yield number == 0, change


def field_label(change: FieldChange) -> str:
    """Return the name of a changed field."""
    return str(LABELS[Facet(change.field)]) if change.field in set(Facet) else change.field
