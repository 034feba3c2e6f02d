"""The check of flags and names, and its proof sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from summitry.directory.models import Entity
from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation.access import within
from summitry.foundation.errors import NotFound, SummitryError
from summitry.protocol.actions.proof import give_proof
from summitry.protocol.models import PrecedenceList, Proof
from summitry.protocol.queries.flags import FlagLine, check_flags
from summitry.protocol.queries.precedence import unexplained
from summitry.protocol.views.refusals import lines_of

NAV = "protocol-flags"


@page
def flags(request: HttpRequest, edition: str) -> HttpResponse:
    """Show every flag and name that the edition will use, with what is wrong; take down who found one right."""
    shown, actor = at_work(request, edition, NAV, Proof)
    refused: list[str] = []
    if request.method == "POST":
        entity = Entity.objects.filter(pk=number_in(request.POST.get("entity"))).first()
        try:
            if entity is None:
                raise NotFound
            give_proof(shown, entity, request.POST.get("mark", ""), by=actor)
        except SummitryError as refusal:
            refused = lines_of(refusal)
        else:
            messages.success(request, _("%(entity)s is proved.") % {"entity": entity})
            return redirect("protocol:flags", shown.slug)
    lines = check_flags(shown)
    orders = [
        (row, len(unexplained(row, list(row.entries.all()))))
        for row in within(actor, PrecedenceList.objects.filter(edition=shown)).select_related(
            "edition__naming_profile"
        )
    ]
    state = request.GET.get("state", "")
    context = {
        "lines": [line for line in lines if _is_in(line, state)],
        "state": state,
        "total": len(lines),
        "wrong": sum(bool(line.problems) for line in lines),
        "unproved": sum(not line.is_proved for line in lines),
        "orders": orders,
        "may_edit": may_in(actor, shown, "edit", Proof),
        "refused": refused,
    }
    return render(request, "protocol/flags.html", context, status=409 if refused else 200)


@page
def flag_sheet(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the proof sheet: all flags at one height, each with its upper edge marked, and all names; it prints."""
    shown, _actor = at_work(request, edition, NAV, Proof)
    return render(request, "protocol/flag_sheet.html", {"lines": check_flags(shown)})


def _is_in(line: FlagLine, state: str) -> bool:
    if state == "wrong":
        return bool(line.problems)
    return state != "unproved" or not line.is_proved
