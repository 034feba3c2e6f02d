"""Zones, gates and rules: what there is, how full it is, and changing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from summitry.editions.forms import EditionForm
from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, may_in, page
from summitry.foundation.access import Actor, policy_for, require, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.foundation.i18n import Text
from summitry.gates.actions.access import change_rule, create_rule, remove_rule, set_allotments
from summitry.gates.actions.zones import (
    change_gate,
    change_zone,
    create_gate,
    create_zone,
    exceed_capacity,
    remove_gate,
    remove_zone,
)
from summitry.gates.forms.grounds import EmergencyForm, GateForm, RuleForm, ZoneForm
from summitry.gates.models import AccessRule, Allotment, Gate, Grant, Zone
from summitry.gates.queries.admission import NamedGuest, named_in
from summitry.gates.queries.grounds import allowed_in, devices_at_work, zone_lines
from summitry.guests.models import Delegation

NAV = "gates"
MOST_PASSES = 9999


@page
def grounds(request: HttpRequest, edition: str) -> HttpResponse:
    """Show all zones with their gates, rules and how many are inside."""
    shown, actor = at_work(request, edition, NAV, Zone)
    context = {
        "lines": zone_lines(shown),
        "devices": devices_at_work(shown),
        "may_edit": may_in(actor, shown, "edit", Zone),
        "may_rule": may_in(actor, shown, "edit", AccessRule),
        "may_see_rules": may_in(actor, shown, "view", AccessRule),
        "topic": f"edition:{shown.pk}:gates",
    }
    return render(request, "gates/grounds.html", context)


@page
def zone_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Add a zone."""
    shown, actor = at_work(request, edition, NAV, Zone)
    require(actor, "edit", Zone(edition=shown))
    form = ZoneForm(request.POST or None, record=Zone(edition=shown, name=Text()), edition=shown)
    made = form.save(lambda **_x: create_zone(shown, by=actor, **form.values)) if form.is_bound else None
    return _made(request, shown, form, made, _("A new zone"))


