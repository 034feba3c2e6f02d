"""The console's pages of a jury: its list, a juror's record, whom the office appoints, panels, and how balanced it is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.calls.actions.juror import (
    accept_appointment,
    appoint_juror,
    decline_appointment,
    invite_juror,
    leave_jury,
    update_juror,
)
from summitry.calls.actions.panel import create_panel, remove_panel, update_panel
from summitry.calls.enums import JUROR as STEPS
from summitry.calls.enums import JurorState
from summitry.calls.forms.jury import NEW, AppointForm, JurorForm, PanelForm
from summitry.calls.models import Call, Juror, Panel
from summitry.calls.queries.balance import balance_of
from summitry.calls.queries.conflict_lines import conflict_lines, conflicts_at_work
from summitry.calls.queries.jurors import juror_lines, jurors_at_work, panels_of
from summitry.calls.views.door import call_at_work
from summitry.calls.views.refusing import refuse
from summitry.directory.actions.person import create_person
from summitry.directory.models import Person
from summitry.editions.views.door import number_in, page
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.errors import NotFound, SummitryError
from summitry.guests.queries.invitees import Candidate, candidates, like

TAB = "jury"


@page
def jury(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show the jurors of a call, by state and panel."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    lang = get_language() or "en"
    state, panel = request.GET.get("state", ""), number_in(request.GET.get("panel"))
    rows = list(jurors_at_work(found, actor))
    shown = [
        row for row in rows if (not state or row.state == state) and (not panel or row.panel_id == panel)
    ]
    context = {
        "lines": juror_lines(found, shown, actor, lang),
        "states": [(one, one.label, sum(row.state == one for row in rows)) for one in JurorState],
        "panels": panels_of(found, lang),
        "state": state,
        "panel": panel,
        "total": len(rows),
        "may_edit": policy_for(Call).may(actor, "edit", found),
    }
    return render(request, "calls/jury/list.html", context)


@page
def juror(request: HttpRequest, edition: str, call: str, pk: int) -> HttpResponse:
    """Show a juror's record; save what was changed in it, or invite her, accept or decline for her, end her work."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    row = jurors_at_work(found, actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    row.call = found
    what = request.POST.get("do", "")
    if what:
        return _step(request, row, what, actor)
    may_edit = policy_for(Juror).may(actor, "edit", row)
    form = JurorForm(
        request.POST if request.method == "POST" and may_edit else None,
        record=row,
        call=found,
        is_own=False,
        may_chair=policy_for(Call).may(actor, "decide", found),
    )
    saved = form.save(lambda **changes: update_juror(row, by=actor, **changes)) if form.is_bound else None
    if saved is not None:
        messages.success(request, _("The juror is saved."))
        return redirect("calls:juror", found.edition.slug, found.slug, row.pk)
    return _juror_page(request, row, actor, form)


@page
def juror_new(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Appoint a juror; where she may be in the directory already, that has to be decided first."""
    found, actor = call_at_work(request, edition, call, TAB, "edit")
    may_chair = policy_for(Call).may(actor, "decide", found)
    form = AppointForm(request.POST or None, call=found, may_chair=may_chair)
    people: list[Candidate] = []
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        matches = like(given["email"], (given["name"],))
        known = candidates(found.edition, matches, get_language() or "en")
        people = list(known.values())
        who = request.POST.get("who", "")
        chosen = number_in(who) if number_in(who) in known else 0
        if not people or who == NEW or chosen:
            made = _appointed(form, found, actor, chosen)
            if made is not None:
                messages.success(request, _("%(name)s is on the list of the jury.") % {"name": made})
                return redirect("calls:juror", found.edition.slug, found.slug, made.pk)
    status = 422 if form.errors else 409 if people else 200
    context = {"form": form, "found": people, "new": NEW}
    return render(request, "calls/jury/new.html", context, status=status)


@page
def panel(request: HttpRequest, edition: str, call: str, pk: int = 0) -> HttpResponse:
    """Add a panel, change one, or remove it."""
    found, actor = call_at_work(request, edition, call, TAB, "edit")
    record = Panel.objects.filter(call=found, pk=pk).first() if pk else Panel(call=found)
    if record is None:
        raise NotFound
    record.call = found
    if pk and "remove" in request.POST:
        remove_panel(record, by=actor)
        messages.success(request, _("The panel is removed; its jurors stay."))
        return redirect("calls:jury", found.edition.slug, found.slug)
    form = PanelForm(request.POST or None, record=record, call=found)
    if form.is_bound:
        saved = (
            form.save(lambda **changes: update_panel(record, by=actor, **changes))
            if pk
            else form.save(lambda **facts: create_panel(found, by=actor, **{"name": record.name, **facts}))
        )
        if saved is not None:
            messages.success(request, _("The panel is saved."))
            return redirect("calls:jury", found.edition.slug, found.slug)
    context = {"form": form, "record": record, "is_new": not pk}
    return render(request, "calls/jury/panel.html", context, status=422 if form.errors else 200)


@page
def balance(request: HttpRequest, edition: str, call: str) -> HttpResponse:
    """Show how the jury is made up, and what it can read against what there is to read."""
    found, actor = call_at_work(request, edition, call, TAB, "audit")
    return render(
        request, "calls/jury/balance.html", {"balance": balance_of(found, get_language() or "en", actor)}
    )


STEPS_BY_NAME = {
    "invite": (invite_juror, JurorState.INVITED),
    "accept": (accept_appointment, JurorState.ACCEPTED),
    "decline": (decline_appointment, JurorState.DECLINED),
    "leave": (leave_jury, JurorState.LEFT),
}


def _step(request: HttpRequest, row: Juror, what: str, actor: Actor) -> HttpResponse:
    if what not in STEPS_BY_NAME:
        raise NotFound
    try:
        STEPS_BY_NAME[what][0](row, by=actor)
    except SummitryError as refusal:
        fields: dict[str, list[str]] = getattr(refusal, "fields", {})
        messages.error(request, " ".join(line for lines in fields.values() for line in lines) or str(refusal))
    else:
        messages.success(request, _("Done. She is told where a letter is due."))
    return redirect("calls:juror", row.call.edition.slug, row.call.slug, row.pk)


def _juror_page(request: HttpRequest, row: Juror, actor: Actor, form: JurorForm) -> HttpResponse:
    lang, call = get_language() or "en", row.call
    may_edit = policy_for(Juror).may(actor, "edit", row)
    conflicts = list(conflicts_at_work(call, actor).filter(juror=row)[:100])
    context: dict[str, Any] = {
        "line": juror_lines(call, [row], actor, lang)[0],
        "juror": row,
        "form": form,
        "may_edit": may_edit,
        "steps": [
            name for name, (_act, to) in STEPS_BY_NAME.items() if may_edit and STEPS.allows(row.state, to)
        ],
        "conflicts": conflict_lines(call, conflicts, actor, lang),
    }
    return render(request, "calls/jury/juror.html", context, status=422 if form.errors else 200)


def _appointed(form: AppointForm, call: Call, actor: Actor, chosen: int) -> Juror | None:
    """Appoint, and invite where that was asked for; what stands against it is said in the form."""
    try:
        known = Person.objects.select_related("account").get(pk=chosen) if chosen else None
        person = known or create_person(form.new_person(), by=actor)
        made = appoint_juror(call, person, by=actor, **form.facts)
        return invite_juror(made, by=actor) if form.cleaned_data["invite"] else made
    except SummitryError as refusal:
        refuse(form, refusal)
        return None
