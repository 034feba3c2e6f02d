"""Meals, the kitchen's sheet, and the health step."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text
from summitry.protocol.actions.health import set_health_step
from summitry.protocol.actions.meal import create_meal, except_guest, update_meal
from summitry.protocol.forms.stay import EntitledForm, HealthForm, MealForm
from summitry.protocol.models import HealthResult, HealthStep, Meal
from summitry.protocol.queries.health import step_of
from summitry.protocol.queries.kitchen import meals_of
from summitry.protocol.queries.people import guest_at_work, guests_called, whos

NAV = "protocol-meals"


@page
def meals(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the meals with the kitchen's numbers, which print; add a meal."""
    shown, actor = at_work(request, edition, NAV, Meal)
    form = MealForm(request.POST or None, record=Meal(edition=shown), edition=shown)
    entitled = EntitledForm(request.POST or None, edition=shown)
    if form.is_bound and entitled.is_valid():
        made = form.save(lambda **_x: create_meal(shown, by=actor, **form.values, **entitled.cleaned_data))
        if made is not None:
            messages.success(request, _("The meal is there."))
            return redirect("protocol:meals", shown.slug)
    context = {
        "lines": meals_of(shown, actor),
        "form": form,
        "entitled": entitled,
        "may_edit": may_in(actor, shown, "edit", Meal),
    }
    return render(request, "protocol/meals.html", context, status=422 if form.errors else 200)


@page
def meal(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Change a meal and who is entitled to it."""
    shown, actor = at_work(request, edition, NAV, Meal)
    row = _meal(actor, shown, pk)
    require(actor, "edit", row)
    if "guest" in request.POST:
        may = {"yes": True, "no": False}.get(request.POST.get("may", ""))
        except_guest(row, guest_at_work(actor, shown, number_in(request.POST["guest"])), by=actor, may=may)
        return redirect("protocol:meal", shown.slug, row.pk)
    form = MealForm(request.POST or None, record=row, edition=shown)
    entitled = EntitledForm(
        request.POST or None, edition=shown, initial={"categories": list(row.categories.all())}
    )
    if form.is_bound and entitled.is_valid():
        saved = form.save(lambda **changes: update_meal(row, by=actor, **changes, **entitled.cleaned_data))
        if saved is not None:
            messages.success(request, _("The meal is saved."))
            return redirect("protocol:meals", shown.slug)
    words = request.GET.get("q", "")[:100]
    found = [guest.pk for guest in guests_called(shown, words)]
    said = dict(row.entitlements.values_list("guest_id", "may"))
    people = whos(shown, {*found, *said})
    context = {
        "row": row,
        "form": form,
        "entitled": entitled,
        "words": words,
        "found": [people[guest] for guest in found if guest not in said],
        "said": [(people[guest], may) for guest, may in said.items()],
    }
    return render(request, "protocol/meal.html", context, status=422 if form.errors else 200)


@page
def health(request: HttpRequest, edition: str) -> HttpResponse:
    """Switch the health step on or off, and say what is asked."""
    shown, actor = at_work(request, edition, "protocol-health", HealthStep)
    row = step_of(shown) or HealthStep(edition=shown, asked=Text())
    form = HealthForm(request.POST or None, record=row, edition=shown)
    saved = (
        form.save(lambda **changes: set_health_step(shown, by=actor, **changes)) if form.is_bound else None
    )
    if saved is not None:
        messages.success(request, _("Saved."))
        return redirect("protocol:health", shown.slug)
    context = {
        "form": form,
        "row": row,
        "results": HealthResult.objects.filter(guest__edition=shown).values("guest").distinct().count(),
        "may_edit": may_in(actor, shown, "edit", HealthStep),
    }
    return render(request, "protocol/health.html", context, status=422 if form.errors else 200)


def _meal(actor: Actor, edition: Edition, pk: int) -> Meal:
    row = within(actor, Meal.objects.filter(edition=edition, pk=pk).select_related("edition")).first()
    if row is None:
        raise NotFound
    return row
