"""Addresses that get no mail: those whose letters came back, and those who declined news."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.foundation.access import require, within
from summitry.foundation.errors import NotFound
from summitry.mailing.actions.suppression import allow_again
from summitry.mailing.models import Suppression
from summitry.mailing.views.desk import edition_for, numbers

PER_PAGE = 100


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest, edition: str) -> HttpResponse:
    """List the addresses that are left out; a POST writes to one of them again."""
    shown, actor = edition_for(request, edition)
    require(actor, "view", Suppression(edition=shown))
    rows = within(actor, Suppression.objects.filter(edition=shown))
    if request.method == "POST":
        chosen = rows.filter(pk__in=numbers(request.POST.getlist("address"))).first()
        if chosen is None:
            raise NotFound
        allow_again(chosen, by=actor)
        messages.success(request, _("%(address)s gets mail again.") % {"address": chosen.address})
        return redirect("mailing:addresses", shown.slug)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "mailing/addresses.html", {"page": page})
