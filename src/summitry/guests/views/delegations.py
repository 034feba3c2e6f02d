"""A delegation's page, where its focal point works: places, what is missing and by when, guests, and naming new ones."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.editions.models import Edition
from summitry.editions.queries.edition import edition_of
from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.lists import list_urls
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.focal_points import focal_points_of
from summitry.guests.actions.nomination import nominate, nominate_many
from summitry.guests.enums import GuestState
from summitry.guests.forms.delegations import NomineeForm
from summitry.guests.forms.nominee_table import NomineeTableForm
from summitry.guests.lists.delegations import DELEGATIONS, NAV
from summitry.guests.models import Delegation
from summitry.guests.queries.cockpit import cockpit_of
from summitry.guests.queries.delegations import delegation_at_work, places_of
from summitry.guests.queries.windows import nomination_window

URLS = list_urls(DELEGATIONS, edition_of)
WAYS = ["GET", "HEAD", "POST"]


@never_cache
@login_required
@require_safe
def delegation(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a delegation to those who work with it."""
    shown, actor, found = asked(request, edition, slug)
    return _page(request, shown, actor, found)


@never_cache
@login_required
@require_http_methods(WAYS)
def delegation_nominate(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Name one guest; a refused one is shown with what was typed."""
    shown, actor, found = asked(request, edition, slug)
    if request.method != "POST":
        return redirect("guests:delegation", shown.slug, found.slug)
    form = NomineeForm(request.POST, edition=shown, places=places_of([found.pk])[found.pk])
    if form.is_valid():
        try:
            guest = nominate(found, form.category, form.nominee(), by=actor)
        except InvalidInput as refusal:
            form.refuse(refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _named(guest.state) % {"name": guest, "category": guest.category})
            return redirect("guests:delegation", shown.slug, found.slug)
    return _page(request, shown, actor, found, form)


@never_cache
@login_required
@require_http_methods(WAYS)
def delegation_table(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Name many guests by a pasted table, all or none."""
    shown, actor, found = asked(request, edition, slug)
    require(actor, "nominate", found)
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NomineeTableForm(*given, places=places_of([found.pk])[found.pk])
    if form.is_bound and form.is_valid():
        nominees = form.nominees()
        try:
            guests = nominate_many(found, nominees, by=actor) if nominees else []
        except InvalidInput as refusal:
            form.refuse(refusal.fields)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        if not form.refusals and not form.errors:
            messages.success(request, _("Nominated: %(count)d.") % {"count": len(guests)})
            return redirect("guests:delegation", shown.slug, found.slug)
    status = 422 if form.errors or form.refusals else 200
    return render(request, "guests/delegation/table.html", {"delegation": found, "form": form}, status=status)


def asked(request: HttpRequest, edition: str, slug: str) -> tuple[Edition, Actor, Delegation]:
    """Return the edition, who asks, and the delegation that she works with."""
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    require(actor, "enter", shown)
    return shown, actor, delegation_at_work(actor, shown, slug)


def rights_of(actor: Actor, found: Delegation) -> dict[str, bool]:
    """Return which verbs of the delegation `actor` may do, for templates to show what is possible."""
    policy = policy_for(Delegation)
    return {verb: policy.may(actor, verb, found) for verb in ("edit", "nominate", "appoint")}


def clocks_of(found: Delegation) -> dict[str, Any]:
    """Return until when the delegation may nominate, for both clocks."""
    window, now = nomination_window(found), clock.now()
    return {
        "window": window,
        "is_open": window.is_open(now),
        "is_over": window.closes_at is not None and window.closes_at <= now,
        "zone": found.zone_name if found.zone_name != found.edition.zone_name else "",
    }


def _page(
    request: HttpRequest, shown: Edition, actor: Actor, found: Delegation, form: NomineeForm | None = None
) -> HttpResponse:
    may, places = rights_of(actor, found), places_of([found.pk])[found.pk]
    clocks = clocks_of(found)
    context = {
        "delegation": found,
        "may": may,
        "places": places,
        "cockpit": cockpit_of(found, actor, get_language() or "en", clock.now()),
        "focal_points": focal_points_of([found.pk]).get(found.pk, []),
        "nominee": form or NomineeForm(edition=shown, places=places),
        "can_nominate": may["nominate"] and bool(places) and (clocks["is_open"] or may["edit"]),
        **clocks,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "guests/delegation/page.html", context, status=status)


def _named(state: str) -> str:
    if state == GuestState.WAITING:
        return _("All places are taken: %(name)s is on the waiting list (%(category)s).")
    return _("%(name)s is nominated (%(category)s).")
