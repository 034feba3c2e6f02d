"""The import's long steps as background work: looking at a table, preparing the report, carrying it out.

Each reads the waiting upload anew, so that a worker that dies loses nothing; the last one writes all or nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from summitry.calls.actions.entry_importing.applying import apply_import
from summitry.calls.actions.entry_importing.columns import guess_targets
from summitry.calls.actions.entry_importing.findings import to_plain
from summitry.calls.actions.entry_importing.planning import ImportPlan, plan_import
from summitry.calls.models import Call
from summitry.calls.queries.entry_form import form_of
from summitry.editions.actions.uploaded_table import MB, waiting_table
from summitry.editions.queries.column_choices import column_choices
from summitry.foundation.access import require
from summitry.foundation.audit import recording
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.files.waiting import forget_upload
from summitry.foundation.jobs import Kind, Stage, TrackedWork, tracked

READ = Stage("read", _("Reading the file"), 3)
COMPARE = Stage("compare", _("Comparing it with the entries"))
TABLE = Kind("calls.import.table", _("The table is being read"), (READ,))
REPORT = Kind("calls.import.report", _("The report is being prepared"), (READ, COMPARE))
IMPORT = Kind(
    "calls.import",
    _("The entries are being imported"),
    (READ, COMPARE, Stage("write", _("Writing the entries"), 10)),
)
FILE_LIMIT = 20 * MB
DRAFTS, HANDED_IN = "drafts", "handed_in"
"""What becomes of complete rows."""
LISTED = 200
"""How many new rows a report lists; of bad cells it keeps all."""


@tracked(TABLE)
def look_at_table(work: TrackedWork, token: str, name: str) -> None:
    """Find the columns of an uploaded table, with samples; what they hold is guessed once the call is known."""
    table = waiting_table(work, token, name)
    work.finish(
        columns=[asdict(choice) for choice in column_choices(table, [""] * len(table.columns))],
        rows=len(table.rows),
        problems=[to_plain(problem) for problem in table.problems],
    )


@tracked(REPORT)
def prepare_report(
    work: TrackedWork, token: str, name: str, columns: Sequence[str], call: str, becomes: str
) -> None:
    """Work out what importing an upload would do, and keep what a person needs to decide."""
    plan = _planned(work, token, name, columns, call)
    work.finish(
        fingerprint=plan.fingerprint,
        counts=plan.counts,
        rows=plan.row_count,
        hands_in=becomes == HANDED_IN,
        problems=[to_plain(problem) for problem in plan.problems],
        new=[f"{row.number}: {row.title}" for row in plan.new[:LISTED]],
    )


@tracked(IMPORT)
def carry_out(
    work: TrackedWork,
    token: str,
    name: str,
    columns: Sequence[str],
    call: str,
    becomes: str,
    fingerprint: str,
) -> None:
    """Import an upload as its report said; then the upload goes.

    Refused, with nothing written, where the report would be another one by now.
    """
    plan = _planned(work, token, name, columns, call)
    if plan.fingerprint != fingerprint:
        raise StaleState
    with recording():
        result = apply_import(plan, by=work.actor, hands_in=becomes == HANDED_IN, watch=work)
        work.finish(**asdict(result), counts=plan.counts, call=call)
    forget_upload(token)


def guessed(call: Call, columns: Sequence[str]) -> list[str]:
    """Return what the columns are likely to hold for this call."""
    return guess_targets(form_of(call), columns)


def _planned(work: TrackedWork, token: str, name: str, columns: Sequence[str], slug: str) -> ImportPlan:
    """Raises PermissionRefused, NotFound, or InvalidInput where the upload is gone."""
    calls = Call.objects.filter(edition=work.progress.edition_id or 0, slug=slug).select_related("edition")
    call = calls.first()
    if call is None:
        raise NotFound
    require(work.actor, "edit", call)
    return plan_import(call, waiting_table(work, token, name), columns, by=work.actor, watch=work)
