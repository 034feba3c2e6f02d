"""Which institutions build a forum, and as what; for the secretariat."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.directory.models import Organisation
from summitry.editions.enums import OrganiserRole
from summitry.foundation.access import require
from summitry.foundation.errors import NotFound, SummitryError
from summitry.programme.actions.forum import set_forum_organisers
from summitry.programme.models import Forum
from summitry.programme.queries.institutions import find_institutions
from summitry.programme.queries.work import forum_at_work
from summitry.programme.views.session_record import WAYS, at_work

Wanted = list[tuple[Organisation, OrganiserRole]]


@never_cache
@login_required
@require_http_methods(WAYS)
def forum_organisers(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show the forum's institutions in their order; change roles, take one off, add one."""
    shown, actor = at_work(request, edition, nav="console-forums")
    forum = forum_at_work(actor, shown, slug)
    require(actor, "sign", forum)
    refused = ""
    if request.method == "POST":
        try:
            set_forum_organisers(forum, _wanted(request, forum), by=actor)
            messages.success(request, _("The institutions are saved."))
            return redirect("programme_console:forum_organisers", shown.slug, forum.slug)
        except SummitryError as refusal:
            refused = str(refusal)
    words = request.GET.get("q", "")[:100]
    context = {
        "forum": forum,
        "rows": forum.organisers.select_related("organisation"),
        "roles": OrganiserRole.choices,
        "words": words,
        "found": find_institutions(shown, words),
        "refused": refused,
    }
    return render(request, "programme/console/institutions.html", context, status=422 if refused else 200)


def _wanted(request: HttpRequest, forum: Forum) -> Wanted:
    """Return the institutions as the form wants them: the present ones with their new roles, and one that is added."""
    present: Sequence[Organisation] = [
        row.organisation for row in forum.organisers.select_related("organisation")
    ]
    removed = request.POST.get("remove", "")
    wanted = [
        (one, _role(request.POST.get(f"role-{one.pk}", ""))) for one in present if str(one.pk) != removed
    ]
    added = request.POST.get("add", "")
    if added:
        number = int(added) if added.isascii() and added.isdecimal() and len(added) < len(str(10**12)) else 0
        organisation = Organisation.objects.filter(pk=number).first()
        if organisation is None:
            raise NotFound
        wanted.append((organisation, _role(request.POST.get("role", ""))))
    return wanted


def _role(value: str) -> OrganiserRole:
    return OrganiserRole(value) if value in OrganiserRole.values else OrganiserRole.CO_ORGANISER
