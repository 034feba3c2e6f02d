"""By when things are due."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.actions.deadline import set_deadlines
from summitry.editions.forms import DeadlinesForm
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import require
from summitry.foundation.web.actor import actor_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the deadlines, and set them."""
    shown = edition_of(request, edition, nav="deadlines")
    actor = actor_of(request)
    require(actor, "edit", shown)
    form = DeadlinesForm(request.POST or None, edition=shown)
    if form.is_valid():
        set_deadlines(shown, form.deadlines(), by=actor)
        messages.success(request, _("The deadlines are set."))
        return redirect("editions:deadlines", shown.slug)
    return render(request, "editions/deadlines.html", {"form": form}, status=422 if form.errors else 200)
