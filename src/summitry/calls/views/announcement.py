"""Laureates are named, cited, put in order, and announced by one switch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.announcing import announce_call
from summitry.calls.actions.laureate import (
    cite,
    confirm_laureate,
    name_laureate,
    name_laureates,
    order_laureates,
    unname_laureate,
)
from summitry.calls.enums import CallState, EntryState
from summitry.calls.forms.awards import AwardForm, CitationForm
from summitry.calls.models import Call, Entry, Laureate
from summitry.calls.permissions_judging import barred
from summitry.calls.queries.announcement import gaps_of
from summitry.calls.queries.certificates import certificate_pdf
from summitry.calls.views.door import call_at_work
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for, visible
from summitry.foundation.errors import NotFound, StaleState, SummitryError

TAB = "announcement"


@page
def announcement(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the laureates and what is missing, and take what is done about them."""
    shown, actor = call_at_work(request, edition, call, TAB, "approve")
    selected = Entry.objects.filter(call=shown, state=EntryState.SELECTED, laureates=None)
    bare = visible(actor, selected).order_by("number")
    form = AwardForm(request.POST if request.POST.get("act") == "name" else None, call=shown, entries=bare)
    if request.method == "POST":
        try:
            if _did(request, shown, actor, form):
                return redirect("calls:announcement", edition, call)
        except SummitryError as refusal:
            messages.error(request, str(refusal))
            return redirect("calls:announcement", edition, call)
    context = _context(shown, actor) | {"form": form, "bare": bare}
    return render(request, "calls/console/announcement.html", context, status=422 if form.errors else 200)


@page
def laureate(request: HttpRequest, edition: str, call: str, pk: int) -> HttpResponse:
    """Word the citation of one laureate."""
    shown, actor = call_at_work(request, edition, call, TAB, "approve")
    found = _laureate(shown, actor, pk)
    form = CitationForm(request.POST or None, record=found)
    if request.method == "POST" and form.save(lambda **changes: _cited(found, actor, changes)) is not None:
        return redirect("calls:announcement", edition, call)
    status = 422 if form.errors else 200
    return render(request, "calls/console/laureate.html", {"laureate": found, "form": form}, status=status)


@page
def certificate_file(request: HttpRequest, edition: str, call: str, pk: int) -> HttpResponse:
    """Send a laureate's certificate in the reader's language."""
    shown, actor = call_at_work(request, edition, call, TAB, "approve")
    found = _laureate(shown, actor, pk)
    response = HttpResponse(certificate_pdf(found, get_language() or "en"), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _did(request: HttpRequest, call: Call, actor: Actor, form: AwardForm) -> bool:
    act, pk = request.POST.get("act", ""), number_in(request.POST.get("laureate"))
    if act == "name":
        if not form.is_valid():
            return False
        name_laureate(form.cleaned_data["entry"], form.cleaned_data["award"], by=actor)
    elif act == "name-all":
        name_laureates(call, by=actor)
    elif act == "announce":
        announce_call(call, by=actor)
        messages.success(
            request, _("The laureates are public. The letters to all entrants wait in the outbox.")
        )
    elif act in {"up", "down"}:
        _moved(call, actor, pk, -1 if act == "up" else 1)
    elif act == "confirm":
        confirm_laureate(_laureate(call, actor, pk), by=actor)
    elif act == "unname":
        unname_laureate(_laureate(call, actor, pk), by=actor)
    return True


def _moved(call: Call, actor: Actor, pk: int, by: int) -> None:
    ids = list(_laureates(call, actor).values_list("pk", flat=True))
    if pk not in ids:
        raise StaleState
    place = ids.index(pk)
    other = min(max(place + by, 0), len(ids) - 1)
    ids[place], ids[other] = ids[other], ids[place]
    order_laureates(call, ids, by=actor)


def _cited(found: Laureate, actor: Actor, changes: dict[str, Any]) -> Laureate:
    return cite(found, changes.get("citation", found.citation), by=actor)


def _laureates(call: Call, actor: Actor) -> Any:
    rows = visible(actor, Laureate.objects.filter(entry__call=call))
    return rows.select_related("entry__area", "entry__call__edition", "award").order_by("position", "pk")


def _laureate(call: Call, actor: Actor, pk: int) -> Laureate:
    found: Laureate | None = _laureates(call, actor).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _context(call: Call, actor: Actor) -> dict[str, Any]:
    policy = policy_for(Call)
    hidden = barred(actor)
    masked = hidden is not None and call.entries.filter(pk__in=hidden).exists()
    return {
        "call": call,
        "laureates": list(_laureates(call, actor)),
        "gaps": None if masked else gaps_of(call),
        "is_announced": call.state == CallState.ANNOUNCED,
        "may_announce": policy.may(actor, "announce", call) and not masked,
        "may_decide": policy.may(actor, "decide", call),
    }
