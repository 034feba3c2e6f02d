"""Engaging interpreters, their day sheets, the rooms' booths, and the undertaking that they accept."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from summitry.directory.models import Person
from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition, Room
from summitry.editions.views.door import WAYS, at_work, number_in
from summitry.foundation.access import Actor, policy_for, require, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.i18n import Text
from summitry.live.actions.interpreters import (
    MOST_BOOTHS,
    change_interpreter,
    engage_interpreters,
    open_account,
    set_booths,
    write_undertaking,
)
from summitry.live.forms import AccountForm, InterpreterForm, UndertakingForm
from summitry.live.models import Interpreter, Undertaking, UndertakingText
from summitry.live.queries.engaging import languages_in_use, pairs_of, people_to_engage
from summitry.live.queries.interpretation import booths_by_room
from summitry.live.queries.mine import days_of
from summitry.live.views.interpretation import NAV


@never_cache
@login_required
@require_http_methods(WAYS)
def interpreter_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Find somebody to engage; her languages make the first pairs."""
    shown, actor = at_work(request, edition, NAV)
    require(actor, "edit", Interpreter(edition=shown))
    if request.method == "POST":
        person = Person.objects.filter(pk=number_in(request.POST.get("person"))).first()
        if person is None:
            raise NotFound
        made = engage_interpreters(shown, [(person, pairs_of(person))], by=actor)
        messages.success(request, _("The interpreter is engaged. Check what she interprets."))
        return redirect("live:interpreter", shown.slug, made[0].pk)
    words = request.GET.get("q", "")[:100]
    found = people_to_engage(shown, words)
    names = display_names({one.pk for one in found}, get_language() or "en", tuple(shown.fallback))
    context = {"found": [(one, names[one.pk]) for one in found], "words": words}
    return render(request, "live/interpreter_new.html", context)


@never_cache
@login_required
@require_http_methods(WAYS)
def interpreter(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show an interpreter with what she masters; save what was changed."""
    shown, actor = at_work(request, edition, NAV)
    row = _interpreter(actor, shown, pk)
    account = AccountForm(
        request.POST if "email" in request.POST else None, initial={"email": row.person.email}
    )
    if account.is_bound and account.is_valid():
        try:
            open_account(row, account.cleaned_data["email"], by=actor)
        except InvalidInput as refusal:
            account.refuse(refusal)
        else:
            messages.success(
                request, _("The account is open. A link to sign in is sent from the sign-in page.")
            )
            return redirect("live:interpreter", shown.slug, row.pk)
    form = InterpreterForm(
        None if account.is_bound else request.POST or None, record=row, langs=languages_in_use(shown)
    )
    saved = (
        form.save(lambda **changes: change_interpreter(row, by=actor, **changes)) if form.is_bound else None
    )
    if saved is not None:
        messages.success(request, _("The interpreter is saved."))
        return redirect("live:interpreter", shown.slug, row.pk)
    newest = UndertakingText.objects.filter(edition=shown).first()
    context = {
        "row": row,
        "name": _name(row, shown),
        "form": form,
        "account": account,
        "may_plan": policy_for(Interpreter).may(actor, "edit", row),
        "undertaking": Undertaking.objects.filter(interpreter=row, text=newest).first() if newest else None,
        "days": days_of(row, get_language() or "en"),
    }
    return render(
        request, "live/interpreter.html", context, status=422 if form.errors or account.errors else 200
    )


@never_cache
@login_required
@require_safe
def interpreter_day(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show the sheet with which an interpreter goes through her days; it prints."""
    shown, actor = at_work(request, edition, NAV)
    row = _interpreter(actor, shown, pk)
    context = {"row": row, "name": _name(row, shown), "days": days_of(row, get_language() or "en")}
    return render(request, "live/interpreter_day.html", context)


@never_cache
@login_required
@require_http_methods(WAYS)
def booths(request: HttpRequest, edition: str) -> HttpResponse:
    """Say how many booths each room has."""
    shown, actor = at_work(request, edition, NAV)
    require(actor, "edit", Interpreter(edition=shown))
    rooms = list(Room.objects.filter(edition=shown).select_related("building"))
    refused: dict[int, str] = {}
    typed = {room.pk: request.POST.get(f"room-{room.pk}", "").strip() for room in rooms}
    if request.method == "POST":
        for pk, value in typed.items():
            if not (value.isascii() and value.isdecimal() and int(value[:4]) <= MOST_BOOTHS):
                refused[pk] = _("A number from 0 to %(most)d.") % {"most": MOST_BOOTHS}
        if not refused:
            set_booths(shown, {room: int(typed[room.pk]) for room in rooms}, by=actor)
            messages.success(request, _("The booths are saved."))
            return redirect("live:interpretation", shown.slug)
    present = booths_by_room(shown)
    lines = [
        (
            room,
            typed[room.pk] if request.method == "POST" else len(present.get(room.pk, ())),
            refused.get(room.pk, ""),
        )
        for room in rooms
    ]
    return render(
        request, "live/booths.html", {"lines": lines, "most": MOST_BOOTHS}, status=422 if refused else 200
    )


@never_cache
@login_required
@require_http_methods(WAYS)
def undertaking(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the present undertaking and who accepted it; write its next version."""
    shown, actor = at_work(request, edition, NAV)
    require(actor, "edit", UndertakingText(edition=shown))
    newest = UndertakingText.objects.filter(edition=shown).first()
    form = UndertakingForm(request.POST or None, edition=shown, present=newest.text if newest else Text())
    if form.is_bound and form.is_valid():
        try:
            write_undertaking(shown, form.cleaned_data["text"], by=actor)
        except SummitryError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The new version is there. Every interpreter is asked to accept it."))
            return redirect("live:undertaking", shown.slug)
    accepted = Undertaking.objects.filter(text=newest).count() if newest else 0
    context = {
        "form": form,
        "newest": newest,
        "accepted": accepted,
        "engaged": Interpreter.objects.filter(edition=shown).count(),
    }
    return render(request, "live/undertaking.html", context, status=422 if form.errors else 200)


def _interpreter(actor: Actor, edition: Edition, pk: int) -> Interpreter:
    rows = within(actor, Interpreter.objects.filter(edition=edition, pk=pk))
    row = rows.select_related("person__account", "edition").first()
    if row is None:
        raise NotFound
    return row


def _name(row: Interpreter, edition: Edition) -> object:
    return display_names([row.person_id], get_language() or "en", tuple(edition.fallback))[row.person_id]
