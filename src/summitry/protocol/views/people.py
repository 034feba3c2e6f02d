"""One guest as protocol looks after her: address, greeters, journeys, rides, stays, meals, diet and health."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.guests.actions.guest import change_guest
from summitry.guests.models import Guest
from summitry.protocol.actions.courtesy import (
    courtesy_of,
    remove_greeting,
    set_courtesy,
    set_greeting,
)
from summitry.protocol.actions.health import look_at_result, record_result
from summitry.protocol.actions.meal import look_at_diet, set_diet
from summitry.protocol.enums import DietNeed, HealthOutcome
from summitry.protocol.forms.person import CourtesyForm, DeskForm, DietForm, GreetingForm, ResultForm
from summitry.protocol.models import Courtesy, Diet, Greeting, HealthResult, Seat, SeatingPlan
from summitry.protocol.queries.diets import has_diet
from summitry.protocol.queries.health import step_of
from summitry.protocol.queries.logistics import logistics_of
from summitry.protocol.queries.people import guest_at_work, whos

NAV = "protocol-people"


@page
def person(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Show a guest with all that is arranged for her; save how she is addressed."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    guest = guest_at_work(actor, shown, pk)
    form = CourtesyForm(request.POST or None, record=courtesy_of(guest), edition=shown, prefix="courtesy")
    saved = form.save(lambda **changes: set_courtesy(guest, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("protocol:person", shown.slug, guest.pk)
    return _page(request, actor, guest, courtesy=form)


@page
def deskword(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Write the word about a guest that the desk and the gates are shown."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    guest = guest_at_work(actor, shown, pk)
    form = DeskForm(request.POST or None)
    return _saved(request, actor, guest, "desk", form, lambda data: change_guest(guest, by=actor, **data))


@page
def greeting(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Say who receives a guest, or take that back."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    guest = guest_at_work(actor, shown, pk)
    if "remove" in request.POST:
        row = (
            Greeting.objects.filter(guest=guest, pk=number_in(request.POST["remove"]))
            .select_related("guest")
            .first()
        )
        if row is None:
            raise NotFound
        remove_greeting(row, by=actor)
        return redirect("protocol:person", shown.slug, guest.pk)
    form = GreetingForm(request.POST or None, edition=shown)
    return _saved(request, actor, guest, "greeting", form, lambda data: set_greeting(guest, by=actor, **data))


@page
def diet(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Enter what a guest is served, or open what is kept."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    guest = guest_at_work(actor, shown, pk)
    if "look" in request.POST:
        needs, words = look_at_diet(guest, by=actor)
        labels = [str(DietNeed(need).label) for need in needs]
        return _page(request, actor, guest, opened_diet=(labels, words))
    form = DietForm(request.POST or None)
    return _saved(request, actor, guest, "diet", form, lambda data: set_diet(guest, by=actor, **data))


@page
def health_result(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Enter a health result, or open the newest."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    guest = guest_at_work(actor, shown, pk)
    if "look" in request.POST:
        result = HealthResult.objects.filter(guest=guest).select_related("guest").first()
        if result is None:
            raise NotFound
        outcome, words = look_at_result(result, by=actor)
        return _page(request, actor, guest, opened_result=(str(HealthOutcome(outcome).label), words, result))
    form = ResultForm(request.POST or None, edition=shown)
    return _saved(request, actor, guest, "result", form, lambda data: record_result(guest, by=actor, **data))


def _saved(
    request: HttpRequest,
    actor: Actor,
    guest: Guest,
    name: str,
    form: forms.Form,
    write: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Write what a form says; what was refused is said beside its fields."""
    if form.is_bound and form.is_valid():
        try:
            write(form.cleaned_data)
        except InvalidInput as refusal:
            for field, sentences in (refusal.fields or {"": [str(refusal)]}).items():
                form.add_error(field if field in form.fields else None, sentences)
        except SummitryError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("protocol:person", guest.edition.slug, guest.pk)
    return _page(request, actor, guest, **{name: form})


def _page(request: HttpRequest, actor: Actor, guest: Guest, **given: Any) -> HttpResponse:
    edition: Edition = guest.edition
    step = step_of(edition)
    context = {
        "guest": guest,
        "who": whos(edition, [guest.pk])[guest.pk],
        "arranged": logistics_of(guest, actor),
        "courtesy": CourtesyForm(record=courtesy_of(guest), edition=edition, prefix="courtesy"),
        "desk": DeskForm(initial={"deskword": guest.deskword}),
        "may_greet": policy_for(Guest).may(actor, "greet", guest),
        "greeting": GreetingForm(edition=edition),
        "diet": DietForm(),
        "result": ResultForm(edition=edition),
        "has_diet": has_diet(guest),
        "has_result": HealthResult.objects.filter(guest=guest).exists(),
        "step": step if step is not None and step.is_on else None,
        "may_edit": may_in(actor, edition, "edit", SeatingPlan),
        "may_diet": policy_for(Diet).may(actor, "edit", Diet(guest=guest)),
        "may_health": policy_for(HealthResult).may(actor, "unseal", HealthResult(guest=guest)),
        "seats": Seat.objects.filter(guest=guest).select_related("plan", "block"),
        "courtesy_row": Courtesy.objects.filter(guest=guest).first(),
        **given,
    }
    is_wrong = any(isinstance(form, forms.Form) and form.errors for form in given.values())
    return render(request, "protocol/person.html", context, status=422 if is_wrong else 200)
