"""A delegation's record, for the guest office: its facts, its places, and who acts for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.editions.queries.edition import edition_of
from summitry.foundation.access import require
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.delegation import (
    NewDelegation,
    create_delegation,
    remove_delegation,
    update_delegation,
)
from summitry.guests.actions.focal_points import (
    appoint_focal_point,
    dismiss_focal_point,
    focal_points_of,
    welcome_again,
)
from summitry.guests.actions.quota import set_quotas
from summitry.guests.forms.delegations import DelegationForm, FocalPointForm, QuotasForm
from summitry.guests.lists.delegations import NAV
from summitry.guests.models import Delegation
from summitry.guests.queries.delegations import places_of
from summitry.guests.views.delegations import WAYS, asked


@never_cache
@login_required
@require_http_methods(WAYS)
def delegation_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Add a delegation."""
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    blank = Delegation(edition=shown)
    require(actor, "edit", blank)
    form = DelegationForm(request.POST or None, record=blank, edition=shown)
    made = (
        form.save(lambda **facts: create_delegation(shown, NewDelegation(**facts), by=actor))
        if form.is_bound
        else None
    )
    if made is not None:
        messages.success(request, _("The delegation is added. Give it places and a focal point."))
        return redirect("guests:delegation_edit", shown.slug, made.slug)
    return render(request, "guests/delegation/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(WAYS)
def delegation_edit(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show the record; save what was changed in it, or remove a delegation without guests."""
    shown, actor, found = asked(request, edition, slug)
    require(actor, "edit", found)
    if "remove" in request.POST:
        try:
            remove_delegation(found, by=actor)
        except SummitryError as refusal:
            return _page(request, found, refused=[str(refusal)])
        messages.success(request, _("The delegation is removed."))
        return redirect("guests:delegations", shown.slug)
    form = DelegationForm(request.POST or None, record=found, edition=shown)
    saved = (
        form.save(lambda **changes: update_delegation(found, by=actor, **changes)) if form.is_bound else None
    )
    if saved is not None:
        messages.success(request, _("The delegation is saved."))
        return redirect("guests:delegation_edit", shown.slug, found.slug)
    return _page(request, found, form=form)


@never_cache
@login_required
@require_POST
def delegation_quotas(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Save the places."""
    shown, actor, found = asked(request, edition, slug)
    require(actor, "edit", found)
    form = QuotasForm(request.POST, delegation=found)
    if form.is_valid():
        try:
            set_quotas(found, form.quotas(), by=actor, expected=form.expected())
        except SummitryError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The places are saved."))
            return redirect("guests:delegation_edit", shown.slug, found.slug)
    return _page(request, found, quotas=form)


@never_cache
@login_required
@require_POST
def delegation_focal_points(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Let somebody act for the delegation, write to her again, or end that."""
    shown, actor, found = asked(request, edition, slug)
    require(actor, "appoint", found)
    here = redirect("guests:delegation_edit", shown.slug, found.slug)
    what = next((key for key in ("dismiss", "welcome") if key in request.POST), "")
    if what:
        points = {str(one.pk): one for one in focal_points_of([found.pk]).get(found.pk, [])}
        account = points.get(request.POST[what])
        if account is None:
            raise NotFound
        if what == "dismiss":
            dismiss_focal_point(found, account, by=actor)
        elif welcome_again(found, account, by=actor):
            messages.success(request, _("The letter is in the outbox."))
        return here
    form = FocalPointForm(request.POST)
    if form.is_valid():
        try:
            account = appoint_focal_point(
                found, form.cleaned_data["email"], by=actor, name=form.cleaned_data["name"]
            )
        except SummitryError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s acts for this delegation now.") % {"name": account})
            return here
    return _page(request, found, focal=form)


def _page(
    request: HttpRequest,
    found: Delegation,
    *,
    form: DelegationForm | None = None,
    quotas: QuotasForm | None = None,
    focal: FocalPointForm | None = None,
    refused: list[str] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "delegation": found,
        "form": form or DelegationForm(record=found, edition=found.edition),
        "quotas": quotas or QuotasForm(delegation=found),
        "focal": focal or FocalPointForm(),
        "focal_points": focal_points_of([found.pk]).get(found.pk, []),
        "places": places_of([found.pk])[found.pk],
        "refused": refused or [],
    }
    is_refused = bool(refused) or any(one is not None and one.errors for one in (form, quotas, focal))
    return render(request, "guests/delegation/record.html", context, status=422 if is_refused else 200)


def _refuse(form: Any, refusal: SummitryError) -> None:
    fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
    for name, sentences in (fields or {"": [str(refusal)]}).items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
