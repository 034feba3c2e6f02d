"""The closing figures in an edition's console: what was counted, by which definition, and recording it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput
from summitry.foundation.web.actor import actor_of
from summitry.insight.actions.guest_figures import record_guest_figures
from summitry.insight.forms import HostForm
from summitry.insight.models import Observation
from summitry.insight.queries.closing import closing_figures, host_of

NAV = "closing-figures"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the figures for a host, and record them as figures of the edition."""
    shown, actor = edition_of(request, edition, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    require(actor, "record", Observation(edition=shown, summit=shown.summit))
    given = request.POST if request.method == "POST" else request.GET
    form = HostForm(given if "host" in given else _usual(shown), edition=shown)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    if request.method == "POST":
        return _record(request, shown, form, actor)
    return _page(request, shown, form)


def _record(request: HttpRequest, edition: Edition, form: HostForm, actor: Actor) -> HttpResponse:
    try:
        new = record_guest_figures(edition, host=form.entity, by=actor)
    except InvalidInput as refusal:
        return _page(request, edition, form, refused=str(refusal), status=422)
    count = len(new)
    if count:
        text = ngettext("%(count)d figure was recorded.", "%(count)d figures were recorded.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("These figures were recorded before; nothing is new."))
    return redirect("insight_console:closing", edition.slug)


def _usual(edition: Edition) -> dict[str, str]:
    host = host_of(edition)
    return {"host": host.code if host else ""}


def _page(
    request: HttpRequest, edition: Edition, form: HostForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    host = form.entity if form.is_valid() else None
    context = {"form": form, "figures": closing_figures(edition, host), "host": host, "refused": refused}
    return render(request, "insight/closing.html", context, status=status)
