"""What any recipient would read, word for word; and the same as a test to oneself."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from summitry.foundation.access import policy_for
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import direction, language_tag
from summitry.foundation.mail import Message
from summitry.foundation.web.security import content_policy
from summitry.mailing.actions.trying import send_test
from summitry.mailing.audiences import audience_of
from summitry.mailing.models import Mailing
from summitry.mailing.queries.recipients import Addressee, reach_of
from summitry.mailing.queries.writing import letter_for
from summitry.mailing.views.desk import Desk, desk_for

SHOWN = 200


class Previewed(NamedTuple):
    """The recipient whose letter is shown, her place among all, and the letter."""

    addressee: Addressee
    place: int
    all: tuple[Addressee, ...]
    message: Message


@never_cache
@login_required
@require_safe
@content_policy(frame_src="'self'")
def preview(request: HttpRequest, edition: str, mailing: int) -> HttpResponse:
    """Show the letter of one recipient as HTML and as text; any other can be chosen."""
    desk = desk_for(request, edition, mailing)
    shown = _previewed(request, desk)
    q = " ".join(request.GET.get("q", "").split())[:100]
    context: dict[str, Any] = {"mailing": desk.mailing, "q": q, "previewed": shown, "current": 4}
    if shown is not None:
        words = q.lower()
        matching = [
            (place, one)
            for place, one in enumerate(shown.all)
            if not words or words in one.name.lower() or words in one.recipient.address.lower()
        ]
        context |= {
            "choices": matching[:SHOWN],
            "previous": shown.place - 1 if shown.place else None,
            "next": shown.place + 1 if shown.place + 1 < len(shown.all) else None,
            "number": shown.place + 1,
            "total": len(shown.all),
            "lang": language_tag(shown.message.lang),
            "dir": direction(shown.message.lang),
        }
    return render(request, "mailing/preview.html", context)


@never_cache
@login_required
@require_safe
@xframe_options_sameorigin
@content_policy(frame_ancestors="'self'", style_src="'unsafe-inline'")
def preview_frame(request: HttpRequest, edition: str, mailing: int) -> HttpResponse:
    """Give the HTML of the letter alone, for the frame on the page of the preview."""
    shown = _previewed(request, desk_for(request, edition, mailing))
    if shown is None:
        raise NotFound
    return HttpResponse(shown.message.html)


@never_cache
@login_required
@require_POST
def test(request: HttpRequest, edition: str, mailing: int) -> HttpResponse:
    """Send the shown letter to whoever asks, and to nobody else."""
    desk = desk_for(request, edition, mailing)
    shown = _previewed(request, desk, is_test=True)
    if shown is None:
        raise NotFound
    address = send_test(desk.mailing, shown.message, by=desk.actor)
    messages.success(request, _("A test is on its way to %(address)s.") % {"address": address})
    response = redirect("mailing:preview", desk.edition.slug, desk.mailing.pk)
    response["Location"] += f"?n={shown.place}"
    return response


def _previewed(request: HttpRequest, desk: Desk, *, is_test: bool = False) -> Previewed | None:
    """Whose letter is asked for. What only she may open is shown to the secretariat, and goes into no test."""
    found = reach_of(desk.mailing).addressees
    if not found:
        return None
    given = request.GET.get("n", request.POST.get("n", ""))
    place = int(given) if given.isascii() and given.isdecimal() and len(given) < 7 else 0
    place = min(place, len(found) - 1)
    reveal = not is_test and policy_for(Mailing).may(desk.actor, "read", desk.mailing)
    addressee = found[place]
    message = letter_for(desk.mailing, addressee, audience_of(desk.mailing.audience), reveal=reveal)
    return Previewed(addressee, place, found, message)
