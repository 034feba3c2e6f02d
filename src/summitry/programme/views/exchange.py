"""The console's import: a file is given, a table explained, the report read, and then, and only then, something is written."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.exchange import ImportPlan, PlanOutdated, apply_import, plan_import
from summitry.programme.actions.exchange.columns import column_choices, mapping_of, targets_for
from summitry.programme.actions.exchange.presenting import problem_lines, report_of
from summitry.programme.actions.exchange.reading import ScheduleFile, read_file
from summitry.programme.actions.exchange.waiting import WaitingFile, forget_upload, keep_upload, waiting_file

NAV = "import"
COLUMN = "column-"


class Upload(NamedTuple):
    """What the session knows of the file that waits: its secret, its name, and what was chosen for its columns."""

    token: str
    name: str
    columns: tuple[str, ...] = ()


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, edition: str) -> HttpResponse:
    """Take a file; the next step depends on what it is."""
    shown, _actor = _asked(request, edition)
    error = ""
    if request.method == "POST":
        try:
            waiting = _received(request)
        except InvalidInput as refusal:
            error = str(refusal)
        else:
            _remember(request, shown, Upload(waiting.token, waiting.name))
            is_table = read_file(waiting.data, waiting.name, shown).table is not None
            step = "import_columns" if is_table else "import_report"
            return redirect(f"programme_console:{step}", shown.slug)
    context = {"error": error, "current": 1}
    return render(request, "programme/exchange/upload.html", context, status=422 if error else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: HttpRequest, edition: str) -> HttpResponse:
    """Ask what each column of a table holds; the guess stands there already."""
    shown, _actor = _asked(request, edition)
    upload, waiting = _waiting(request, shown)
    if waiting is None:
        return redirect("programme_console:import", shown.slug)
    file = read_file(waiting.data, waiting.name, shown)
    if file.table is None or file.mapping is None or not file.table.columns:
        return redirect("programme_console:import_report", shown.slug)
    if request.method == "POST":
        chosen = [request.POST.get(f"{COLUMN}{number}", "") for number in range(len(file.table.columns))]
        _remember(request, shown, Upload(upload.token, upload.name, tuple(chosen)))
        return redirect("programme_console:import_report", shown.slug)
    mapping = mapping_of(file.table.columns, upload.columns) if upload.columns else None
    context = {
        "name": waiting.name,
        "columns": column_choices(file.table, mapping or file.mapping),
        "targets": targets_for(shown),
        "rows": len(file.table.rows),
        "current": 2,
    }
    return render(request, "programme/exchange/columns.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_report(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what the import would do; on POST do exactly that, or show what has changed meanwhile."""
    shown, actor = _asked(request, edition)
    upload, waiting = _waiting(request, shown)
    if waiting is None:
        return redirect("programme_console:import", shown.slug)
    file = _understood(waiting, upload, shown)
    plan = _plan(file, shown, actor)
    outdated = False
    if request.method == "POST" and plan is not None:
        if request.POST.get("plan") == plan.fingerprint:
            try:
                return _carried_out(request, plan, actor, upload)
            except PlanOutdated:
                plan = _plan(file, shown, actor)
        outdated = True
    context = {
        "name": waiting.name,
        "is_table": file.table is not None,
        "plan": plan,
        "report": report_of(plan) if plan else None,
        "problems": problem_lines(file.reading.problems),
        "outdated": outdated,
        "current": 3,
    }
    return render(request, "programme/exchange/report.html", context, status=409 if outdated else 200)


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    """The edition and who asks. Raises PermissionRefused for whoever may not edit it."""
    actor = actor_of(request)
    edition = edition_of(request, slug, nav=NAV)
    require(actor, "edit", edition)
    return edition, actor


def _received(request: HttpRequest) -> WaitingFile:
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list):
        raise InvalidInput(_("Please choose a file."))
    return keep_upload(upload)


def _remember(request: HttpRequest, edition: Edition, upload: Upload) -> None:
    before = _known(request, edition)
    if before.token != upload.token:
        forget_upload(before.token)
    request.session[f"import-{edition.pk}"] = list(upload)


def _known(request: HttpRequest, edition: Edition) -> Upload:
    token, name, columns = request.session.get(f"import-{edition.pk}", ("", "", ()))
    return Upload(token, name, tuple(columns))


def _waiting(request: HttpRequest, edition: Edition) -> tuple[Upload, WaitingFile | None]:
    upload = _known(request, edition)
    return upload, waiting_file(upload.token, upload.name)


def _understood(waiting: WaitingFile, upload: Upload, edition: Edition) -> ScheduleFile:
    file = read_file(waiting.data, waiting.name, edition)
    if file.table is None or not upload.columns:
        return file
    mapping = mapping_of(file.table.columns, upload.columns)
    return read_file(waiting.data, waiting.name, edition, mapping=mapping)


def _plan(file: ScheduleFile, edition: Edition, actor: Actor) -> ImportPlan | None:
    reading = file.reading
    if reading.document is None:
        return None
    return plan_import(reading.document, edition, by=actor, problems=reading.problems, scope=file.scope)


def _carried_out(request: HttpRequest, plan: ImportPlan, actor: Actor, upload: Upload) -> HttpResponse:
    publish = request.POST.get("then") != "draft"
    result = apply_import(plan, by=actor, publish=publish, accept="accept" in request.POST)
    forget_upload(upload.token)
    del request.session[f"import-{result.edition_id}"]
    if not result.changed:
        messages.info(request, _("Everything in the file is here already. Nothing was changed."))
    elif result.published:
        messages.success(
            request, _("Imported, and published as version %(number)d.") % {"number": result.version}
        )
    else:
        messages.success(request, _("Imported into the draft."))
    return redirect("programme_console:import", result.slug)
