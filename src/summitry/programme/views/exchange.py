"""The console's import of a schedule: what its steps ask and show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from summitry.editions.queries.column_choices import ColumnChoice
from summitry.editions.views.import_work import StepWork, Upload
from summitry.editions.views.importing import Wizard
from summitry.foundation.access import require
from summitry.foundation.files.waiting import WaitingFile
from summitry.foundation.models import Progress
from summitry.programme.actions.exchange import working
from summitry.programme.actions.exchange.columns import targets_for
from summitry.programme.actions.exchange.outline import Outline, from_json
from summitry.programme.actions.exchange.presenting import problem_lines, told
from summitry.programme.actions.exchange.reading import is_table
from summitry.programme.actions.exchange.waiting import keep_upload, upload_limits


class ScheduleImport(Wizard[Upload]):
    """One person's import of a schedule into one edition."""

    nav = "import"
    key = "import"
    addresses = "programme_console"
    templates = "programme/exchange"
    upload_type = Upload
    looking = StepWork(working.look_at_table, working.TABLE)
    reporting = StepWork(working.prepare_report, working.REPORT)
    importing = StepWork(working.carry_out, working.IMPORT)

    def check(self) -> None:
        """Only who may edit the edition."""
        require(self.actor, "edit", self.edition)

    def receive(self, upload: UploadedFile[bytes]) -> WaitingFile:
        """Take a schedule, or a table."""
        return keep_upload(upload)

    def limits(self) -> dict[str, object]:
        """How large either may be."""
        return {"limits": upload_limits()}

    def begin(self, waiting: WaitingFile) -> Progress:
        """The next step depends on what it is: only a table has columns."""
        if is_table(waiting.data, waiting.name):
            return self.begin_table()
        return self.begin_report()

    def explain(self, columns: list[ColumnChoice], given: QueryDict) -> Upload:
        """What was chosen; what the report cannot understand, it says."""
        chosen = tuple(given.get(f"column-{column.number}", "") for column in columns)
        return replace(self.upload, columns=chosen)

    def explaining(self, _table: Mapping[str, Any]) -> dict[str, object]:
        """What a column can hold."""
        return {"targets": targets_for(self.edition)}

    def fingerprint(self, report: Mapping[str, Any]) -> str:
        """That of the plan."""
        return from_json(report["outline"]).fingerprint

    def decide(self, report: Mapping[str, Any], given: QueryDict) -> Progress | None:
        """Import into the draft, or publish as well; what the plan refuses needs to be accepted."""
        outline = from_json(report["outline"])
        accept = "accept" in given
        if any(refusal.final or not accept for refusal in outline.refusals):
            return None
        return self.begin_import(outline.fingerprint, given.get("then") != "draft", accept)

    def reported(self, report: Mapping[str, Any]) -> dict[str, object]:
        """What would change."""
        return {"is_table": report["is_table"], **_outlined(from_json(report["outline"]))}

    def told(self, result: Mapping[str, Any]) -> dict[str, object]:
        """What was changed."""
        return {"result": result, **_outlined(from_json(result["outline"]))}


def _outlined(outline: Outline) -> dict[str, object]:
    return {
        "outline": outline,
        "report": told(outline) if outline.fingerprint else None,
        "problems": problem_lines(outline.problems),
    }
