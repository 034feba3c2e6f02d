"""The report of a dry run on a terminal: counts, every change, every problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from summitry.programme.actions.exchange.presenting import (
    ChangeLine,
    Report,
    RowLine,
    problem_lines,
    report_of,
)
from summitry.programme.actions.exchange.report import ImportPlan
from summitry.programme.interchange.problems import Problem, Severity

REFUSED = 1
LISTED = 40
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_NOTHING = ChangeLine("", "", "", conflict=False)


def refused(err: Console, reason: str) -> int:
    """Print why nothing was done, and return the exit code for that."""
    say(err, ("Refused:", "bold red"), f" {reason}")
    return REFUSED


def say(console: Console, *parts: str | tuple[str, str]) -> None:
    """Print a sentence as it is (a part may have a style): what looks like markup in it is none."""
    console.print(Text.assemble(*parts), soft_wrap=True, highlight=False)


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
        dates = f"{new.starts_on} to {new.ends_on}, times in {new.zone_name}"
        say(out, "New edition ", (new.slug, "bold"), f": {new.title}, {dates}.")
    report = report_of(plan, LISTED)
    out.print(_counts(report))
    if report.rows and not plan.new_edition:
        out.print(_changes(report.rows))
        _more(out, report.more)
    for label, text in report.notes:
        say(out, ("Note", "dim"), f"  {label}: {text}" if label else f"  {text}")
    _more(out, report.more_notes)
    print_problems(out, plan.problems)


def print_problems(console: Console, problems: Sequence[Problem]) -> None:
    """Print each problem with the element or row that it was found in."""
    for line in problem_lines(problems):
        where = f"{line.where}: " if line.where else ""
        times = f" ({line.count} times)" if line.count > 1 else ""
        say(console, (line.label, _COLOURS[Severity(line.severity)]), f"  {where}{line.text}{times}")


def _more(out: Console, count: int) -> None:
    if count:
        say(out, f"… and {count} more.")


def _counts(report: Report) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for action in report.actions:
        table.add_column(action, justify="right")
    for line in report.counts:
        table.add_row(line.kind, *map(str, line.numbers))
    return table


def _changes(rows: Sequence[RowLine]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Change", "What", "Field", "From", "To"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        for number, change in enumerate(row.changes or (_NOTHING,)):
            table.add_row(
                "" if number else row.action_label,
                Text("" if number else row.label),
                Text.assemble(change.field, (" (edited here too)" if change.conflict else "", "yellow")),
                Text(change.before),
                Text(change.after),
            )
    return table
