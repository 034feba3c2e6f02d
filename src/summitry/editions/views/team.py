"""Who works on an edition: the director appoints and dismisses."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.actions.team import appoint, dismiss
from summitry.editions.forms import AppointForm
from summitry.editions.models import Edition, Room
from summitry.editions.queries.edition import edition_of
from summitry.editions.queries.team import team_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.foundation.models import Account
from summitry.foundation.web.actor import actor_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def team(request: HttpRequest, edition: str) -> HttpResponse:
    """Show who works on the edition; appoint somebody, or dismiss."""
    shown = edition_of(request, edition, nav="team")
    actor = actor_of(request)
    require(actor, "edit", shown)
    form = AppointForm(
        request.POST if "dismiss" not in request.POST and request.POST else None, edition=shown
    )
    refused = ""
    if request.method == "POST":
        try:
            if "dismiss" in request.POST:
                _dismiss(request, shown, actor)
                return redirect("editions:team", shown.slug)
            if form.is_valid():
                given = form.cleaned_data
                account = appoint(
                    shown, given["email"], given["role"], by=actor, room=given["room"], name=given["name"]
                )
                messages.success(request, _("%(name)s is appointed.") % {"name": account})
                return redirect("editions:team", shown.slug)
        except InvalidInput as refusal:
            refused = str(refusal)
    context = {"members": team_of(shown), "form": form, "refused": refused}
    return render(request, "editions/team.html", context, status=422 if refused or form.errors else 200)


def _dismiss(request: HttpRequest, edition: Edition, actor: Actor) -> None:
    """Dismiss as the button says: the account, the role, and the room or nothing."""
    account_id, _sep, rest = request.POST["dismiss"].partition(":")
    role, _sep, room_id = rest.partition(":")
    account = Account.objects.filter(pk=_number(account_id)).first()
    room = Room.objects.filter(edition=edition, pk=_number(room_id)).first() if room_id else None
    if account is None or (room_id and room is None):
        raise NotFound
    dismiss(edition, account, role, by=actor, room=room)
    messages.success(request, _("%(name)s no longer has this role.") % {"name": account})


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < len(str(10**12)) else 0
