"""The import's long steps as background work: looking at a table, preparing the report, carrying it out.

Each reads the waiting upload anew, so that a worker that dies loses nothing; the last one writes all or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from summitry.calls.actions.juror_importing.applying import apply_import
from summitry.calls.actions.juror_importing.columns import guess_targets
from summitry.calls.actions.juror_importing.findings import to_plain
from summitry.calls.actions.juror_importing.planning import Fate, ImportPlan, Planned, plan_import
from summitry.calls.models import Call
from summitry.editions.actions.uploaded_table import MB, waiting_table
from summitry.editions.queries.column_choices import column_choices
from summitry.foundation.access import require
from summitry.foundation.audit import recording
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.files.waiting import forget_upload
from summitry.foundation.jobs import Kind, Stage, TrackedWork, tracked
from summitry.guests.actions.importing import Rest

READ = Stage("read", _("Reading the file"), 3)
COMPARE = Stage("compare", _("Comparing it with the directory"))
TABLE = Kind("calls.jurors.import.table", _("The table is being read"), (READ,))
REPORT = Kind("calls.jurors.import.report", _("The report is being prepared"), (READ, COMPARE))
IMPORT = Kind(
    "calls.jurors.import",
    _("The jurors are being imported"),
    (READ, COMPARE, Stage("write", _("Writing the jurors"), 10)),
)
FILE_LIMIT = 5 * MB
PROPOSED, INVITED = "proposed", "invited"
"""What becomes of the rows."""
LISTED = 200
"""How many rows to decide about, and how many new ones, a report lists; of bad cells it keeps all."""


@tracked(TABLE)
def look_at_table(work: TrackedWork, token: str, name: str) -> None:
    """Find the columns of an uploaded table, with samples and a guess at what each holds; none where it is none."""
    table = waiting_table(work, token, name)
    work.finish(
        columns=[asdict(choice) for choice in column_choices(table, guess_targets(table.columns))],
        rows=len(table.rows),
        problems=[to_plain(problem) for problem in table.problems],
    )


@tracked(REPORT)
def prepare_report(
    work: TrackedWork, token: str, name: str, columns: Sequence[str], call: str, becomes: str
) -> None:
    """Work out what importing an upload would do, and keep what a person needs to decide."""
    plan = _planned(work, token, name, columns, call)
    doubts = [_line(planned) for planned in plan.rows if planned.fate is Fate.DOUBT]
    work.finish(
        fingerprint=plan.fingerprint,
        counts=plan.counts,
        rows=plan.row_count,
        invites=becomes == INVITED,
        problems=[to_plain(problem) for problem in plan.problems],
        doubts=doubts[:LISTED],
        new=[planned.row.name for planned in plan.rows if planned.fate is Fate.NEW][:LISTED],
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
    decided: Mapping[str, str],
) -> None:
    """Import an upload as its report said and as was decided, by row, "rest" for all others; then the upload goes.

    Refused, with nothing written, where the report would be another one by now.
    """
    plan = _planned(work, token, name, columns, call, decided)
    if plan.fingerprint != fingerprint:
        raise StaleState
    with recording():
        result = apply_import(plan, by=work.actor, invites=becomes == INVITED, watch=work)
        work.finish(**asdict(result), counts=plan.counts, call=call)
    forget_upload(token)


def _planned(
    work: TrackedWork,
    token: str,
    name: str,
    columns: Sequence[str],
    slug: str,
    decided: Mapping[str, str] | None = None,
) -> ImportPlan:
    """Raises PermissionRefused, NotFound, or InvalidInput where the upload is gone."""
    calls = Call.objects.filter(edition=work.progress.edition_id or 0, slug=slug).select_related("edition")
    call = calls.first()
    if call is None:
        raise NotFound
    require(work.actor, "edit", call)
    given = dict(decided or {})
    rest = Rest(given.pop("rest", Rest.LEAVE))
    return plan_import(
        call,
        waiting_table(work, token, name),
        columns,
        by=work.actor,
        decisions={int(row): choice for row, choice in given.items()},
        rest=rest,
        watch=work,
    )


def _line(planned: Planned) -> dict[str, object]:
    """Return a row to be decided about as JSON."""
    row = planned.row
    return {
        "number": row.number,
        "name": row.name,
        "facts": ", ".join(filter(None, (row.organisation, row.email))),
        "like": [[match.person_id, str(match.likeness)] for match in planned.like],
    }
