"""The console's form for inviting a person: whoever may be known already is shown before she is taken down twice."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import Actor, require
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.inviting import invite
from summitry.guests.forms.inviting import NEW, InviteForm
from summitry.guests.lists.invitations import NAV
from summitry.guests.models import Guest, Invitation
from summitry.guests.queries.invitees import Candidate, candidates, like


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest, edition: str) -> HttpResponse:
    """Invite one person; where she may be in the directory already, that has to be decided first."""
    shown, actor = edition_of(request, edition, nav=NAV), actor_of(request)
    require(actor, "enter", shown)
    require(actor, "edit", Invitation(guest=Guest(edition=shown)))
    form = InviteForm(request.POST or None, edition=shown, actor=actor)
    found: list[Candidate] = []
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        people = candidates(
            shown, like(data["email"], (data["name"], data["native_name"])), get_language() or "en"
        )
        found = list(people.values())
        who = request.POST.get("who", "")
        chosen = int(who) if who.isascii() and who.isdecimal() and int(who) in people else None
        if (not found or who == NEW or chosen) and _invited(shown, actor, form, chosen):
            messages.success(request, _("The invitation is there."))
            return redirect("guests:invitations", shown.slug)
    context = {"form": form, "found": found, "new": NEW}
    status = 422 if form.errors else 409 if found else 200
    return render(request, "guests/console/invite.html", context, status=status)


def _invited(edition: Edition, actor: Actor, form: InviteForm, chosen: int | None) -> bool:
    """Invite; what stands against it is said in the form."""
    data = form.cleaned_data
    known = Person.objects.select_related("account").get(pk=chosen) if chosen else None
    try:
        invite(edition, form.invitee(known), by=actor, answer_by=data["answer_by"], send=data["send"])
    except InvalidInput as refusal:
        for name, lines in (refusal.fields or {"": [str(refusal)]}).items():
            for line in lines:
                form.add_error(name if name in form.fields else None, line)
        return False
    except SummitryError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
