"""The versions of the schedule in the console: the list, any two compared, and an earlier one brought forward."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import policy_for, require, visible
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.web.actor import actor_of
from summitry.programme.actions.schedule import draft_of
from summitry.programme.actions.versions import roll_forward
from summitry.programme.models import Version
from summitry.programme.queries.board import state_of
from summitry.programme.queries.board_versions import diff_lines, differences, last_version

NAV = "versions"
DRAFT = "draft"


@never_cache
@login_required
@require_safe
def versions(request: HttpRequest, edition: str) -> HttpResponse:
    """List the published versions, newest first, and what the draft would change."""
    shown, draft = _asked(request, edition)
    actor = actor_of(request)
    rows = visible(actor, Version.objects.filter(edition=shown, number__isnull=False))
    published = list(rows.select_related("published_by").order_by("-number"))
    context = {
        "versions": published,
        "pending": len(differences(published[0] if published else None, draft)),
        "may_move": policy_for(Version).may(actor, "schedule", draft),
        "may_publish": policy_for(Version).may(actor, "publish", draft),
    }
    return render(request, "programme/console/versions.html", context)


@never_cache
@login_required
@require_safe
def compare(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what turns one state of the schedule into another: any two versions, or a version and the draft."""
    shown, draft = _asked(request, edition)
    numbers = list(
        Version.objects.filter(edition=shown, number__isnull=False)
        .order_by("number")
        .values_list("number", flat=True)
    )
    if not numbers:
        return redirect("programme_console:versions", shown.slug)
    old = _version(shown, draft, request.GET.get("from") or str(numbers[-1]))
    new = _version(shown, draft, request.GET.get("to") or DRAFT)
    context = {
        "old": old,
        "new": new,
        "numbers": numbers,
        "lines": diff_lines(shown, differences(old, new), get_language() or "en"),
    }
    return render(request, "programme/console/versions_compare.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def forward(request: HttpRequest, edition: str, number: int) -> HttpResponse:
    """Show what an earlier version would change in the draft; on POST make its places the draft's."""
    shown, draft = _asked(request, edition)
    actor = actor_of(request)
    require(actor, "schedule", draft)
    version = _version(shown, draft, str(number))
    outdated = False
    if request.method == "POST":
        try:
            changed = roll_forward(version, by=actor, seen=request.POST.get("state", ""))
        except StaleState:
            outdated = True
        else:
            text = ngettext(
                "The draft has the places of version %(number)d again: %(count)d session changed.",
                "The draft has the places of version %(number)d again: %(count)d sessions changed.",
                changed,
            )
            messages.success(request, text % {"number": number, "count": changed})
            return redirect("programme_console:board", shown.slug)
    changes = [change for change in differences(draft, version) if change.old_title is None]
    context = {
        "version": version,
        "lines": diff_lines(shown, changes, get_language() or "en"),
        "state": state_of(draft),
        "outdated": outdated,
        "is_last": version == last_version(shown),
    }
    return render(
        request, "programme/console/versions_forward.html", context, status=409 if outdated else 200
    )


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Version]:
    """Return the edition and its draft. Raises PermissionRefused for whoever may not see the draft."""
    edition = edition_of(request, slug, nav=NAV)
    draft = draft_of(edition)
    require(actor_of(request), "view", draft)
    draft.edition = edition
    return edition, draft


def _version(edition: Edition, draft: Version, name: str) -> Version:
    if name == DRAFT:
        return draft
    number = int(name) if name.isascii() and name.isdigit() and len(name) < 9 else 0
    version = Version.objects.filter(edition=edition, number=number).first()
    if version is None:
        raise NotFound(_("This version of the schedule does not exist."))
    version.edition = edition
    return version
