"""Meetings, by a guest's link and in the console by her office: requests answered, others found and asked."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from summitry.editions.queries.edition import edition_of
from summitry.editions.views.by_link import secret_in
from summitry.foundation import clock
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import NotFound, PermissionRefused, SummitryError
from summitry.foundation.web.actor import actor_of
from summitry.guests.actions.meeting import (
    accept_meeting,
    cancel_meeting,
    decline_meeting,
    propose_meeting,
    set_meeting_desk,
    withdraw_meeting,
)
from summitry.guests.forms.meetings import DeskForm, RequestForm
from summitry.guests.lists.delegations import NAV
from summitry.guests.models import Guest, Meeting
from summitry.guests.queries.busy import free_slots
from summitry.guests.queries.guest_links import RELATED, Opened
from summitry.guests.queries.meetings import (
    can_meet,
    desk_of,
    find_guests,
    meeting_of,
    meetings_of,
    to_be_met,
)
from summitry.guests.views.by_link import by_link

WAYS = ["GET", "HEAD", "POST"]
ACTS: dict[str, Callable[[Meeting, Guest, Actor], Meeting]] = {
    "accept": lambda meeting, _guest, actor: accept_meeting(meeting, by=actor),
    "decline": lambda meeting, _guest, actor: decline_meeting(meeting, by=actor),
    "withdraw": lambda meeting, _guest, actor: withdraw_meeting(meeting, by=actor),
    "cancel": lambda meeting, guest, actor: cancel_meeting(meeting, by=actor, of=guest),
}


@by_link
@require_http_methods(WAYS)
def meetings(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a guest her meetings; answer one, say how she can be met, or find whom to ask."""
    here = reverse("guest:meetings", args=[secret_in(request)])
    if "what" in request.POST:
        refused = _acted(request, found.guest, found.actor)
        return _page(request, found, refused=refused) if refused else redirect(f"{here}?saved=1")
    form = DeskForm.of(desk_of(found.guest), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            set_meeting_desk(found.guest, by=found.actor, **form.cleaned_data)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{here}?saved=1")
    return _page(request, found, form)


@by_link
@require_http_methods(WAYS)
def meeting_new(request: HttpRequest, found: Opened, pk: int) -> HttpResponse:
    """Ask somebody for a meeting, in a slot in which both are free."""
    guest, secret = found.guest, secret_in(request)
    if not can_meet(guest, desk_of(guest)):
        raise NotFound
    asked = to_be_met(guest).filter(pk=pk).first()
    if asked is None:
        raise NotFound
    slots = free_slots(guest.edition, [guest, asked], clock.now())
    given = request.POST if request.method == "POST" else None
    form = RequestForm(given, slots=slots, zone=guest.edition.zone)
    if form.is_bound and form.is_valid():
        try:
            propose_meeting(guest, asked, form.starts_at, by=found.actor, words=form.cleaned_data["words"])
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{reverse('guest:meetings', args=[secret])}?saved=1")
    context = {
        "guest": guest,
        "asked": asked,
        "form": form,
        "slots": slots,
        "back_url": reverse("guest:meetings", args=[secret]),
    }
    return render(request, "guests/page/meeting_new.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(WAYS)
def guest_meetings(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Let a guest's office answer for her: her delegation's focal points, or the guest office."""
    shown = edition_of(request, edition, nav=NAV)
    actor = actor_of(request)
    require(actor, "enter", shown)
    rows = within(actor, Guest.objects.filter(edition=shown, pk=pk))
    guest = rows.select_related(*RELATED).first()
    if guest is None:
        raise NotFound
    require(actor, "complete", guest)
    refused, desk = "", desk_of(guest)
    if request.method == "POST":
        refused = _acted(request, guest, actor) if "what" in request.POST else _opened(request, guest, actor)
        if not refused:
            return redirect("guests:guest_meetings", shown.slug, guest.pk)
    context = {
        "guest": guest,
        "form": DeskForm.of(desk),
        "answers_herself": desk.is_open and not desk.via_office,
        "lines": meetings_of(guest, get_language() or "en", clock.now()),
        "refused": refused,
    }
    return render(request, "guests/delegation/meetings.html", context, status=422 if refused else 200)


def _opened(request: HttpRequest, guest: Guest, actor: Actor) -> str:
    """Let the office say whether the guest can be met through it; return why not, or nothing."""
    form = DeskForm(request.POST)
    if not form.is_valid():
        return " ".join(str(line) for lines in form.errors.values() for line in lines)
    given = form.cleaned_data
    try:
        set_meeting_desk(guest, by=actor, is_open=given["is_open"], about=given["about"], via_office=True)
    except PermissionRefused:
        raise
    except SummitryError as refusal:
        return str(refusal)
    return ""


def _acted(request: HttpRequest, guest: Guest, actor: Actor) -> str:
    """Do what was chosen to one meeting; return why not, or nothing."""
    act = ACTS.get(request.POST.get("what", ""))
    value = request.POST.get("meeting", "")
    if act is None or not (value.isascii() and value.isdecimal() and len(value) < 12):
        raise NotFound
    try:
        act(meeting_of(guest, int(value)), guest, actor)
    except (NotFound, PermissionRefused):
        raise
    except SummitryError as refusal:
        return str(refusal)
    return ""


def _page(
    request: HttpRequest, found: Opened, form: DeskForm | None = None, refused: str = ""
) -> HttpResponse:
    guest, secret, lang = found.guest, secret_in(request), get_language() or "en"
    desk = desk_of(guest)
    words = request.GET.get("q", "")[:100]
    may_ask = can_meet(guest, desk)
    context = {
        "guest": guest,
        "desk": desk,
        "form": form or DeskForm.of(desk),
        "lines": meetings_of(guest, lang, clock.now()),
        "refused": refused,
        "may_ask": may_ask,
        "words": words,
        "found": [
            (one, reverse("guest:meeting_new", args=[secret, one.guest.pk]))
            for one in (find_guests(guest, words, lang) if may_ask else [])
        ],
        "home_url": reverse("guest:page", args=[secret]),
        "saved": "saved" in request.GET,
    }
    is_refused = bool(refused) or (form is not None and bool(form.errors))
    return render(request, "guests/page/meetings.html", context, status=422 if is_refused else 200)
