"""Seating plans: who sits where, what is not kept to, proposals, and what is printed."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import NotFound, StaleState, SummitryError
from summitry.protocol.actions.seating import (
    add_block,
    add_rule,
    clear_seat,
    create_seating,
    lock_seat,
    remove_block,
    remove_rule,
    seat_guest,
    take_proposal,
    update_seating,
)
from summitry.protocol.forms.seating import BlockForm, PlanForm, RuleForm
from summitry.protocol.models import SeatingPlan
from summitry.protocol.queries.people import guest_at_work, guests_called
from summitry.protocol.queries.seating import chart_of, preview_of, proposal_for, seating_at_work
from summitry.protocol.views.refusals import lines_of

NAV = "protocol-seating"
SALT = "protocol.seating.proposal"


@page
def plans(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the plans of an edition; create one."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    form = PlanForm(request.POST or None, record=SeatingPlan(edition=shown), edition=shown)
    made = form.save(lambda **_x: create_seating(shown, by=actor, **form.values)) if form.is_bound else None
    if made is not None:
        messages.success(request, _("The plan is there. Add its tables."))
        return redirect("protocol:seating_tables", shown.slug, made.slug)
    rows = within(actor, SeatingPlan.objects.filter(edition=shown)).select_related("room")
    context = {"plans": rows, "form": form, "may_edit": may_in(actor, shown, "edit", SeatingPlan)}
    return render(request, "protocol/seating_plans.html", context, status=422 if form.errors else 200)


@page
def seating(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a plan; seat, clear, lock."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    plan = seating_at_work(actor, shown, slug)
    if request.method != "POST":
        return _page(request, actor, plan)
    try:
        _do(request, actor, plan)
    except SummitryError as refusal:
        plan.refresh_from_db()
        return _page(request, actor, plan, lines_of(refusal), refusal.status)
    return redirect("protocol:seating_plan", shown.slug, plan.slug)


def _do(request: HttpRequest, actor: Actor, plan: SeatingPlan) -> None:
    """Do what the pressed button says: its name is what to do, its value the seat."""
    seen = number_in(request.POST.get("seen"))
    what = next((name for name in ("seat", "clear", "lock", "unlock") if name in request.POST), "")
    seat = plan.seats.select_related("plan", "block").filter(pk=number_in(request.POST.get(what))).first()
    if not what or seat is None:
        raise NotFound
    if what == "seat":
        guest = guest_at_work(actor, plan.edition, number_in(request.POST.get("guest")))
        seat_guest(seat, guest, by=actor, seen=seen)
    elif what == "clear":
        clear_seat(seat, by=actor, seen=seen)
    else:
        lock_seat(seat, by=actor, seen=seen, lock=what == "lock")


@page
def tables(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Change a plan's name, time and room; add and remove its tables."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    plan = seating_at_work(actor, shown, slug)
    require(actor, "edit", plan)
    is_block = "label" in request.POST or "remove" in request.POST
    form = PlanForm(None if is_block else request.POST or None, record=plan, edition=shown)
    block = BlockForm(request.POST if "label" in request.POST else None)
    refused: list[str] = []
    if form.is_bound and form.save(lambda **changes: update_seating(plan, by=actor, **changes)) is not None:
        messages.success(request, _("The plan is saved."))
        return redirect("protocol:seating_tables", shown.slug, plan.slug)
    if is_block:
        try:
            if _change_blocks(request, actor, plan, block):
                return redirect("protocol:seating_tables", shown.slug, plan.slug)
        except SummitryError as refusal:
            plan.refresh_from_db()
            refused = lines_of(refusal)
    context = {
        "plan": plan,
        "form": form,
        "adding": block,
        "blocks": plan.blocks.prefetch_related("seats"),
        "refused": refused,
    }
    is_wrong = bool(refused or form.errors or block.errors)
    return render(request, "protocol/seating_tables.html", context, status=422 if is_wrong else 200)


def _change_blocks(request: HttpRequest, actor: Actor, plan: SeatingPlan, form: BlockForm) -> bool:
    seen = number_in(request.POST.get("seen"))
    if "remove" in request.POST:
        block = plan.blocks.select_related("plan").filter(pk=number_in(request.POST["remove"])).first()
        if block is None:
            raise NotFound
        remove_block(block, by=actor, seen=seen)
        return True
    if not form.is_valid():
        return False
    add_block(plan, **form.cleaned_data, by=actor, seen=seen)
    return True


@page
def rules(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show what a plan has to keep to; add and remove rules."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    plan = seating_at_work(actor, shown, slug)
    require(actor, "edit", plan)
    chart = chart_of(plan)
    people = [line.who for block in chart.blocks for line in block.seats if line.who is not None]
    form = RuleForm(
        request.POST if "kind" in request.POST else None,
        people=sorted([*people, *chart.waiting], key=lambda w: str(w.name)),
    )
    if "remove" in request.POST:
        rule = plan.rules.select_related("plan").filter(pk=number_in(request.POST["remove"])).first()
        if rule is None:
            raise NotFound
        remove_rule(rule, by=actor)
        return redirect("protocol:seating_rules", shown.slug, plan.slug)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            guests = [guest_at_work(actor, shown, pk) for pk in data["guests"]]
            add_rule(plan, data["kind"], guests, by=actor, span=data["span"], reason=data["reason"])
        except SummitryError as refusal:
            form.add_error("guests", lines_of(refusal)[0])
        else:
            return redirect("protocol:seating_rules", shown.slug, plan.slug)
    return render(
        request,
        "protocol/seating_rules.html",
        {"plan": plan, "chart": chart, "form": form},
        status=422 if form.errors else 200,
    )


@page
def propose(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show what the algorithm would change; take over exactly what was shown."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    plan = seating_at_work(actor, shown, slug)
    require(actor, "edit", plan)
    refused: list[str] = []
    if request.method == "POST":
        try:
            kept = signing.loads(request.POST.get("proposal", ""), salt=f"{SALT}.{plan.pk}")
            seated = {int(guest): int(seat) for guest, seat in kept["seated"]}
            count = take_proposal(plan, seated, by=actor, seen=kept["seen"])
        except signing.BadSignature:
            refused = [str(StaleState())]
        except SummitryError as refusal:
            plan.refresh_from_db()
            refused = lines_of(refusal)
        else:
            messages.success(request, _("%(count)d guests have their seats.") % {"count": count})
            return redirect("protocol:seating_plan", shown.slug, plan.slug)
    seated = proposal_for(plan)
    chart = chart_of(plan)
    kept = {"seated": sorted(seated.items()), "seen": plan.number}
    context = {
        "plan": plan,
        "changes": preview_of(chart, seated),
        "proposal": signing.dumps(kept, salt=f"{SALT}.{plan.pk}"),
        "refused": refused,
    }
    return render(request, "protocol/seating_propose.html", context, status=409 if refused else 200)


def _page(
    request: HttpRequest, actor: Actor, plan: SeatingPlan, refused: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    found = [guest.pk for guest in guests_called(plan.edition, words)]
    may_edit = may_in(actor, plan.edition, "edit", SeatingPlan)
    context = {
        "plan": plan,
        "chart": chart_of(plan, further=found, rules_too=may_edit),
        "refused": refused,
        "may_edit": may_edit,
        "words": words,
        "chosen": number_in(request.POST.get("guest")),
    }
    return render(request, "protocol/seating.html", context, status=status)
