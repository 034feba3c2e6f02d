"""The console's pages of one decision about many applications: shown first with its letter, then done, and taken back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.actions.deciding import check_words
from summitry.guests.actions.deciding_many import (
    MOST,
    UNDOABLE,
    decide_many,
    plan_decisions,
    run_of,
    undo_decisions,
)
from summitry.guests.actions.telling import preview_of
from summitry.guests.enums import DecisionKind
from summitry.guests.forms.deciding import TogetherForm
from summitry.guests.models import Guest
from summitry.guests.queries.steps import leads_to
from summitry.guests.queries.worklist import working_on
from summitry.guests.views.deciding import asked


@never_cache
@login_required
@require_POST
def together(request: HttpRequest, edition: str) -> HttpResponse:
    """Show what a decision about the chosen applications would do, with a letter; confirmed, do it."""
    shown, actor = asked(request, edition)
    kind = request.POST.get("kind", "")
    if kind not in DecisionKind.values:
        raise NotFound
    guests = _chosen(request, actor, shown)
    plan = plan_decisions(guests, kind, by=actor)
    form = TogetherForm(request.POST if "then" in request.POST else None)
    refused = ""
    if form.is_bound and form.is_valid():
        try:
            check_words(kind, "", form.cleaned_data["reason"], form.cleaned_data["told"])
            if request.POST["then"] == "confirm" and plan.guests:
                run = decide_many(shown, plan.guests, kind, by=actor, key=_key(request), **form.cleaned_data)
                return redirect("guests:together_run", shown.slug, run.pk)
        except InvalidInput as refusal:
            for name, lines in refusal.fields.items():
                for line in lines:
                    form.add_error(name if name in form.fields else None, line)
        except SummitryError as refusal:
            refused = str(refusal)
    told = form.cleaned_data.get("told", "") if form.is_bound and form.is_valid() else ""
    for guest in plan.guests:
        guest.state = leads_to(guest, kind)
    letter, count = preview_of(plan.guests, kind, told)
    context = {
        "kind": DecisionKind(kind),
        "plan": plan,
        "form": form,
        "letter": letter,
        "letters": count,
        "key": _key(request),
        "queue_key": request.POST.get("queue", "")[:20],
        "seen": [f"{guest.pk}:{was}" for guest, was in _seen(guests, request)],
        "refused": refused,
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "guests/deciding/together.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def together_run(request: HttpRequest, edition: str, run: int) -> HttpResponse:
    """Show what was decided together; take it back as long as its letters have not left."""
    shown, actor = asked(request, edition)
    found, refused, status = run_of(shown, run), "", 200
    if request.method == "POST":
        try:
            undo_decisions(shown, found, by=actor)
        except SummitryError as refusal:
            refused, status = str(refusal), refusal.status
        else:
            messages.success(request, _("Taken back. The applications are to be decided about again."))
            return redirect("guests:together_run", shown.slug, run)
    context = {
        "run": found,
        "label": DecisionKind(found.action).label,
        "is_undoable": found.action in UNDOABLE and found.undone_at is None,
        "refused": refused,
    }
    return render(request, "guests/deciding/together_run.html", context, status=status)


def _chosen(request: HttpRequest, actor: Actor, edition: Edition) -> list[Guest]:
    """Return the chosen guests, in the states in which the officer saw them."""
    ids = {
        int(pk)
        for pk in request.POST.getlist("row")[: MOST + 1]
        if pk.isascii() and pk.isdecimal() and len(pk) < 19
    }
    rows = working_on(actor, edition).filter(pk__in=ids)
    guests = list(
        rows.select_related("category", "person", "edition", "delegation__edition").order_by(
            "state_since", "pk"
        )
    )
    seen = _states(request)
    for guest in guests:
        guest.state = seen.get(guest.pk, guest.state)
    return guests


def _states(request: HttpRequest) -> dict[int, str]:
    pairs = (each.partition(":") for each in request.POST.getlist("seen")[:MOST])
    return {
        int(pk): state[:12] for pk, _colon, state in pairs if pk.isascii() and pk.isdecimal() and len(pk) < 19
    }


def _seen(guests: Sequence[Guest], request: HttpRequest) -> list[tuple[Guest, str]]:
    seen = _states(request)
    known = dict(Guest.objects.filter(pk__in=[guest.pk for guest in guests]).values_list("pk", "state"))
    return [(guest, seen.get(guest.pk, known[guest.pk])) for guest in guests]


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()
