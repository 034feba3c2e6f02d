"""The invitation, by the guest's link: she accepts, declines or names somebody in her place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from summitry.directory.queries.names import display_name
from summitry.editions.actions.reminding import by_clocks
from summitry.editions.views.by_link import guarded, secret_in
from summitry.foundation.errors import InvalidInput, StaleState, SummitryError, TransitionRefused
from summitry.guests.actions.answering import (
    accept_invitation,
    decline_invitation,
    is_late,
    mark_opened,
    pass_on_invitation,
)
from summitry.guests.enums import INVITATION, InvitationState
from summitry.guests.forms.answering import PassOnForm, RemarkForm
from summitry.guests.models import Invitation
from summitry.guests.queries.guest_links import Opened
from summitry.guests.views.by_link import by_link

S = InvitationState
ACCEPT, DECLINE, PASS_ON = "accept", "decline", "pass_on"
LEADS_TO = {ACCEPT: S.ACCEPTED, DECLINE: S.DECLINED, PASS_ON: S.DELEGATED}


@dataclass(slots=True)
class Desk:
    """The page at work: the invitation, its two forms, and what stood against the last answer."""

    opened: Opened
    invitation: Invitation
    decline: RemarkForm
    pass_on: PassOnForm
    refused: str = ""


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, found: Opened) -> HttpResponse:
    """Show a guest her invitation and take her answer."""
    row = Invitation.objects.filter(guest=found.guest).exclude(state=S.DRAFT).first()
    if row is None:
        return render(request, "guests/page/closed.html", {"why": "unknown"}, status=404)
    row.guest = found.guest
    edition = found.guest.edition
    answer = request.POST.get("answer", "") if request.method == "POST" else ""
    given = request.POST if answer else None
    desk = Desk(
        found,
        row,
        RemarkForm(given if answer == DECLINE else None, prefix="decline"),
        PassOnForm(given if answer == PASS_ON else None, prefix="other", edition=edition),
    )
    if answer in LEADS_TO:
        if row.state == LEADS_TO[answer]:  # the button was pressed twice
            return _onward(request, answer, found)
        status = _answered(desk, answer)
        return _onward(request, answer, found) if status == 200 else _page(request, desk, status)
    mark_opened(row)
    return _page(request, desk)


def _answered(desk: Desk, answer: str) -> int:
    """Take the answer; return 200, or what it was refused with: then the desk knows why."""
    row, by = desk.invitation, desk.opened.actor
    deeds: dict[str, tuple[Any, Callable[[], object]]] = {
        ACCEPT: (None, lambda: accept_invitation(row, by=by)),
        DECLINE: (
            desk.decline,
            lambda: decline_invitation(row, by=by, remark=desk.decline.cleaned_data["remark"]),
        ),
        PASS_ON: (
            desk.pass_on,
            lambda: pass_on_invitation(
                row, desk.pass_on.named, by=by, remark=desk.pass_on.cleaned_data["remark"]
            ),
        ),
    }
    form, deed = deeds[answer]
    if form is not None and not form.is_valid():
        return 422
    try:
        deed()
    except InvalidInput as refusal:
        for name, lines in refusal.fields.items():
            for line in lines:
                form.add_error(name if name in form.fields else None, line)
        return refusal.status
    except SummitryError as refusal:
        desk.refused = str(StaleState() if isinstance(refusal, TransitionRefused) else refusal)
        desk.invitation = Invitation.objects.get(pk=row.pk)
        desk.invitation.guest = desk.opened.guest
        return refusal.status
    return 200


def _onward(request: HttpRequest, answer: str, found: Opened) -> HttpResponse:
    secret = secret_in(request)
    return guarded(redirect(reverse("guest:invitation", args=[secret]) + f"?done={answer}"))


def _page(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    row, guest, secret = desk.invitation, desk.opened.guest, secret_in(request)
    lang = get_language() or "en"
    in_time = not is_late(row)
    due, own_due = by_clocks(guest.edition, row.answer_by, lang, guest.zone_name)
    context = {
        "guest": guest,
        "edition": guest.edition,
        "name": display_name(guest.person, lang, guest.edition.fallback),
        "invitation": row,
        "due": due,
        "own_due": own_due,
        "may": {answer: in_time and INVITATION.allows(row.state, to) for answer, to in LEADS_TO.items()},
        "is_late": not in_time,
        "decline": desk.decline,
        "pass_on": desk.pass_on,
        "refused": desk.refused,
        "done": request.GET.get("done", "")[:20],
        "here": reverse("guest:invitation", args=[secret]),
        "page_url": reverse("guest:page", args=[secret]),
    }
    return render(request, "guests/invitation/page.html", context, status=status)
