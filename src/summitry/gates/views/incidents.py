"""An incident: what the gates did, and what a supervisor found out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.editions.views.door import at_work, page
from summitry.foundation.access import within
from summitry.foundation.errors import NotFound, SummitryError
from summitry.gates.actions.incidents import settle
from summitry.gates.enums import IncidentState
from summitry.gates.forms.grounds import SettleForm
from summitry.gates.models import Incident

NAV = "gates-incidents"


@page
def incident(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show an incident with its scans in the order of time; settle it."""
    shown, actor = at_work(request, edition, NAV, Incident)
    rows = within(actor, Incident.objects.filter(edition=shown, pk=pk))
    row = rows.select_related("guest__person", "zone", "device").first()
    if row is None:
        raise NotFound
    form = SettleForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            settle([row], form.cleaned_data["note"], by=actor)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The incident is settled."))
            return redirect("gates:incidents", shown.slug)
    scans = row.scans.select_related("gate", "device", "zone").order_by("at", "seq")
    is_open = row.state == IncidentState.OPEN
    context = {"row": row, "scans": scans, "form": form, "is_open": is_open}
    return render(request, "gates/incident.html", context, status=422 if form.errors else 200)
