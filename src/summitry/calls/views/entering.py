"""Where entries begin, on a call's public pages: with an address, and with a nomination."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.calls.actions.beginning import ask_to_begin
from summitry.calls.actions.nomination import nominate
from summitry.calls.enums import Admission
from summitry.calls.forms.entry_parts import BeginForm, NominateForm, RefusableForm
from summitry.calls.models import Call
from summitry.calls.queries.calls import open_state, public_calls
from summitry.calls.queries.entry_values import known_zone
from summitry.editions.queries.edition import edition_of
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError

NAV = "calls"
MOST, WINDOW = 20, 600
"""How many forms are taken from one address of the network within ten minutes."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Ask who enters, and write to her; whatever the address is, the answer is the same."""
    shown = _call(request, edition, call)
    form = BeginForm(request.POST if request.method == "POST" else None, call=shown)

    def act() -> None:
        new, code = form.given(known_zone(unquote(request.COOKIES.get("zone", ""))))
        ask_to_begin(shown, new, code=code)

    is_taken = open_state(shown, clock.now()) == "open" and shown.admission != Admission.NOMINATION
    return _answered(request, shown, form, act, "calls/public/begin.html", "contact_email", is_taken=is_taken)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominating(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Take a nomination."""
    shown = _call(request, edition, call)
    form = NominateForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        nominate(shown, form.given)

    is_taken = open_state(shown, clock.now()) == "open"
    return _answered(
        request, shown, form, act, "calls/public/nominate.html", "nominee_name", is_taken=is_taken
    )


def _call(request: HttpRequest, edition: str, slug: str) -> Call:
    shown = public_calls(edition_of(request, edition, nav=NAV)).filter(slug=slug).first()
    if shown is None:
        raise NotFound
    return shown


def _answered(
    request: HttpRequest,
    call: Call,
    form: RefusableForm,
    act: Callable[[], None],
    template: str,
    said: str,
    *,
    is_taken: bool,
) -> HttpResponse:
    """Return the page of a form, after `act` where it was filled in; `said` is the field that the thanks repeat."""
    status, sent = 200, ""
    if form.is_bound:
        status = 422
        if not is_taken:
            status = 409
        elif _too_many(request, call):
            status = 429
        elif form.is_valid():
            try:
                act()
            except InvalidInput as refusal:
                form.refuse(refusal.fields or {"": [str(refusal)]})
            except SummitryError as refusal:
                form.refuse({"": [str(refusal)]})
                status = refusal.status
            else:
                status, sent = 200, form.cleaned_data[said]
    closes_at = call.closes_at.astimezone(call.edition.zone)
    context = {
        "call": call,
        "form": form,
        "sent": sent,
        "is_open": is_taken,
        "is_busy": status == 429,
        "closes_at": closes_at,
    }
    return render(request, template, context, status=status)


def _too_many(request: HttpRequest, call: Call) -> bool:
    key = f"calls.entering.{call.pk}.{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, WINDOW)
    return bool(cache.incr(key) > MOST)
