"""`summitry import-guests`."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import override
from rich.console import Console

from summitry.editions.models import Edition
from summitry.foundation.access import system
from summitry.foundation.errors import SummitryError
from summitry.foundation.tables import Severity, TableReading, read_table
from summitry.guests.actions.importing import ImportPlan, Rest, apply_import, guess_targets, plan_import
from summitry.guests.actions.importing.columns import LABELS, Field
from summitry.guests.actions.importing.findings import sentence
from summitry.guests.models import Category

DONE, REFUSED = 0, 1
ACTOR = system("command line")
COUNTS = {
    "new": "new guests",
    "same": "guests who are known in the directory",
    "guest": "guests of this edition already",
    "doubt": "left out: may be known already",
    "known": "imported before, unchanged",
    "bad": "left out: cells that cannot be taken",
}


def import_guests(
    path: Path,
    edition_slug: str,
    *,
    dry_run: bool = False,
    category: str = "",
    alike: str = Rest.LEAVE,
    stdout: Console | None = None,
    stderr: Console | None = None,
) -> int:
    """Import the table at `path` as guests of an edition; print the report, every bad cell with its row and column.

    With `dry_run` nothing is written. Rows without a category get that of the slug `category`. What is done about people
    who may be known already, `alike` says. Returns 0 where it is done, 1 where it was refused.
    """
    out, err = stdout or Console(soft_wrap=True), stderr or Console(stderr=True, soft_wrap=True)
    with override(settings.LANGUAGE_CODE):
        try:
            table, edition, default = _opened(path, edition_slug, category)
            targets = guess_targets(table.columns)
            plan = plan_import(edition, table, targets, by=ACTOR, category=default, rest=Rest(alike))
            _print(out, err, plan, table.columns, targets)
            _check(plan, path)
            if dry_run:
                out.print("This was a dry run. Nothing was written.")
                return DONE
            result = apply_import(plan, by=ACTOR)
        except SummitryError as error:
            err.print(f"{error} Nothing was written.", markup=False, highlight=False)
            return REFUSED
        out.print(f"{result.guests} guests were imported." if result.changed else "Nothing was changed.")
    return DONE


def _opened(path: Path, edition_slug: str, category: str) -> tuple[TableReading, Edition, Category | None]:
    try:
        table = read_table(path.read_bytes(), path.name)
    except OSError as error:
        raise SummitryError(f"The file {path} cannot be read: {error.strerror}.") from error
    edition = Edition.objects.filter(slug=edition_slug).first()
    if edition is None:
        raise SummitryError(f"There is no edition {edition_slug}.")
    default = Category.objects.filter(edition=edition, slug=category).first()
    if category and default is None:
        raise SummitryError(f"The edition has no category {category}.")
    return table, edition, default


def _check(plan: ImportPlan, path: Path) -> None:
    if not plan.fingerprint:
        raise SummitryError(f"The file {path} was not imported.")


def _print(
    out: Console, err: Console, plan: ImportPlan, columns: tuple[str, ...], targets: list[str]
) -> None:
    for problem in plan.problems:
        label = "error" if problem.severity is Severity.ERROR else "warning"
        err.print(f"{problem.where or '-'}: {label}: {sentence(problem)}", markup=False, highlight=False)
    for column, target in zip(columns, targets, strict=True):
        meaning = LABELS[Field(target)] if target else "left out"
        out.print(f"Column {column}: {meaning}", markup=False, highlight=False)
    for fate, words in COUNTS.items():
        if count := plan.counts.get(fate, 0):
            out.print(f"{count} {words}", markup=False, highlight=False)
