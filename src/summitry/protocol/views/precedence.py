"""Precedence lists: begun by a proposal, moved by hand, each version kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation.access import Actor, require, within
from summitry.foundation.errors import InvalidInput, NotFound, SummitryError
from summitry.protocol.actions.precedence import (
    add_entry,
    create_precedence,
    move_entry,
    propose_order,
    remove_entry,
    restore_order,
    update_precedence,
)
from summitry.protocol.forms.precedence import MoveForm, PrecedenceForm
from summitry.protocol.models import PrecedenceList
from summitry.protocol.queries.order import dignitaries_of, proposed_order
from summitry.protocol.queries.people import guest_at_work, guests_called, whos
from summitry.protocol.queries.precedence import (
    as_of,
    missing_from,
    places_of,
    precedence_at_work,
    versions_of,
)
from summitry.protocol.views.refusals import lines_of

NAV = "protocol-precedence"


@page
def lists(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the lists of an edition; create one."""
    shown, actor = at_work(request, edition, NAV, PrecedenceList)
    form = PrecedenceForm(request.POST or None, record=PrecedenceList(edition=shown), edition=shown)
    made = (
        form.save(lambda **_x: create_precedence(shown, by=actor, **form.values)) if form.is_bound else None
    )
    if made is not None:
        messages.success(request, _("The list is there. Look at the proposal, and take it over."))
        return redirect("protocol:propose_order", shown.slug, made.slug)
    context = {
        "lists": within(actor, PrecedenceList.objects.filter(edition=shown)),
        "form": form,
        "may_edit": may_in(actor, shown, "edit", PrecedenceList),
    }
    return render(request, "protocol/precedence_lists.html", context, status=422 if form.errors else 200)


@page
def precedence(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show a list; move, add or take off somebody."""
    shown, actor = at_work(request, edition, NAV, PrecedenceList)
    row = precedence_at_work(actor, shown, slug)
    if request.method != "POST":
        return _page(request, actor, row)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, row, form, [_("Choose somebody, and say where to and why.")], 422)
    try:
        _do(request.POST.get("do", ""), actor, row, form)
    except SummitryError as refusal:
        row.refresh_from_db()
        return _page(request, actor, row, form, lines_of(refusal), refusal.status)
    messages.success(request, _("Done."))
    return redirect("protocol:precedence", shown.slug, row.slug)


def _do(what: str, actor: Actor, row: PrecedenceList, form: MoveForm) -> None:
    entry_id, to, reason, seen = (form.cleaned_data[name] for name in ("entry", "to", "reason", "seen"))
    if what == "add":
        guest = guest_at_work(actor, row.edition, entry_id)
        add_entry(row, guest, by=actor, seen=seen, reason=reason, to=to)
        return
    entry = row.entries.filter(pk=entry_id).select_related("precedence").first()
    if entry is None:
        raise NotFound
    if what == "remove":
        remove_entry(entry, by=actor, seen=seen, reason=reason)
    elif to is None:
        raise InvalidInput(fields={"to": [_("Say which place.")]})
    else:
        move_entry(entry, to, by=actor, seen=seen, reason=reason)


@page
def precedence_edit(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Change what a list is called and its alphabet."""
    shown, actor = at_work(request, edition, NAV, PrecedenceList)
    row = precedence_at_work(actor, shown, slug)
    require(actor, "edit", row)
    form = PrecedenceForm(request.POST or None, record=row, edition=shown)
    saved = (
        form.save(lambda **changes: update_precedence(row, by=actor, **changes)) if form.is_bound else None
    )
    if saved is not None:
        messages.success(request, _("The list is saved. Its order is what it was."))
        return redirect("protocol:precedence", shown.slug, row.slug)
    return render(
        request,
        "protocol/precedence_edit.html",
        {"row": row, "form": form},
        status=422 if form.errors else 200,
    )


@page
def propose(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show the order that rank, time in office and alphabet give; write it down when it is taken over."""
    shown, actor = at_work(request, edition, NAV, PrecedenceList)
    row = precedence_at_work(actor, shown, slug)
    require(actor, "edit", row)
    present = list(row.entries.values_list("guest_id", flat=True))
    guests = dict.fromkeys((*present, *dignitaries_of(row)))
    refused: list[str] = []
    if request.method == "POST":
        try:
            propose_order(row, list(guests), by=actor, seen=number_in(request.POST.get("seen")))
        except SummitryError as refusal:
            row.refresh_from_db()
            refused = lines_of(refusal)
        else:
            messages.success(request, _("The order is written down. From now on it is moved by hand."))
            return redirect("protocol:precedence", shown.slug, row.slug)
    order = proposed_order(row, guests)
    people = whos(shown, guests)
    context = {
        "row": row,
        "lines": [(people[one.guest_id], one.since) for one in order],
        "reasons": row.entries.exclude(reason="").count(),
        "refused": refused,
    }
    return render(request, "protocol/precedence_propose.html", context, status=409 if refused else 200)


@page
def versions(request: HttpRequest, edition: str, slug: str) -> HttpResponse:
    """Show the versions of a list and what one of them said; go back to it."""
    shown, actor = at_work(request, edition, NAV, PrecedenceList)
    row = precedence_at_work(actor, shown, slug)
    number = number_in(request.POST.get("number") or request.GET.get("number"))
    version = row.versions.select_related("precedence__edition").filter(number=number).first()
    refused: list[str] = []
    if request.method == "POST":
        try:
            if version is None:
                raise NotFound
            restore_order(
                row,
                version,
                by=actor,
                seen=number_in(request.POST.get("seen")),
                reason=request.POST.get("reason", ""),
            )
        except SummitryError as refusal:
            row.refresh_from_db()
            refused = lines_of(refusal)
        else:
            messages.success(request, _("The earlier order is the present one."))
            return redirect("protocol:precedence", shown.slug, row.slug)
    context = {
        "row": row,
        "versions": versions_of(row),
        "version": version,
        "order": as_of(version) if version is not None else [],
        "refused": refused,
        "may_edit": may_in(actor, shown, "edit", PrecedenceList),
    }
    return render(request, "protocol/precedence_versions.html", context, status=422 if refused else 200)


def _page(
    request: HttpRequest,
    actor: Actor,
    row: PrecedenceList,
    form: MoveForm | None = None,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    found = guests_called(row.edition, words) if words else []
    lines = places_of(row)
    present = {line.entry.guest_id for line in lines}
    to_add = [guest.pk for guest in found if guest.pk not in present] if words else missing_from(row)
    context = {
        "row": row,
        "lines": lines,
        "form": form,
        "refused": refused,
        "may_edit": may_in(actor, row.edition, "edit", PrecedenceList),
        "to_add": list(whos(row.edition, to_add).values()) if to_add else [],
        "words": words,
    }
    return render(request, "protocol/precedence.html", context, status=status)
