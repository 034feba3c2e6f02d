"""The effort planner: how many reads a jury has to give, and how surely they find the best entries."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from summitry.calls.actions.planning import forecast_soon, take_plan_over
from summitry.calls.enums import ComputationState, Task
from summitry.calls.forms.rounds import EffortForm
from summitry.calls.models import Call, Computation, Round
from summitry.calls.queries.computations import latest, problem_of
from summitry.calls.queries.effort import ways_of, wish_of
from summitry.calls.views.computations import register_computation_page
from summitry.calls.views.door import call_at_work
from summitry.calls.views.round_door import TAB
from summitry.editions.views.door import page
from summitry.foundation.access import Actor, policy_for, require
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.jobs.pages import address_of

STAGE = re.compile(r"(\d{1,3})x(\d{1,6})")
MOST = 6


@page
def effort(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show what plans of rounds cost and bring; have one forecast, take one over."""
    shown, actor = call_at_work(request, edition, call, TAB)
    require(actor, "view", Computation(call=shown))
    if "take" in request.POST:
        return _taken(request, shown, actor)
    form = EffortForm(request.POST or None, initial=EffortForm.showing(wish_of(shown)))
    if form.is_bound and form.is_valid():
        try:
            return redirect(address_of(forecast_soon(shown, form.wish(), by=actor)))
        except InvalidInput as refusal:
            for said in refusal.fields.get("", [str(refusal)]):
                form.add_error(None, said)
    newest = latest(shown, Task.EFFORT)
    is_known = newest is not None and newest.state == ComputationState.PROPOSED
    problem = problem_of(newest) if newest is not None and is_known else None
    context = {
        "form": form,
        "newest": newest,
        "problem": problem,
        "ways": ways_of(newest, problem) if newest is not None and problem else [],
        "may_edit": policy_for(Round).may(actor, "edit", Round(call=shown)),
    }
    return render(request, "calls/rounds/effort.html", context, status=422 if form.errors else 200)


def _taken(request: HttpRequest, call: Call, actor: Actor) -> HttpResponse:
    code = request.POST["take"]
    stages = [(int(reads), int(size)) for reads, size in STAGE.findall(code[:200])]
    if not 1 <= len(stages) <= MOST:
        messages.error(request, _("Choose a plan."))
        return redirect(request.path)
    try:
        take_plan_over(call, stages, by=actor)
    except SummitryError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
        return redirect(request.path)
    messages.success(request, _("The rounds follow this plan."))
    return redirect("calls:rounds", call.edition.slug, call.slug)


def _link(computation: Computation) -> str:
    return reverse("calls:round_effort", args=[computation.call.edition.slug, computation.call.slug])


register_computation_page(Task.EFFORT, _link)