@page
def zone(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Change a zone, or remove it."""
    shown, actor = at_work(request, edition, NAV, Zone)
    row = _row(actor, Zone.objects.filter(edition=shown, pk=pk))
    form = ZoneForm(None if "remove" in request.POST else request.POST or None, record=row, edition=shown)
    links = [(_("Passes of delegations"), "gates:passes")] if row.by_delegation else []
    may_see_named = policy_for(Grant).may(actor, "view", Grant(zone=row))
    return _record(
        request,
        shown,
        actor,
        form,
        save=lambda **changes: change_zone(row, by=actor, **changes),
        remove=lambda: remove_zone(row, by=actor),
        links=[(_("Let more people in"), "gates:emergency"), *links],
        note=_allowed(shown, row),
        named=named_in(row, get_language() or "en") if may_see_named else [],
    )


@page
def emergency(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Let more people into a zone than it holds, for a reason."""
    shown, actor = at_work(request, edition, NAV, Zone)
    row = _row(actor, Zone.objects.filter(edition=shown, pk=pk))
    require(actor, "exceed", row)
    form = EmergencyForm(request.POST or None, initial={"places": row.emergency})
    if form.is_bound and form.is_valid():
        try:
            exceed_capacity(row, form.cleaned_data["places"], form.cleaned_data["reason"], by=actor)
        except InvalidInput as refusal:
            form.refuse(refusal.fields)
        else:
            messages.success(request, _("The gates know it."))
            return redirect("gates:grounds", shown.slug)
    return _page(request, shown, form, str(row), may_edit=True)


@page
def passes(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Say how many of each delegation may be in a zone at once."""
    shown, actor = at_work(request, edition, NAV, Zone)
    row = _row(actor, Zone.objects.filter(edition=shown, pk=pk))
    require(actor, "edit", Allotment(zone=row))
    delegations = list(Delegation.objects.filter(edition=shown))
    typed = {one.pk: request.POST.get(f"passes-{one.pk}", "").strip() for one in delegations}
    wrong = {pk for pk, text in typed.items() if text and not _is_number(text)}
    if request.method == "POST" and not wrong:
        set_allotments(row, {one: int(typed[one.pk]) for one in delegations if typed[one.pk]}, by=actor)
        messages.success(request, _("The passes are saved."))
        return redirect("gates:zone", shown.slug, row.pk)
    present = dict(row.allotments.values_list("delegation_id", "places"))
    values = typed if request.method == "POST" else present
    lines = [(one, values.get(one.pk, ""), one.pk in wrong) for one in delegations]
    context = {"row": row, "lines": lines, "most": MOST_PASSES}
    return render(request, "gates/passes.html", context, status=422 if wrong else 200)


@page
def gate_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Add a gate."""
    shown, actor = at_work(request, edition, NAV, Zone)
    require(actor, "edit", Gate(edition=shown))
    first = Zone.objects.filter(edition=shown).first()
    if first is None:
        messages.info(request, _("Add a zone first: a gate leads into one."))
        return redirect("gates:zone_new", shown.slug)
    form = GateForm(request.POST or None, record=Gate(edition=shown, zone=first), edition=shown)
    made = form.save(lambda **_x: create_gate(by=actor, **form.values)) if form.is_bound else None
    return _made(request, shown, form, made, _("A new gate"))


@page
def gate(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Change a gate, or remove it."""
    shown, actor = at_work(request, edition, NAV, Gate)
    row = _row(actor, Gate.objects.filter(edition=shown, pk=pk))
    form = GateForm(None if "remove" in request.POST else request.POST or None, record=row, edition=shown)
    return _record(
        request,
        shown,
        actor,
        form,
        save=lambda **changes: change_gate(row, by=actor, **changes),
        remove=lambda: remove_gate(row, by=actor),
    )


@page
def rule_new(request: HttpRequest, edition: str) -> HttpResponse:
    """Add a rule of access."""
    shown, actor = at_work(request, edition, NAV, AccessRule)
    require(actor, "edit", AccessRule(edition=shown))
    first = Zone.objects.filter(edition=shown).first()
    if first is None:
        messages.info(request, _("Add a zone first: a rule opens one."))
        return redirect("gates:zone_new", shown.slug)
    form = RuleForm(request.POST or None, record=AccessRule(edition=shown, zone=first), edition=shown)
    made = form.save(lambda **_x: create_rule(by=actor, **form.values)) if form.is_bound else None
    return _made(request, shown, form, made, _("A new rule of access"))


@page
def rule(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """Change a rule of access, or remove it."""
    shown, actor = at_work(request, edition, NAV, AccessRule)
    row = _row(actor, AccessRule.objects.filter(edition=shown, pk=pk).select_related("zone", "category"))
    form = RuleForm(None if "remove" in request.POST else request.POST or None, record=row, edition=shown)
    return _record(
        request,
        shown,
        actor,
        form,
        save=lambda **changes: change_rule(row, by=actor, **changes),
        remove=lambda: remove_rule(row, by=actor),
    )


def _record(
    request: HttpRequest,
    edition: Edition,
    actor: Actor,
    form: EditionForm[Any],
    *,
    save: Callable[..., object],
    remove: Callable[[], None],
    links: list[tuple[str, str]] | None = None,
    note: str = "",
    named: Sequence[NamedGuest] = (),
) -> HttpResponse:
    """Show a record with its form; save or remove it."""
    if "remove" in request.POST:
        try:
            remove()
        except SummitryError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It is removed."))
            return redirect("gates:grounds", edition.slug)
    if form.is_bound and form.save(save) is not None:
        messages.success(request, _("Saved."))
        return redirect("gates:grounds", edition.slug)
    pk = form.record.pk
    return _page(
        request,
        edition,
        form,
        str(form.record),
        may_edit=may_in(actor, edition, "edit", type(form.record)),
        record=form.record,
        links=[(label, reverse(name, args=[edition.slug, pk])) for label, name in links or ()],
        note=note,
        named=named,
    )


def _allowed(edition: Edition, zone: Zone) -> str:
    count = allowed_in(edition).get(zone.pk, 0)
    text = ngettext("%(count)d accredited guest may enter.", "%(count)d accredited guests may enter.", count)
    return text % {"count": count}


def _made(
    request: HttpRequest, edition: Edition, form: EditionForm[Any], made: object | None, heading: str
) -> HttpResponse:
    if made is not None:
        messages.success(request, _("Saved."))
        return redirect("gates:grounds", edition.slug)
    return _page(request, edition, form, heading, may_edit=True)


def _page(
    request: HttpRequest, edition: Edition, form: Any, heading: str, *, may_edit: bool, **context: Any
) -> HttpResponse:
    back = reverse("gates:grounds", args=[edition.slug])
    context = {"form": form, "heading": heading, "back": back, "may_edit": may_edit, **context}
    return render(request, "gates/record.html", context, status=422 if form.errors else 200)


def _row(actor: Actor, rows: Any) -> Any:
    row = within(actor, rows).first()
    if row is None:
        raise NotFound
    return row


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text[:6]) <= MOST_PASSES
