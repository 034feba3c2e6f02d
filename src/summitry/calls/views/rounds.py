"""The rounds of a call: how far each is, what it asks, and when jurors read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.round import (
    add_criterion,
    close_round,
    create_round,
    extend_round,
    open_round,
    remove_criterion,
    remove_round,
    update_criterion,
    update_round,
)
from summitry.calls.forms.rounds import CriterionForm, ExtendForm, RoundForm
from summitry.calls.models import Computation, Criterion, Round
from summitry.calls.queries.rounds import figures_by_round, figures_of, loads_of, rounds_of, short_entries
from summitry.calls.views.door import call_at_work
from summitry.calls.views.round_door import TAB, address, round_at_work
from summitry.directory.queries.names import display_names
from summitry.editions.views.door import page
from summitry.foundation.access import policy_for, require
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError


@page
def rounds(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the rounds of a call and how far each is."""
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", Computation(call=shown))
    found = rounds_of(shown)
    figures = figures_by_round(found, actor)
    context = {
        "rounds": [(each, figures[each.pk]) for each in found],
        "may_edit": policy_for(Round).may(actor, "edit", Round(call=shown)),
    }
    return render(request, "calls/rounds/list.html", context)


@page
def new_round(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Add a round after the last one."""
    shown, actor = call_at_work(request, edition, call, TAB)
    row = Round(call=shown)
    require(actor, "edit", row)
    form = RoundForm(request.POST or None, record=row, edition=shown.edition)
    saved = form.save(lambda **facts: create_round(shown, by=actor, **facts)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The round is added. Say what it asks of jurors."))
        return redirect(address(saved, "round_settings"))
    context = {"form": form, "heading": _("New round")}
    return render(request, "calls/rounds/form.html", context, status=422 if form.errors else 200)


@page
def round_(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show how far a round is and how much each juror has still to read; open and close it."""
    shown, actor = round_at_work(request, edition, call, number, "round")
    extend = ExtendForm(request.POST if "extend" in request.POST else None, edition=shown.call.edition)
    try:
        if "open" in request.POST:
            open_round(shown, by=actor)
            messages.success(request, _("The round is open. Its jurors can read, and are told so."))
            return redirect(request.path)
        if "close" in request.POST:
            close_round(shown, by=actor)
            messages.success(request, _("The round is closed: it takes no more reviews."))
            return redirect(request.path)
        if extend.is_bound and extend.is_valid():
            extend_round(shown, closes_at=extend.cleaned_data["closes_at"], by=actor)
            messages.success(request, _("Jurors can read until then."))
            return redirect(request.path)
    except InvalidInput as refusal:
        for said in refusal.fields.get("closes_at", [str(refusal)]):
            extend.add_error("closes_at", said)
    except SummitryError as refusal:
        messages.error(request, str(refusal))
        return redirect(request.path)
    loads = sorted(loads_of(shown, actor), key=lambda load: (-load.open, load.juror.pk))
    people = [load.juror.person_id for load in loads]
    names = display_names(people, get_language() or "en", shown.call.edition.fallback)
    context = {
        "figures": figures_of(shown, actor),
        "loads": [(load, names[load.juror.person_id]) for load in loads],
        "short": short_entries(shown, actor),
        "extend": extend,
        "may_edit": policy_for(Round).may(actor, "edit", shown),
    }
    return render(request, "calls/rounds/round.html", context, status=422 if extend.errors else 200)


@page
def settings(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Show and change a round and its criteria; remove it while nobody reads in it."""
    shown, actor = round_at_work(request, edition, call, number, "round_settings")
    if "remove" in request.POST:
        try:
            remove_round(shown, by=actor)
        except SummitryError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        messages.success(request, _("The round is removed."))
        return redirect("calls:rounds", edition, call)
    form = RoundForm(request.POST or None, record=shown, edition=shown.call.edition)
    saved = form.save(lambda **changes: update_round(shown, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The round is saved."))
        return redirect(request.path)
    context = {
        "form": form,
        "criteria": list(Criterion.objects.filter(round=shown)),
        "may_edit": policy_for(Round).may(actor, "edit", shown),
    }
    return render(request, "calls/rounds/settings.html", context, status=422 if form.errors else 200)


@page
def new_criterion(request: HttpRequest, edition: str, call: str, number: int) -> HttpResponse:
    """Add a criterion to a round."""
    shown, actor = round_at_work(request, edition, call, number, "round_settings")
    row = Criterion(round=shown)
    require(actor, "edit", row)
    form = CriterionForm(request.POST or None, record=row, edition=shown.call.edition)
    saved = form.save(lambda **facts: add_criterion(shown, by=actor, **facts)) if form.is_bound else None
    if saved is not None:
        return redirect(address(shown, "round_settings"))
    return render(
        request,
        "calls/rounds/criterion.html",
        {"form": form, "row": None},
        status=422 if form.errors else 200,
    )


@page
def criterion(request: HttpRequest, edition: str, call: str, number: int, pk: int) -> HttpResponse:
    """Show, change or remove a criterion."""
    shown, actor = round_at_work(request, edition, call, number, "round_settings")
    row = Criterion.objects.filter(round=shown, pk=pk).first()
    if row is None:
        raise NotFound
    row.round = shown
    if "remove" in request.POST:
        try:
            remove_criterion(row, by=actor)
        except SummitryError as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        return redirect(address(shown, "round_settings"))
    form = CriterionForm(request.POST or None, record=row, edition=shown.call.edition)
    saved = form.save(lambda **changes: update_criterion(row, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        return redirect(address(shown, "round_settings"))
    context = {"form": form, "row": row, "may_edit": policy_for(Criterion).may(actor, "edit", row)}
    return render(request, "calls/rounds/criterion.html", context, status=422 if form.errors else 200)
