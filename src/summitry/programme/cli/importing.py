"""`summitry import-schedule`."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import override
from rich.console import Console

from summitry.editions.models import Edition
from summitry.foundation.access import system
from summitry.foundation.errors import SummitryError
from summitry.programme.actions.exchange import ImportPlan, ImportResult, apply_import, plan_import
from summitry.programme.actions.exchange.reading import ScheduleFile, read_file
from summitry.programme.cli.report import print_plan, print_problems, refused, say, waiting

DONE = 0
ACTOR = system("command line")


def import_schedule(
    path: Path,
    edition_slug: str,
    *,
    dry_run: bool = False,
    draft: bool = False,
    accept: bool = False,
    stdout: Console | None = None,
    stderr: Console | None = None,
) -> int:
    """Import the schedule file at `path` into an edition, or open one from its conference block; print the report.

    With `dry_run` nothing is written, with `draft` nothing is published, with `accept` the import goes on in spite of
    errors in the file that its reader could repair. Returns 0 where it is done, 1 where it was refused.
    """
    out, err = stdout or Console(), stderr or Console(stderr=True)
    with override(settings.LANGUAGE_CODE):
        try:
            data = path.read_bytes()
        except OSError as error:
            return refused(err, f"The file {path} cannot be read: {error.strerror}.")
        edition = Edition.objects.filter(slug=edition_slug).first()
        with waiting(err, f"Reading {path.name} …"):
            file = read_file(data, path.name, edition, slug=edition_slug)
        if file.reading.document is None:
            print_problems(err, file.reading.problems)
            return refused(err, f"The file {path} was not imported. Nothing was written.{_columns(file)}")
        try:
            plan = _report(file, edition, edition_slug, out, err)
            if reasons := _reasons(plan, accept=accept):
                return refused(err, reasons)
            if dry_run:
                say(out, "This was a dry run. Nothing was written.")
                return DONE
            with waiting(err, "Importing …"):
                result = apply_import(plan, by=ACTOR, publish=not draft, accept=accept)
        except SummitryError as error:
            return refused(err, f"{error} Nothing was written.")
        say(out, _outcome(result))
    return DONE


def _report(file: ScheduleFile, edition: Edition | None, slug: str, out: Console, err: Console) -> ImportPlan:
    reading = file.reading
    if reading.document is None:
        raise TypeError("only a file that was understood has a report")
    with waiting(err, "Comparing …"):
        plan = plan_import(
            reading.document, edition, by=ACTOR, slug=slug, problems=reading.problems, scope=file.scope
        )
    print_plan(out, plan)
    return plan


def _reasons(plan: ImportPlan, *, accept: bool) -> str:
    """Why the plan is not carried out, and what can be done about it; nothing where it can be."""
    refusals = [refusal for refusal in plan.refusals if refusal.final or not accept]
    if not refusals:
        return ""
    sentences = [*map(str, refusals), "Nothing was written."]
    if not any(refusal.final for refusal in refusals):
        sentences.append("With --accept-errors it is imported as the report says.")
    return " ".join(sentences)


def _outcome(result: ImportResult) -> str:
    if not result.changed:
        return "Everything in the file is here already. Nothing was changed."
    if not result.published:
        return f"Imported into {result.slug}. No new version was published."
    return f"Imported into {result.slug} and published as version {result.version}."


def _columns(file: ScheduleFile) -> str:
    if file.table is None or not file.table.columns:
        return ""
    columns = ", ".join(file.table.columns)
    return f" Its columns are: {columns}. In the console you can say what each of them holds."
