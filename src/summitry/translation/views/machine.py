"""Ordering machine translation of what a filter leaves."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.models import Edition
from summitry.foundation.errors import NotFound, PermissionRefused
from summitry.foundation.i18n import TextState
from summitry.foundation.jobs.pages import ProgressPage, address_of, register_page
from summitry.foundation.models import Progress
from summitry.translation.actions.machine import WORK, order_machine_translation
from summitry.translation.machine import machine
from summitry.translation.queries.worklist import Wanted, Worklist
from summitry.translation.views.door import enter
from summitry.translation.views.tabs import tabs


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, edition: str) -> HttpResponse:
    """Say how much would be translated; on POST begin."""
    entered = enter(request, edition)
    translator = machine()
    if translator is None:
        raise NotFound
    if not entered.reach.writes:
        raise PermissionRefused
    listed = Worklist(entered.edition, entered.actor, entered.reach)
    wanted = Wanted.read(request.GET, listed.languages).but(state=(TextState.MISSING,))
    units = [unit for unit in listed.find(wanted) if entered.reach.may_write(wanted.lang, unit.forums)]
    if request.method == "POST" and units:
        ids = [unit.id for unit in units]
        progress = order_machine_translation(entered.edition, ids, wanted.lang, by=entered.actor)
        return redirect(address_of(progress))
    context = {
        "tabs": tabs(entered, "work"),
        "wanted": wanted,
        "count": len(units),
        "characters": sum(len(unit.original) for unit in units),
        "service": translator.name,
    }
    return render(request, "translation/machine.html", context)


def _list(progress: Progress, *states: str) -> str:
    edition = Edition.objects.filter(pk=progress.edition_id or 0).first()
    if edition is None:
        return reverse("site:console")
    wanted = Wanted(lang=str(progress.details.get("lang", "")), state=states)
    return reverse("translation:work", args=[edition.slug]) + wanted.query()


register_page(WORK, ProgressPage(after=lambda progress: _list(progress, TextState.MACHINE), back=_list))
