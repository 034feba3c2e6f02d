"""One guest of a delegation: what is missing, replaced by somebody, taken back, accompanied, sent her link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.foundation import clock
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.actions.application import HANDED_IN_FROM
from summitry.guests.actions.companion import companions_of, name_companion
from summitry.guests.actions.links import send_link
from summitry.guests.actions.nomination import substitute, take_from_waiting, withdraw
from summitry.guests.enums import GONE, GUEST, GuestState
from summitry.guests.forms.delegations import NomineeForm, WithdrawForm
from summitry.guests.models import Delegation, Guest
from summitry.guests.queries.cockpit import lines_of
from summitry.guests.queries.delegations import guest_at_work
from summitry.guests.views.delegations import WAYS, asked

Act = Callable[[Guest, Any, Actor], Guest]
ACTS: dict[str, Act] = {
    "replace": lambda guest, form, actor: substitute(guest, form.nominee(), by=actor),
    "withdraw": lambda guest, form, actor: withdraw(guest, by=actor, reason=form.cleaned_data["reason"]),
    "companion": lambda guest, form, actor: name_companion(guest, form.nominee(), by=actor),
    "admit": lambda guest, _form, actor: take_from_waiting(guest, by=actor),
}


@never_cache
@login_required
@require_http_methods(WAYS)
def delegation_guest(request: HttpRequest, edition: str, slug: str, pk: int) -> HttpResponse:
    """Show a guest to those who act for her delegation; do one thing, and show what was typed where it is refused."""
    shown, actor, found = asked(request, edition, slug)
    guest = guest_at_work(actor, found, pk)
    guest.delegation = found
    what = request.POST.get("what", "") if request.method == "POST" else ""
    if what == "send":
        return _sent(request, guest, actor)
    if request.method == "POST" and what not in ACTS:
        raise NotFound
    kept = {what: _form(what, request.POST, guest)} if what else {}
    if what and kept[what].is_valid():
        try:
            after = ACTS[what](guest, kept[what], actor)
        except InvalidInput as refusal:
            _refuse(kept[what], refusal.fields or {"": [str(refusal)]})
        except SummitryError as refusal:
            kept[what].add_error(None, str(refusal))
        else:
            messages.success(request, _DONE[what]() % {"name": after})
            return redirect("guests:delegation", shown.slug, found.slug)
    return _page(request, found, guest, actor, kept)


def _page(
    request: HttpRequest, delegation: Delegation, guest: Guest, actor: Actor, kept: dict[str, forms.Form]
) -> HttpResponse:
    lang, now = get_language() or "en", clock.now()
    fresh = Guest.objects.select_related("category", "person__account").get(pk=guest.pk)
    rows = [fresh, *companions_of(guest.pk).select_related("category", "person__account")]
    line, *companions = lines_of(delegation, rows, lang, now)
    policy = policy_for(Guest)
    may = {verb: policy.may(actor, verb, guest) for verb in ("nominate", "send", "complete")}
    comes = fresh.state not in GONE
    context = {
        "delegation": delegation,
        "line": line,
        "companions": companions,
        "may": may,
        "can_replace": may["nominate"]
        and GUEST.allows(fresh.state, GuestState.REPLACED)
        and not fresh.principal_id,
        "can_withdraw": may["nominate"] and GUEST.allows(fresh.state, GuestState.WITHDRAWN),
        "can_complete": may["complete"] and fresh.category.on_behalf and fresh.state in HANDED_IN_FROM,
        "can_meet": may["complete"] and fresh.state == GuestState.CONFIRMED,
        "can_admit": may["nominate"] and fresh.state == GuestState.WAITING,
        "can_accompany": may["complete"] and comes and len(companions) < fresh.category.companions,
        "has_address": bool(fresh.person.email or fresh.person.account_id),
        **{f"{what}_form": kept.get(what) or _form(what, None, guest) for what in ACTS},
    }
    status = 422 if any(form.errors for form in kept.values()) else 200
    return render(request, "guests/delegation/guest.html", context, status=status)


def _form(what: str, data: Any, guest: Guest) -> forms.Form:
    if what == "withdraw":
        form: forms.Form = WithdrawForm(data)
    elif what == "admit":
        form = forms.Form(data)
    else:
        form = NomineeForm(data, edition=guest.edition)
    form.auto_id = f"{what}-%s"
    return form


def _refuse(form: forms.Form, fields: dict[str, list[str]]) -> None:
    for name, sentences in fields.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)


def _sent(request: HttpRequest, guest: Guest, actor: Actor) -> HttpResponse:
    if send_link(guest, by=actor):
        messages.success(request, _("The letter with the link is in the outbox."))
    else:
        messages.warning(
            request, _("There is no e-mail address to send the link to, or such letters are switched off.")
        )
    match = request.resolver_match
    return redirect("guests:delegation_guest", *(match.kwargs.values() if match else ()))


_DONE: dict[str, Callable[[], str]] = {
    "replace": lambda: _("%(name)s has taken the place."),
    "withdraw": lambda: _("%(name)s is taken back; the place is free."),
    "companion": lambda: _("%(name)s is named."),
    "admit": lambda: _("%(name)s has a place now."),
}
