"""The console's import of jurors: what its steps ask and show."""

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

from summitry.calls.actions.juror_importing import Rest, working
from summitry.calls.actions.juror_importing.columns import LABELS, checked_targets
from summitry.calls.actions.juror_importing.findings import from_plain, sentence
from summitry.calls.models import Call
from summitry.calls.queries.calls import calls_at_work
from summitry.directory.queries.matching import Likeness, Match
from summitry.editions.actions.uploaded_table import keep_table, megabytes
from summitry.editions.models import Edition
from summitry.editions.queries.column_choices import ColumnChoice
from summitry.editions.views.import_work import COLUMNS, StepWork, Upload
from summitry.editions.views.importing import Wizard, place_words, problems_file, row_decisions
from summitry.foundation.access import policy_for, require
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.files.waiting import WaitingFile
from summitry.foundation.models import Progress
from summitry.foundation.tables.limits import MAX_ROWS
from summitry.guests.queries.invitees import WORDS, candidates

SHOWN = 300


@dataclass(frozen=True, slots=True)
class JurorUpload(Upload):
    """An upload with the call for which it is, and what becomes of its rows."""

    call: str = ""
    becomes: str = working.PROPOSED


class JurorImport(Wizard[JurorUpload]):
    """One person's import of jurors into the calls of one edition."""

    nav = "calls"
    key = "juror-import"
    addresses = "calls"
    names = "import_jurors"
    templates = "calls/jury/import"
    upload_type = JurorUpload
    looking = StepWork(working.look_at_table, working.TABLE)
    reporting = StepWork(working.prepare_report, working.REPORT)
    importing = StepWork(working.carry_out, working.IMPORT)

    def check(self) -> None:
        """Only who keeps the jury of a call of the edition."""
        require(self.actor, "enter", self.edition)
        if not self.calls():
            raise PermissionRefused

    def calls(self) -> list[Call]:
        """Return the calls into whose juries this person may import."""
        may = policy_for(Call).may
        return [call for call in calls_at_work(self.actor, self.edition) if may(self.actor, "edit", call)]

    def chosen(self) -> tuple[object, ...]:
        """The columns, the call, and what becomes of the rows."""
        return self.upload.columns, self.upload.call, self.upload.becomes

    def receive(self, upload: UploadedFile[bytes]) -> WaitingFile:
        """Take a table."""
        return keep_table(upload, "jurors", working.FILE_LIMIT)

    def begin(self, waiting: WaitingFile) -> Progress:
        """Look at its columns; the call is that of the jury's page from which somebody came."""
        self.remember(replace(self.upload, call=self._call(self.request.GET.get("call", "")).slug))
        return super().begin(waiting)

    def limits(self) -> dict[str, object]:
        """How large it may be."""
        return {"limit": megabytes(working.FILE_LIMIT), "rows": MAX_ROWS}

    def without_columns(self, table: Mapping[str, Any]) -> HttpResponse:
        """Say what is wrong with a file that is no table."""
        return self.shown("columns", COLUMNS, {"columns": [], "problems": _problems(table)}, 422)

    def explain(self, columns: list[ColumnChoice], given: QueryDict) -> JurorUpload:
        """What was chosen; what is unknown or chosen twice holds nothing."""
        chosen = [given.get(f"column-{column.number}", "") for column in columns]
        targets = checked_targets([column.name for column in columns], chosen)
        call = self._call(given.get("call", "")).slug
        becomes = working.INVITED if given.get("becomes") == working.INVITED else working.PROPOSED
        return replace(self.upload, columns=tuple(targets), call=call, becomes=becomes)

    def explaining(self, _table: Mapping[str, Any]) -> dict[str, object]:
        """What a column can hold, the calls, and what becomes of the rows."""
        return {
            "targets": [(str(field), label) for field, label in LABELS.items()],
            "calls": self.calls(),
            "call": self._call(self.upload.call),
            "invites": self.upload.becomes == working.INVITED,
        }

    def fingerprint(self, report: Mapping[str, Any]) -> str:
        """That of the plan."""
        counts = report["counts"]
        return str(report["fingerprint"]) if counts["new"] or counts["doubt"] else ""

    def decide(self, report: Mapping[str, Any], given: QueryDict) -> Progress:
        """Import as is decided about each who may be known."""
        rest = given.get("rest", "")
        decisions = row_decisions(given)
        decisions["rest"] = rest if rest in set(Rest) else str(Rest.LEAVE)
        return self.begin_import(report["fingerprint"], decisions)

    def reported(self, report: Mapping[str, Any]) -> dict[str, object]:
        """What would happen, and whom to decide about."""
        problems = _problems(report)
        return {
            "result": report,
            "counts": report["counts"],
            "can_import": bool(self.fingerprint(report)),
            "problems": problems[:SHOWN],
            "problem_count": len(problems),
            "more_problems": max(0, len(problems) - SHOWN),
            "doubts": _doubts(self.edition, report),
            "more_doubts": max(0, report["counts"]["doubt"] - len(report["doubts"])),
        }

    def told(self, result: Mapping[str, Any]) -> dict[str, object]:
        """Who was imported."""
        return {"result": result}

    def _call(self, slug: str) -> Call:
        calls = self.calls()
        return next((call for call in calls if call.slug == slug), calls[0])


@never_cache
@login_required
@require_safe
def import_problems(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Send every problem of the report as a table, to be put right in the file."""
    return problems_file(JurorImport(request, edition), _problems)


def _problems(result: Mapping[str, Any]) -> list[tuple[str, str]]:
    problems = map(from_plain, result["problems"])
    return [(place_words(problem.where), sentence(problem)) for problem in problems]


def _doubts(edition: Edition, result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows to decide about, with the people whom they are like as a person sees them."""
    matches = [Match(pk, Likeness(why)) for row in result["doubts"] for pk, why in row["like"]]
    people = candidates(edition, matches, get_language() or "en")
    return [
        {
            **row,
            "people": [
                replace(people[pk], why=str(WORDS[Likeness(why)])) for pk, why in row["like"] if pk in people
            ],
        }
        for row in result["doubts"]
    ]
