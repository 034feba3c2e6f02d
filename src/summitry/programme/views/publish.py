"""Publishing the draft: what changes, what stands against it, who is told; then the next version."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput, StaleState, SummitryError
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.capacity import set_capacities
from summitry.programme.actions.schedule import draft_of
from summitry.programme.actions.versions import BlockingClashes, Despite, publish_draft
from summitry.programme.forms.publishing import PublishForm, capacity_forms
from summitry.programme.models import Capacity, Version
from summitry.programme.queries.board import state_of
from summitry.programme.queries.board_versions import (
    diff_lines,
    differences,
    languages_of,
    last_version,
    stars_of,
    told_of,
)
from summitry.programme.queries.clash_lines import blocking, clashes_of
from summitry.programme.queries.clashes import languages_interpreted

NAV, NAV_CAPACITIES = "publish", "board"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what publishing would change and for whom; on POST publish exactly that, or show what has changed meanwhile."""
    actor = actor_of(request)
    shown = edition_of(request, edition, nav=NAV)
    draft = draft_of(shown)
    require(actor, "publish", draft)
    draft.edition = shown
    lang = get_language() or "en"
    lines = clashes_of(draft, lang)
    blockers = blocking(lines)
    form = PublishForm(request.POST or None, is_blocked=bool(blockers))
    status, outdated = 200, False
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _published(request, shown, form, actor)
            except (StaleState, BlockingClashes):
                status, outdated = 409, True
            except SummitryError as refusal:
                form.add_error(None, str(refusal))
    last = last_version(shown)
    changes = differences(last, draft)
    told = told_of(shown, changes, lang) if last is not None else []
    context = {
        "form": form,
        "last": last,
        "next_number": (last.number or 0) + 1 if last is not None else 1,
        "lines": diff_lines(shown, changes, lang),
        "blockers": blockers,
        "others": len(lines) - len(blockers),
        "told": told,
        "told_languages": languages_of(told),
        "stars": stars_of(changes) if last is not None else 0,
        "state": state_of(draft),
        "outdated": outdated,
    }
    return render(request, "programme/console/publish.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def capacities(request: HttpRequest, edition: str) -> HttpResponse:
    """Let the secretariat say how many teams, crews and links there are; the board's clashes count with them."""
    actor = actor_of(request)
    shown = edition_of(request, edition, nav=NAV_CAPACITIES)
    require(actor, "edit", Capacity(edition=shown))
    lines = capacity_forms(shown, languages_interpreted(shown), request.POST or None)
    status, error = 200, ""
    if request.method == "POST":
        status = 422
        valid = [line.is_valid() for line in lines]  # each of them, so that every line shows its errors
        if all(valid):
            try:
                set_capacities(shown, [row for line in lines if (row := line.row())], by=actor)
            except InvalidInput as refusal:
                error = str(refusal)
            else:
                messages.success(request, _("The board counts with these numbers now."))
                return redirect("programme_console:board", shown.slug)
    context = {"lines": lines, "error": error}
    return render(request, "programme/console/capacities.html", context, status=status)


def _published(request: HttpRequest, edition: Edition, form: PublishForm, actor: Actor) -> HttpResponse:
    data = form.cleaned_data
    before: Version | None = last_version(edition)
    version = publish_draft(
        edition,
        by=actor,
        note=data["note"],
        label=data["label"],
        seen=request.POST.get("state", ""),
        despite=Despite(data["reason"]) if data.get("despite") else None,
    )
    if before is not None and version.pk == before.pk:
        messages.info(request, _("The draft says what version %(number)d says.") % {"number": version.number})
    else:
        messages.success(request, _("Version %(number)d is published.") % {"number": version.number})
    return redirect("programme_console:versions", edition.slug)
