"""The console's import: a file is given, a table explained, the report read, and then, and only then, something is written.

Whatever may take long is work in the background (`actions/exchange/working.py`); these pages ask for it, lead to the
page on which it is watched, and show what came of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.queries.edition import edition_of
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.jobs.pages import ProgressPage, address_of, register_page
from summitry.foundation.models import Progress, ProgressState
from summitry.programme.actions.exchange import working
from summitry.programme.actions.exchange.columns import ColumnChoice, targets_for
from summitry.programme.actions.exchange.outline import Outline, from_json
from summitry.programme.actions.exchange.presenting import problem_lines, told
from summitry.programme.actions.exchange.reading import is_table
from summitry.programme.actions.exchange.waiting import WaitingFile, keep_upload, upload_limits
from summitry.programme.views.exchange_upload import COLUMNS, FILE, NAV, REPORT, RESULT, Upload, Wizard

COLUMN = "column-"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, edition: str) -> HttpResponse:
    """Take a file; the next step depends on what it is."""
    wizard = Wizard(request, edition)
    error = ""
    if request.method == "POST":
        try:
            waiting = _received(request)
        except InvalidInput as refusal:
            error = str(refusal)
        else:
            wizard.remember(Upload(waiting.token, waiting.name))
            begin = wizard.begin_table if is_table(waiting.data, waiting.name) else wizard.begin_report
            return redirect(address_of(begin()))
    context = {"error": error, "limits": upload_limits(), "current": FILE}
    return render(request, "programme/exchange/upload.html", context, status=422 if error else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask what each column of a table holds; the guess stands there already."""
    wizard = Wizard(request, edition)
    if not wizard.has_file:
        return redirect("programme_console:import", edition)
    table = wizard.work(wizard.upload.table)
    if table is None or table.state != ProgressState.DONE:
        return redirect(address_of(_open_or(table, wizard.begin_table)))
    columns = [ColumnChoice(**facts) for facts in table.result["columns"]]
    if request.method == "POST" or not columns:
        chosen = tuple(request.POST.get(f"{COLUMN}{number}", "") for number in range(len(columns)))
        wizard.remember(replace(wizard.upload, columns=chosen))
        return redirect(address_of(wizard.begin_report()))
    if wizard.upload.columns:
        pairs = zip(columns, wizard.upload.columns, strict=True)
        columns = [replace(column, target=target) for column, target in pairs]
    context = {
        "name": wizard.upload.name,
        "columns": columns,
        "targets": targets_for(wizard.edition),
        "rows": table.result["rows"],
        "current": COLUMNS,
    }
    return render(request, "programme/exchange/columns.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_report(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what the import would do; on POST let exactly that be done."""
    wizard = Wizard(request, edition)
    importing = wizard.work(wizard.upload.importing)
    if importing is not None and importing.state != ProgressState.FAILED:
        return redirect(address_of(importing))
    if not wizard.has_file:
        return redirect("programme_console:import", edition)
    report = wizard.work(wizard.upload.report)
    if report is None or report.state != ProgressState.DONE:
        return redirect(address_of(_open_or(report, wizard.begin_report)))
    outline = from_json(report.result["outline"])
    refused = False
    if request.method == "POST":
        if request.POST.get("plan") != outline.fingerprint or not outline.fingerprint:
            return redirect(address_of(wizard.begin_report()))
        accept = "accept" in request.POST
        refused = any(refusal.final or not accept for refusal in outline.refusals)
        if not refused:
            publish = request.POST.get("then") != "draft"
            begun = wizard.begin_import(outline.fingerprint, publish=publish, accept=accept)
            return redirect(address_of(begun))
    context = {
        "name": wizard.upload.name,
        "is_table": report.result["is_table"],
        "current": REPORT,
        **_outlined(outline),
    }
    return render(request, "programme/exchange/report.html", context, status=409 if refused else 200)


@never_cache
@login_required
@require_safe
def import_result(request: HttpRequest, edition: str, public_id: uuid.UUID) -> HttpResponse:
    """Show what an import did."""
    wizard = Wizard(request, edition)
    done = wizard.work(str(public_id))
    if done is None or done.edition_id != wizard.edition.pk or "changed" not in done.result:
        raise NotFound
    if wizard.upload.importing == str(public_id):
        wizard.forget()
    outline = from_json(done.result["outline"])
    context = {
        "name": done.details["name"],
        "result": done.result,
        "current": RESULT,
        **_outlined(outline),
    }
    return render(request, "programme/exchange/result.html", context)


def _received(request: HttpRequest) -> WaitingFile:
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list):
        raise InvalidInput(_("Please choose a file."))
    return keep_upload(upload)


def _open_or(progress: Progress | None, begin: Callable[[], Progress]) -> Progress:
    """The work that is still under way, or new work."""
    return progress if progress is not None and not progress.has_ended else begin()


def _outlined(outline: Outline) -> dict[str, object]:
    return {
        "outline": outline,
        "report": told(outline) if outline.fingerprint else None,
        "problems": problem_lines(outline.problems),
    }


def _frame(request: HttpRequest, progress: Progress) -> None:
    edition_of(request, progress.details["slug"], nav=NAV)


def _to(name: str) -> Callable[[Progress], str]:
    return lambda progress: reverse(f"programme_console:{name}", args=[progress.details["slug"]])


def _result(progress: Progress) -> str:
    return reverse("programme_console:import_result", args=[progress.details["slug"], progress.public_id])


for _kind, _after in (
    (working.TABLE, _to("import_columns")),
    (working.REPORT, _to("import_report")),
    (working.IMPORT, _result),
):
    _back = _to("import_columns") if _kind is working.TABLE else _to("import_report")
    register_page(
        _kind,
        ProgressPage(after=_after, back=_back, frame=_frame, template="programme/exchange/progress.html"),
    )
