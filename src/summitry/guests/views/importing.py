"""The console's import of guests: what its steps ask and show."""

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

from summitry.directory.queries.matching import Likeness, Match
from summitry.editions.actions.uploaded_table import keep_table, megabytes
from summitry.editions.models import Edition
from summitry.editions.queries.column_choices import ColumnChoice
from summitry.editions.views.import_work import COLUMNS, StepWork, Upload
from summitry.editions.views.importing import Wizard, place_words, problems_file, row_decisions
from summitry.foundation.access import require
from summitry.foundation.files.waiting import WaitingFile
from summitry.foundation.models import Progress
from summitry.foundation.tables.limits import MAX_ROWS
from summitry.guests.actions.importing import Rest, working
from summitry.guests.actions.importing.columns import LABELS, checked_targets
from summitry.guests.actions.importing.findings import from_plain, sentence
from summitry.guests.models import Category, Guest, Invitation
from summitry.guests.queries.invitees import WORDS, candidates

SHOWN = 300


@dataclass(frozen=True, slots=True)
class GuestUpload(Upload):
    """An upload with the category of those rows that name none."""

    category: str = ""


class GuestImport(Wizard[GuestUpload]):
    """One person's import of guests into one edition."""

    nav = "console-guest-import"
    key = "guest-import"
    addresses = "guests"
    templates = "guests/import"
    upload_type = GuestUpload
    looking = StepWork(working.look_at_table, working.TABLE)
    reporting = StepWork(working.prepare_report, working.REPORT)
    importing = StepWork(working.carry_out, working.IMPORT)

    def check(self) -> None:
        """Only who may invite."""
        require(self.actor, "enter", self.edition)
        require(self.actor, "edit", Invitation(guest=Guest(edition=self.edition)))

    def chosen(self) -> tuple[object, ...]:
        """The columns, and the category of those rows that name none."""
        return self.upload.columns, self.upload.category

    def receive(self, upload: UploadedFile[bytes]) -> WaitingFile:
        """Take a table."""
        return keep_table(upload, "guests", working.FILE_LIMIT)

    def limits(self) -> dict[str, object]:
        """How large it may be."""
        return {"limit": megabytes(working.FILE_LIMIT), "rows": MAX_ROWS}

    def without_columns(self, table: Mapping[str, Any]) -> HttpResponse:
        """Say what is wrong with a file that is no table of guests."""
        return self.shown("columns", COLUMNS, {"columns": [], "problems": _problems(table)}, 422)

    def explain(self, columns: list[ColumnChoice], given: QueryDict) -> GuestUpload:
        """What was chosen; what is unknown or chosen twice holds nothing."""
        chosen = [given.get(f"column-{column.number}", "") for column in columns]
        targets = checked_targets([column.name for column in columns], chosen)
        return replace(self.upload, columns=tuple(targets), category=given.get("category", "")[:40])

    def explaining(self, _table: Mapping[str, Any]) -> dict[str, object]:
        """What a column can hold, and the categories."""
        return {
            "targets": [(str(field), label) for field, label in LABELS.items()],
            "categories": Category.objects.filter(edition=self.edition),
            "category": self.upload.category,
        }

    def fingerprint(self, report: Mapping[str, Any]) -> str:
        """That of the plan."""
        return str(report["fingerprint"])

    def decide(self, report: Mapping[str, Any], given: QueryDict) -> Progress:
        """Import as is decided about each who may be known."""
        rest = given.get("rest", "")
        decisions = row_decisions(given)
        return self.begin_import(report["fingerprint"], decisions, rest if rest in set(Rest) else Rest.LEAVE)

    def reported(self, report: Mapping[str, Any]) -> dict[str, object]:
        """What would happen, and whom to decide about."""
        problems, counts = _problems(report), report["counts"]
        return {
            "result": report,
            "counts": counts,
            "can_import": bool(report["fingerprint"] and (counts["new"] or counts["doubt"])),
            "problems": problems[:SHOWN],
            "problem_count": len(problems),
            "more_problems": max(0, len(problems) - SHOWN),
            "doubts": _doubts(self.edition, report),
            "more_doubts": max(0, counts["doubt"] - len(report["doubts"])),
        }

    def told(self, result: Mapping[str, Any]) -> dict[str, object]:
        """Who was imported."""
        return {"result": result}


@never_cache
@login_required
@require_safe
def import_problems(request: HttpRequest, edition: str) -> HttpResponseBase:
    """Send every problem of the report as a table, to be put right in the file."""
    return problems_file(GuestImport(request, edition), _problems)


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
            "why": str(WORDS[Likeness(row["why"])]) if row["why"] else "",
        }
        for row in result["doubts"]
    ]
