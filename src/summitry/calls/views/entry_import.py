"""The console's import of entries: what its steps ask and show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.calls.actions.entry_importing import working
from summitry.calls.actions.entry_importing.columns import checked_targets, targets_of
from summitry.calls.actions.entry_importing.findings import from_plain, sentence
from summitry.calls.models import Call
from summitry.calls.queries.calls import calls_at_work
from summitry.calls.queries.entry_form import form_of
from summitry.editions.actions.uploaded_table import keep_table, megabytes
from summitry.editions.queries.column_choices import ColumnChoice
from summitry.editions.views.import_work import COLUMNS, StepWork, Upload
from summitry.editions.views.importing import Wizard, place_words, problems_file
from summitry.foundation.access import policy_for, require
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.files.waiting import WaitingFile
from summitry.foundation.models import Progress
from summitry.foundation.tables.limits import MAX_ROWS

SHOWN = 300


@dataclass(frozen=True, slots=True)
class EntryUpload(Upload):
    """An upload with the call for which it is, and what becomes of complete rows."""

    call: str = ""
    becomes: str = working.DRAFTS


class EntryImport(Wizard[EntryUpload]):
    """One person's import of entries into one edition."""

    nav = "calls"
    key = "entry-import"
    addresses = "calls"
    templates = "calls/import"
    upload_type = EntryUpload
    looking = StepWork(working.look_at_table, working.TABLE)
    reporting = StepWork(working.prepare_report, working.REPORT)
    importing = StepWork(working.carry_out, working.IMPORT)

    def check(self) -> None:
        """Only who keeps a call of the edition."""
        require(self.actor, "enter", self.edition)
        if not self.calls():
            raise PermissionRefused

    def calls(self) -> list[Call]:
        """Return the calls into which this person may import."""
        may = policy_for(Call).may
        return [call for call in calls_at_work(self.actor, self.edition) if may(self.actor, "edit", call)]

    def chosen(self) -> tuple[object, ...]:
        """The columns, the call, and what becomes of complete rows."""
        return self.upload.columns, self.upload.call, self.upload.becomes

    def receive(self, upload: UploadedFile[bytes]) -> WaitingFile:
        """Take a table."""
        return keep_table(upload, "entries", working.FILE_LIMIT)

    def begin(self, waiting: WaitingFile) -> Progress:
        """Look at its columns; the call is that of the page of entries from which somebody came."""
        self.remember(replace(self.upload, call=self._call(self.request.GET.get("call", "")).slug))
        return super().begin(waiting)

    def limits(self) -> dict[str, object]:
        """How large it may be."""
        return {"limit": megabytes(working.FILE_LIMIT), "rows": MAX_ROWS}

    def without_columns(self, table: Mapping[str, Any]) -> HttpResponse:
        """Say what is wrong with a file that is no table."""
        return self.shown("columns", COLUMNS, {"columns": [], "problems": _problems(table)}, 422)

    def explain(self, columns: list[ColumnChoice], given: QueryDict) -> EntryUpload:
        """What was chosen; a column about which nothing was said yet is guessed for the chosen call."""
        call = self._call(given.get("call", ""))
        names = [column.name for column in columns]
        chosen = [given.get(f"column-{column.number}", "") for column in columns]
        targets = checked_targets(form_of(call), names, chosen)
        becomes = working.HANDED_IN if given.get("becomes") == working.HANDED_IN else working.DRAFTS
        return replace(self.upload, columns=tuple(targets), call=call.slug, becomes=becomes)

    def explaining(self, table: Mapping[str, Any]) -> dict[str, object]:
        """What a column can hold, the calls, and the guess for the chosen one."""
        call = self._call(self.request.GET.get("call", "") or self.upload.call)
        names = [facts["name"] for facts in table["columns"]]
        targets = targets_of(form_of(call), get_language() or "en")
        held: dict[str, object] = {}
        if not self.upload.columns or self.upload.call != call.slug:
            guess = working.guessed(call, names)
            choices = [ColumnChoice(**facts) for facts in table["columns"]]
            held["columns"] = [column.holding(one) for column, one in zip(choices, guess, strict=True)]
        return {
            **held,
            "targets": list(targets.items()),
            "calls": self.calls(),
            "call": call,
            "hands_in": self.upload.becomes == working.HANDED_IN,
        }

    def fingerprint(self, report: Mapping[str, Any]) -> str:
        """That of the plan."""
        return str(report["fingerprint"]) if report["counts"]["new"] else ""

    def decide(self, report: Mapping[str, Any], given: QueryDict) -> Progress:
        """Import."""
        return self.begin_import(report["fingerprint"])

    def reported(self, report: Mapping[str, Any]) -> dict[str, object]:
        """What would happen."""
        problems = _problems(report)
        return {
            "result": report,
            "counts": report["counts"],
            "can_import": bool(self.fingerprint(report)),
            "problems": problems[:SHOWN],
            "problem_count": len(problems),
            "more_problems": max(0, len(problems) - SHOWN),
        }

    def told(self, result: Mapping[str, Any]) -> dict[str, object]:
        """What was imported."""
        return {"result": result}

    def _call(self, slug: str) -> Call:
        calls = self.calls()
        return next((call for call in calls if call.slug == slug), calls[0])


@never_cache
@login_required
@require_safe
def import_problems(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Send every problem of the report as a table, to be put right in the file."""
    return problems_file(EntryImport(request, edition), _problems)


def _problems(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    problems = map(from_plain, result["problems"])
    return [(place_words(problem.where), sentence(problem)) for problem in problems]
