"""What calls tell the readiness list: one that is not published yet, questions that nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.calls.enums import CallState, InquiryState
from summitry.calls.models import Inquiry
from summitry.calls.permissions import MANAGER
from summitry.calls.queries.calls import calls_at_work
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import within
from summitry.foundation.web.navigation import Phase


def calls(asked: Asked) -> Iterator[Line]:
    """Name the calls that are still drafts, by their opening, and those with questions that wait; nothing for others."""
    edition = asked.edition
    waits = Count("inquiries", filter=Q(inquiries__state=InquiryState.ASKED))
    rows = list(calls_at_work(asked.actor, edition).annotate(waits=waits))
    for call in rows:
        if call.state == CallState.DRAFT:
            url = reverse("calls:call", args=[edition.slug, call.slug])
            yield Line(
                f"call-draft-{call.pk}", Severity.DUE, str(call.name), _("This call is not published yet."), Phase.INVITE, 1,
                MANAGER.label, call.opens_at, url,
            )  # fmt: skip
    if not any(call.waits for call in rows):
        return
    mine = set(within(asked.actor, Inquiry.objects.filter(call__in=rows)).values_list("call_id", flat=True))
    for call in rows:
        if call.waits and call.pk in mine:
            text = ngettext(
                "%(count)d question waits for an answer.",
                "%(count)d questions wait for an answer.",
                call.waits,
            )
            yield Line(
                f"call-asked-{call.pk}", Severity.DUE, str(call.name), text % {"count": call.waits}, Phase.INVITE,
                call.waits, MANAGER.label, None, reverse("calls:inquiries", args=[edition.slug, call.slug]),
            )  # fmt: skip


def register() -> None:
    """Add the check."""
    register_check("calls", calls)
