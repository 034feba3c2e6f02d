"""The console's page of data protection: who looked at what, who wishes to be erased, and what was shredded."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require, visible
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.erasing import erase, refuse_erasure
from summitry.guests.actions.shredding import shred_purpose
from summitry.guests.enums import ErasureState
from summitry.guests.forms.deciding import AnswerForm
from summitry.guests.models import ErasureRequest, Purpose, RetentionRun
from summitry.guests.queries.keeping import is_over, kept_until
from summitry.guests.queries.privacy import looks_in

NAV = "console-privacy"
MOST = 100


@never_cache
@login_required
@require_safe
def data_protection(request: HttpRequest, edition: str) -> HttpResponse:
    """Show it all."""
    shown, actor = _asked(request, edition)
    return _page(request, shown, actor)


@never_cache
@login_required
@require_POST
def erasure(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Erase a guest who asked for it, or say why that is not possible."""
    shown, actor = _asked(request, edition)
    rows = visible(actor, ErasureRequest.objects.filter(guest__edition=shown, pk=pk))
    wish = rows.select_related("guest__person__portrait", "guest__edition", "guest__photo").first()
    if wish is None:
        raise NotFound
    try:
        if request.POST.get("then") == "erase":
            erase(wish, by=actor)
            messages.success(request, _("Erased. What was public remains."))
        else:
            refuse_erasure(wish, request.POST.get("answer", ""), by=actor)
            messages.success(request, _("Refused; the guest reads why on her page."))
    except InvalidInput as refusal:
        sentences = [line for lines in refusal.fields.values() for line in lines] or [str(refusal)]
        return _page(request, shown, actor, refused=" ".join(sentences), status=422)
    except SummitryError as refusal:
        return _page(request, shown, actor, refused=str(refusal), status=refusal.status)
    return redirect("guests:data_protection", shown.slug)


@never_cache
@login_required
@require_POST
def shred(request: HttpRequest, edition: str, purpose: str) -> HttpResponse:
    """Shred now what is kept for a purpose whose time is over."""
    shown, actor = _asked(request, edition)
    row = Purpose.objects.filter(edition=shown, slug=purpose).select_related("edition").first()
    if row is None:
        raise NotFound
    try:
        shred_purpose(row, by=actor)
    except SummitryError as refusal:
        return _page(request, shown, actor, refused=str(refusal), status=refusal.status)
    messages.success(request, _("Shredded."))
    return redirect("guests:data_protection", shown.slug)


def _asked(request: HttpRequest, slug: str) -> tuple[Edition, Actor]:
    shown, actor = edition_of(request, slug, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    require(actor, "run", RetentionRun(edition=shown))
    return shown, actor


def _page(
    request: HttpRequest, edition: Edition, actor: Actor, *, refused: str = "", status: int = 200
) -> HttpResponse:
    wishes = visible(actor, ErasureRequest.objects.filter(guest__edition=edition)).select_related(
        "guest__person"
    )
    context = {
        "open": wishes.filter(state=ErasureState.ASKED).order_by("asked_at"),
        "answered": wishes.exclude(state=ErasureState.ASKED)[:MOST],
        "looks": looks_in(edition)[:MOST],
        "runs": visible(actor, RetentionRun.objects.filter(edition=edition)).select_related("purpose")[:MOST],
        "purposes": [
            (purpose, kept_until(purpose), is_over(purpose))
            for purpose in Purpose.objects.filter(edition=edition).select_related("edition")
        ],
        "form": AnswerForm(),
        "refused": refused,
    }
    return render(request, "guests/privacy/console.html", context, status=status)
