"""What is decided about one guest's access: zones opened or closed to her by name, for a time, with the reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.directory.queries.names import display_names
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import policy_for, require, within
from summitry.foundation.errors import InvalidInput, NotFound
from summitry.gates.actions.access import grant_access, remove_grant
from summitry.gates.forms.access import GrantForm
from summitry.gates.models import Credential, Grant, Zone
from summitry.gates.queries.admission import grants_of, guest_in, zones_open_to
from summitry.gates.views.badge_door import at_badges


@page
def guest_access(request: HttpRequest, edition: str, guest: int) -> HttpResponse:
    """Show where a guest may enter; open a zone to her, close one, or take back what was decided."""
    shown, actor = at_badges(request, edition)
    require(actor, "view", Grant(zone=Zone(edition=shown)))
    row = guest_in(shown, guest)
    if row is None:
        raise NotFound
    blank = Grant(guest=row, zone=Zone(edition=shown))
    if "remove" in request.POST:
        chosen = within(actor, grants_of(row).filter(pk=number_in(request.POST["remove"]))).first()
        if chosen is None:
            raise NotFound
        remove_grant(chosen, by=actor)
        messages.success(request, _("It is taken back. The gates know it."))
        return redirect(request.path)
    form = GrantForm(request.POST or None, edition=shown)
    if form.is_bound:
        require(actor, "edit", blank)
        if form.is_valid():
            try:
                grant_access(row, by=actor, **form.cleaned_data)
            except InvalidInput as refusal:
                form.refuse(refusal.fields)
            else:
                messages.success(request, _("It is decided. The gates know it."))
                return redirect(request.path)
    context = {
        "guest": row,
        "name": display_names([row.person_id], get_language() or "en", shown.fallback)[row.person_id],
        "form": form,
        "grants": list(grants_of(row)),
        "zones": zones_open_to(row),
        "has_zones": Zone.objects.filter(edition=shown).exists(),
        "may_edit": policy_for(Grant).may(actor, "edit", blank),
        "may_see_badge": policy_for(Credential).may(actor, "view", Credential(guest=row, edition=shown)),
    }
    return render(request, "gates/admission.html", context, status=422 if form.errors else 200)
