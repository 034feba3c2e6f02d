"""Entries in the console: the record of one, what the office decides about it, new ones, and nominations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from summitry.calls.actions.entry import (
    NewEntry,
    admit_late,
    begin_entry,
    disqualify_entry,
    renew_entry_link,
)
from summitry.calls.actions.nomination import dismiss_nomination, invite_nominated
from summitry.calls.actions.repeats import dismiss_repeat
from summitry.calls.enums import ENTRY, LEFT, WITH_ENTRANT, EntrySource, EntryState
from summitry.calls.forms.entry_parts import LateForm, NewEntryForm, ReasonForm, RefusableForm
from summitry.calls.models import Call, Entry, Nomination
from summitry.calls.queries.entry_counts import counts_of
from summitry.calls.queries.entry_record import file_of, record_of
from summitry.calls.queries.entry_windows import OVER
from summitry.calls.views.door import call_at_work
from summitry.editions.views.door import page
from summitry.foundation.access import Actor, policy_for, require, visible
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.files.sending import sent

TAB = "entries"


@page
def entries_of(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the entries of a call in numbers, each leading to its list."""
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", Entry(call=shown))
    context = {
        "counts": counts_of(shown, actor, get_language() or "en"),
        "may_edit": policy_for(Entry).may(actor, "edit", Entry(call=shown)),
        "list_url": f"{reverse('calls:entries', args=[shown.edition.slug])}?call={shown.slug}",
        "closes_at": shown.closes_at.astimezone(shown.edition.zone),
    }
    return render(request, "calls/console/entries_of.html", context)


@page
def entry(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show an entry with its versions, files, team and trail; do what was decided about it."""
    shown, actor, found = _asked(request, edition, call, number)
    if request.method != "POST":
        return _page(request, shown, actor, found)
    late = LateForm(request.POST, prefix="late", zone=shown.edition.zone) if "late" in request.POST else None
    leave = ReasonForm(request.POST, prefix="leave") if "disqualify" in request.POST else None
    form: RefusableForm | None = late or leave
    if form is not None and not form.is_valid():
        return _page(request, shown, actor, found, late=late, leave=leave, status=422)
    try:
        if late is not None:
            admit_late(found, by=actor, **late.cleaned_data)
        elif leave is not None:
            disqualify_entry(found, by=actor, **leave.cleaned_data)
        elif "renew" in request.POST:
            renew_entry_link(found, by=actor)
        elif "distinct" in request.POST:
            dismiss_repeat(found, by=actor)
    except SummitryError as refusal:
        fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
        if form is not None:
            form.refuse(fields or {"": [str(refusal)]})
        refused = "" if form is not None else str(refusal)
        return _page(
            request, shown, actor, found, late=late, leave=leave, refused=refused, status=refusal.status
        )
    return redirect("calls:entry", shown.edition.slug, shown.slug, found.number)


@page
def entry_file(request: HttpRequest, edition: str, call: str, number: int, sha256: str) -> HttpResponseBase:
    """Send a file of an entry, or of one of its frozen versions."""
    _shown, _actor, found = _asked(request, edition, call, number)
    stored = file_of(found, sha256)
    if stored is None:
        raise NotFound
    return sent(stored)


@page
def new(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Begin an entry for somebody: the link goes to her."""
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "edit", Entry(call=shown))
    form = NewEntryForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = begin_entry(shown, NewEntry(source=EntrySource.OFFICE, **form.cleaned_data), by=actor)
                return redirect("calls:entry", shown.edition.slug, shown.slug, made.number)
            except InvalidInput as refusal:
                form.refuse(refusal.fields)
            except SummitryError as refusal:
                form.refuse({"": [str(refusal)]})
                status = refusal.status
    return render(request, "calls/console/entry_new.html", {"form": form}, status=status)


@page
def nominations(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show who was nominated; invite or dismiss."""
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", Nomination(call=shown))
    refused, status = "", 200
    rows = visible(actor, Nomination.objects.filter(call=shown)).select_related("call__edition", "entry")
    if request.method == "POST":
        chosen = request.POST.get("invite") or request.POST.get("dismiss") or ""
        one = rows.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdecimal() else None
        if one is None:
            raise NotFound
        try:
            (invite_nominated if "invite" in request.POST else dismiss_nomination)(one, by=actor)
            return redirect("calls:nominations", shown.edition.slug, shown.slug)
        except SummitryError as refusal:
            refused, status = str(refusal), refusal.status
    context = {
        "nominations": rows.order_by("-sent_at", "-pk")[:500],
        "may_edit": policy_for(Nomination).may(actor, "edit", Nomination(call=shown)),
        "refused": refused,
    }
    return render(request, "calls/console/nominations.html", context, status=status)


def _asked(request: HttpRequest, edition: str, call: str, number: int) -> tuple[Call, Actor, Entry]:
    shown, actor = call_at_work(request, edition, call, TAB)
    rows = visible(actor, Entry.objects.filter(call=shown, number=number))
    found = rows.select_related("area", "entity", "rules_text", "similar_to", "organisation").first()
    if found is None:
        raise NotFound
    found.call = shown
    return shown, actor, found


def _page(
    request: HttpRequest,
    call: Call,
    actor: Actor,
    found: Entry,
    *,
    status: int = 200,
    refused: str = "",
    **forms: Any,
) -> HttpResponse:
    asked = request.GET.get("version", "")
    version = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 0
    may_edit = policy_for(Entry).may(actor, "edit", found)
    context = {
        "entry": found,
        "record": record_of(found, get_language() or "en", version),
        "may_edit": may_edit,
        "may_admit": may_edit and found.state in WITH_ENTRANT and call.state not in OVER,
        "may_disqualify": may_edit and ENTRY.allows(found.state, EntryState.DISQUALIFIED),
        "may_renew": may_edit and found.state not in LEFT,
        "late_form": forms.get("late") or LateForm(prefix="late", zone=call.edition.zone),
        "leave_form": forms.get("leave") or ReasonForm(prefix="leave"),
        "refused": refused,
    }
    return render(request, "calls/console/entry.html", context, status=status)
