"""A guest's page by her link: her next thing and what every room has for her; whom she brings; and that she cannot come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from summitry.directory.queries.names import display_names
from summitry.editions.views.by_link import secret_in
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.actions.companion import companions_of, name_companion
from summitry.guests.actions.nomination import withdraw
from summitry.guests.actions.seeing import mark_seen
from summitry.guests.enums import GONE, GUEST, GuestState
from summitry.guests.forms.delegations import NomineeForm, WithdrawForm
from summitry.guests.hub import hub_of
from summitry.guests.models import Guest
from summitry.guests.queries.guest_links import Opened
from summitry.guests.queries.standing import standing
from summitry.guests.views.by_link import by_link

WAYS = ["GET", "HEAD", "POST"]


@by_link
@require_safe
def page(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a guest her page."""
    mark_seen(found.guest)
    context = {"hub": hub_of(found), "guest": found.guest, "saved": "saved" in request.GET}
    return render(request, "guests/page/hub.html", context)


@by_link
@require_http_methods(WAYS)
def companions(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show whom a guest brings; name one more, or take one back."""
    guest = found.guest
    form = NomineeForm(request.POST if "name" in request.POST else None, edition=guest.edition)
    here = reverse("guest:companions", args=[secret_in(request)])
    status = 200
    if "withdraw" in request.POST:
        withdraw(_companion(found, request.POST["withdraw"]), by=found.actor)
        return redirect(f"{here}?saved=1")
    if form.is_bound:
        if form.is_valid() and _named(form, found):
            return redirect(f"{here}?saved=1")
        status = 422
    return render(
        request, "guests/page/companions_page.html", _companions(request, found, form), status=status
    )


@by_link
@require_http_methods(WAYS)
def leave(request: HttpRequest, found: Opened) -> HttpResponse:
    """Let a guest say that she cannot come; asked once more before, because her place goes to somebody else."""
    guest = found.guest
    home = reverse("guest:page", args=[secret_in(request)])
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            withdraw(guest, by=found.actor, reason=form.cleaned_data["reason"])
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(home)
    context = {
        "guest": guest,
        "form": form,
        "home_url": home,
        "can_leave": GUEST.allows(guest.state, GuestState.WITHDRAWN),
    }
    return render(request, "guests/page/leave.html", context, status=422 if form.errors else 200)


def _named(form: NomineeForm, found: Opened) -> bool:
    try:
        name_companion(found.guest, form.nominee(), by=found.actor)
    except InvalidInput as refusal:
        form.refuse(refusal.fields or {"": [str(refusal)]})
    except SummitryError as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _companions(request: HttpRequest, found: Opened, form: NomineeForm) -> dict[str, object]:
    guest, lang, secret = found.guest, get_language() or "en", secret_in(request)
    rows = list(companions_of(guest.pk).select_related("category"))
    names = display_names([row.person_id for row in rows], lang, guest.edition.fallback)
    return {
        "guest": guest,
        "lines": [
            (
                row,
                names[row.person_id],
                standing(row),
                reverse("guest:companion_application", args=[secret, row.pk]),
            )
            for row in rows
        ],
        "form": form,
        "can_name": guest.principal_id is None
        and guest.state not in GONE
        and len(rows) < guest.category.companions,
        "home_url": reverse("guest:page", args=[secret]),
        "saved": "saved" in request.GET,
    }


def _companion(found: Opened, value: str) -> Guest:
    number = int(value) if value.isascii() and value.isdecimal() and len(value) < 12 else 0
    row = (
        companions_of(found.guest.pk)
        .select_related("principal__category", "edition")
        .filter(pk=number)
        .first()
    )
    if row is None:
        raise NotFound
    return row
