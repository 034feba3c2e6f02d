"""Files: taking texts along as CSV or XLIFF, and bringing translations back, with a report first."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused
from summitry.foundation.i18n import languages
from summitry.translation.actions.exporting import Exported, export_table, export_xliff, source_languages
from summitry.translation.actions.importing import (
    WRITTEN,
    ImportPlan,
    apply_import,
    plan_import,
    read_translations,
)
from summitry.translation.actions.waiting import forget_file, keep_file, waiting_file
from summitry.translation.checking.diff import difference
from summitry.translation.enums import Outcome
from summitry.translation.errors import PlanOutdated
from summitry.translation.forms import FileForm
from summitry.translation.interchange.records import LARGEST
from summitry.translation.queries.worklist import Wanted, Worklist
from summitry.translation.views.door import Entered, enter
from summitry.translation.views.tabs import tabs

SHOWN = 300


class Waiting(NamedTuple):
    """What the session knows of the file that waits."""

    token: str = ""
    name: str = ""
    lang: str = ""
    as_reviewed: bool = False


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, edition: str) -> HttpResponse:
    """Offer the files of what a filter leaves; take one back."""
    entered = enter(request, edition)
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(request.GET, listed.languages)
    if not entered.reach.writes and request.method == "POST":
        raise PermissionRefused
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        languages=_named(listed.languages),
        initial={"lang": wanted.lang},
    )
    if request.method == "POST" and form.is_valid() and _kept(request, entered, form):
        return redirect("translation:report", entered.edition.slug)
    units = listed.find(wanted)
    context = {
        "tabs": tabs(entered, "files"),
        "wanted": wanted,
        "query": wanted.query(),
        "count": len(units),
        "sources": [
            (lang, count, wanted.query() + f"{'&' if wanted.query() else '?'}from={lang}")
            for lang, count in source_languages(units)
        ],
        "languages_choice": _named(listed.languages),
        "form": form if entered.reach.writes else None,
    }
    return render(request, "translation/files.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_safe
def table(request: HttpRequest, edition: str) -> HttpResponse:
    """Send what a filter leaves as CSV."""
    entered = enter(request, edition)
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(request.GET, listed.languages)
    return _sent(export_table(entered.edition, listed.find(wanted), wanted.lang))


@never_cache
@login_required
@require_safe
def xliff(request: HttpRequest, edition: str) -> HttpResponse:
    """Send what a filter leaves, and was written in one language, as XLIFF."""
    entered = enter(request, edition)
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(request.GET, listed.languages)
    units = listed.find(wanted)
    known = [lang for lang, _count in source_languages(units)]
    source = request.GET.get("from") or next(iter(known), "")
    if source not in known:
        raise NotFound
    return _sent(export_xliff(entered.edition, units, source, wanted.lang))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what an import would do; on POST do exactly that, or show what has changed meanwhile."""
    entered = enter(request, edition)
    waiting = _waiting(request, entered)
    data = waiting_file(waiting.token)
    if data is None:
        return redirect("translation:files", entered.edition.slug)
    plan = _planned(entered, waiting, data)
    outdated = False
    if request.method == "POST":
        try:
            count = apply_import(plan, by=entered.actor, fingerprint=request.POST.get("plan", ""))
        except PlanOutdated:
            plan, outdated = _planned(entered, waiting, data), True
        else:
            forget_file(waiting.token)
            del request.session[_key(entered)]
            messages.success(
                request,
                ngettext("%(count)d translation imported.", "%(count)d translations imported.", count)
                % {"count": count},
            )
            return redirect("translation:overview", entered.edition.slug)
    context = {"tabs": tabs(entered, "files"), "name": waiting.name, "outdated": outdated, **_told(plan)}
    return render(request, "translation/report.html", context, status=409 if outdated else 200)


def _planned(entered: Entered, waiting: Waiting, data: bytes) -> ImportPlan:
    return plan_import(
        entered.edition,
        read_translations(data, waiting.name),
        waiting.lang,
        by=entered.actor,
        as_reviewed=waiting.as_reviewed,
    )


def _kept(request: HttpRequest, entered: Entered, form: FileForm) -> bool:
    """Keep the file for its report; say beside the field where it is none."""
    upload, facts = form.cleaned_data["file"], form.cleaned_data
    if upload.size > min(LARGEST, settings.UPLOAD_LIMIT):
        form.add_error("file", _("The file is too large."))
        return False
    data = upload.read()
    waiting = Waiting("", (upload.name or "")[-120:], facts["lang"], facts["as_reviewed"])
    try:
        _planned(entered, waiting, data)
    except InvalidInput as refusal:
        form.add_error("file", str(refusal))
        return False
    forget_file(_waiting(request, entered).token)
    request.session[_key(entered)] = [keep_file(data), *waiting[1:]]
    return True


def _told(plan: ImportPlan) -> dict[str, object]:
    written = [row for row in plan.rows if row.outcome in WRITTEN]
    refused = [row for row in plan.rows if row.outcome is Outcome.REFUSED]
    return {
        "plan": plan,
        "counts": [(outcome.label, plan.counts[outcome]) for outcome in Outcome if plan.counts[outcome]],
        "written": [
            (row, difference(row.unit.text.get(plan.lang), row.wish.words) if row.unit and row.wish else [])
            for row in written[:SHOWN]
        ],
        "refused": refused[:SHOWN],
        "more": max(0, len(written) - SHOWN) + max(0, len(refused) - SHOWN),
        "writes": len(written),
    }


def _waiting(request: HttpRequest, entered: Entered) -> Waiting:
    return Waiting(*request.session.get(_key(entered), ()))


def _key(entered: Entered) -> str:
    return f"translations-{entered.edition.pk}"


def _named(codes: list[str]) -> list[tuple[str, str]]:
    reader = get_language() or "en"
    return [(code, languages.name_in(code, reader)) for code in codes]


def _sent(file: Exported) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(file.data, content_type=file.content_type, headers=headers)
