"""The import's long steps as background work: looking at a table, preparing the report, carrying it out.

Each reads the waiting upload anew, so that a worker that dies loses nothing; the last one writes all or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.editions.queries.column_choices import column_choices
from summitry.foundation.access import require
from summitry.foundation.audit import recording
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.files.waiting import WaitingFile, forget_upload, waiting_file
from summitry.foundation.jobs import Kind, Stage, TrackedWork, tracked
from summitry.programme.actions.exchange.applying import apply_import
from summitry.programme.actions.exchange.columns import mapping_of
from summitry.programme.actions.exchange.errors import PlanOutdated
from summitry.programme.actions.exchange.outline import outline_of, to_json
from summitry.programme.actions.exchange.planning import plan_import
from summitry.programme.actions.exchange.reading import ScheduleFile, read_file
from summitry.programme.actions.exchange.report import ImportPlan, ImportStage

READ = Stage(ImportStage.READ, _("Reading the file"), 2)
COMPARE = Stage(ImportStage.COMPARE, _("Comparing it with the schedule"), 2)
TABLE = Kind("programme.import.table", _("The table is being read"), (READ,))
REPORT = Kind("programme.import.report", _("The report is being prepared"), (READ, COMPARE))
IMPORT = Kind(
    "programme.import",
    _("The schedule is being imported"),
    (
        READ,
        COMPARE,
        Stage(ImportStage.NAMES, _("Writing rooms, tracks and people"), 1),
        Stage(ImportStage.SESSIONS, _("Bringing the sessions together"), 5),
        Stage(ImportStage.STORE, _("Writing the sessions"), 5),
        Stage(ImportStage.PUBLISH, _("Publishing"), 10),
    ),
)


@tracked(TABLE)
def look_at_table(work: TrackedWork, token: str, name: str) -> None:
    """Find the columns of an uploaded table, with samples and a guess at what each holds; none where it is none."""
    waiting, edition = _asked(work, token, name)
    work.stage(ImportStage.READ)
    file = read_file(waiting.data, waiting.name, edition)
    table = file.table
    guessed = file.mapping.texts() if file.mapping else {}
    choices = column_choices(table, [guessed.get(name, "") for name in table.columns]) if table else []
    rows = len(table.rows) if table else 0
    work.finish(columns=[asdict(choice) for choice in choices], rows=rows)


@tracked(REPORT)
def prepare_report(work: TrackedWork, token: str, name: str, columns: Sequence[str]) -> None:
    """Work out what importing an upload would do, and keep the outline of it."""
    file, plan = _planned(work, token, name, columns)
    outline = outline_of(plan, file.reading.problems)
    work.finish(outline=to_json(outline), is_table=file.table is not None)


@tracked(IMPORT)
def carry_out(
    work: TrackedWork,
    token: str,
    name: str,
    columns: Sequence[str],
    fingerprint: str,
    publish: bool,  # noqa: FBT001 - a job's arguments are JSON values in order
    accept: bool,  # noqa: FBT001 - as above
) -> None:
    """Import an upload exactly as the report with this fingerprint said; then the upload goes.

    Refused, with nothing written, where the report would be another one by now.
    """
    _file, plan = _planned(work, token, name, columns)
    if plan is None or plan.fingerprint != fingerprint:
        raise PlanOutdated
    with recording():
        result = apply_import(plan, by=work.actor, publish=publish, accept=accept, watch=work)
        work.finish(
            changed=result.changed,
            published=result.published,
            version=result.version,
            outline=to_json(outline_of(plan, limit=0)),
        )
    forget_upload(token)


def _asked(work: TrackedWork, token: str, name: str) -> tuple[WaitingFile, Edition]:
    """The upload and the edition it is for. Raises PermissionRefused, NotFound, or InvalidInput where it is gone."""
    edition = Edition.objects.filter(pk=work.progress.edition_id or 0).first()
    if edition is None:
        raise NotFound
    require(work.actor, "edit", edition)
    waiting = waiting_file(token, name)
    if waiting is None:
        raise InvalidInput(_("The uploaded file is no longer there. Please upload it once more."))
    return waiting, edition


def _planned(
    work: TrackedWork, token: str, name: str, columns: Sequence[str]
) -> tuple[ScheduleFile, ImportPlan | None]:
    waiting, edition = _asked(work, token, name)
    work.stage(ImportStage.READ)
    file = read_file(waiting.data, waiting.name, edition)
    if file.table is not None and columns:
        mapping = mapping_of(file.table.columns, columns)
        file = read_file(waiting.data, waiting.name, edition, mapping=mapping)
    reading = file.reading
    if reading.document is None:
        return file, None
    work.stage(ImportStage.COMPARE)
    plan = plan_import(
        reading.document, edition, by=work.actor, problems=reading.problems, scope=file.scope, watch=work
    )
    return file, plan
