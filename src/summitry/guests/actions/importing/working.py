"""The import's long steps as background work: looking at a table, preparing the report, carrying it out.

Each reads the waiting upload anew, so that a worker that dies loses nothing; the last one writes all or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from summitry.editions.actions.uploaded_table import MB, waiting_table
from summitry.editions.models import Edition
from summitry.editions.queries.column_choices import column_choices
from summitry.foundation.access import require
from summitry.foundation.audit import recording
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.files.waiting import forget_upload
from summitry.foundation.jobs import Kind, Stage, TrackedWork, tracked
from summitry.foundation.tables import TableReading
from summitry.guests.actions.importing.applying import apply_import
from summitry.guests.actions.importing.columns import guess_targets
from summitry.guests.actions.importing.findings import to_plain
from summitry.guests.actions.importing.planning import Fate, ImportPlan, Planned, Rest, plan_import
from summitry.guests.models import Category, Guest, Invitation

READ = Stage("read", _("Reading the file"), 2)
COMPARE = Stage("compare", _("Comparing it with the directory"), 3)
TABLE = Kind("guests.import.table", _("The table is being read"), (READ,))
REPORT = Kind("guests.import.report", _("The report is being prepared"), (READ, COMPARE))
IMPORT = Kind(
    "guests.import",
    _("The guests are being imported"),
    (READ, COMPARE, Stage("write", _("Writing the guests"), 20)),
)
FILE_LIMIT = 20 * MB
LISTED = 200
"""How many rows of a sort a report keeps; of bad cells it keeps all."""


@tracked(TABLE)
def look_at_table(work: TrackedWork, token: str, name: str) -> None:
    """Find the columns of an uploaded table, with samples and a guess at what each holds; none where it is none."""
    table, _edition = _asked(work, token, name)
    work.finish(
        columns=[asdict(choice) for choice in column_choices(table, guess_targets(table.columns))],
        rows=len(table.rows),
        problems=[to_plain(problem) for problem in table.problems],
    )


@tracked(REPORT)
def prepare_report(work: TrackedWork, token: str, name: str, columns: Sequence[str], category: str) -> None:
    """Work out what importing an upload would do, and keep what a person needs to decide."""
    plan = _planned(work, token, name, columns, category)
    doubts = [_line(planned) for planned in plan.rows if planned.fate is Fate.DOUBT]
    work.finish(
        fingerprint=plan.fingerprint,
        counts=plan.counts,
        rows=plan.row_count,
        problems=[to_plain(problem) for problem in plan.problems],
        doubts=doubts[:LISTED],
        new=[planned.row.label for planned in plan.rows if planned.fate is Fate.NEW][:LISTED],
    )


@tracked(IMPORT)
def carry_out(
    work: TrackedWork,
    token: str,
    name: str,
    columns: Sequence[str],
    category: str,
    fingerprint: str,
    decisions: Mapping[str, str],
    rest: str,
) -> None:
    """Import an upload as its report said and as was decided; then the upload goes.

    Refused, with nothing written, where the report would be another one by now.
    """
    plan = _planned(work, token, name, columns, category, decisions, rest)
    if plan.fingerprint != fingerprint:
        raise StaleState
    with recording():
        result = apply_import(plan, by=work.actor, watch=work)
        work.finish(**asdict(result), counts=plan.counts)
    forget_upload(token)


def _asked(work: TrackedWork, token: str, name: str) -> tuple[TableReading, Edition]:
    """The table and the edition it is for. Raises PermissionRefused, NotFound, or InvalidInput where it is gone."""
    edition = Edition.objects.filter(pk=work.progress.edition_id or 0).first()
    if edition is None:
        raise NotFound
    require(work.actor, "edit", Invitation(guest=Guest(edition=edition)))
    return waiting_table(work, token, name), edition


def _planned(
    work: TrackedWork,
    token: str,
    name: str,
    columns: Sequence[str],
    category: str,
    decisions: Mapping[str, str] | None = None,
    rest: str = Rest.LEAVE,
) -> ImportPlan:
    table, edition = _asked(work, token, name)
    return plan_import(
        edition,
        table,
        columns,
        by=work.actor,
        category=Category.objects.filter(edition=edition, slug=category).first(),
        decisions={int(number): choice for number, choice in (decisions or {}).items()},
        rest=Rest(rest),
        watch=work,
    )


def _line(planned: Planned) -> dict[str, object]:
    """Return a row to be decided about as JSON."""
    row = planned.row
    return {
        "number": row.number,
        "name": " · ".join(row.forms),
        "facts": ", ".join(filter(None, (row.post, row.organisation, row.email))),
        "like": [[match.person_id, str(match.likeness)] for match in planned.like],
        "row": planned.like_row,
        "why": str(planned.why_row or ""),
    }
