"""What invitations still ask for, told to the readiness list."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import within
from summitry.foundation.web.navigation import Phase
from summitry.guests.enums import InvitationState
from summitry.guests.lists.invitations import proposed
from summitry.guests.models import Invitation

S = InvitationState


def _rows(edition: Edition, **wanted: str) -> str:
    return f"{reverse('guests:invitations', args=[edition.slug])}?{urlencode(wanted)}"


def invitations(asked: Asked) -> Iterator[Line]:
    """How many invitations wait for an answer, to be sent, or to be decided about; one query."""
    rows = within(asked.actor, Invitation.objects.filter(guest__edition=asked.edition))
    found = rows.aggregate(
        unanswered=Count("pk", filter=Q(state=S.SENT)),
        due=Min("answer_by", filter=Q(state=S.SENT)),
        unsent=Count("pk", filter=Q(state=S.DRAFT)),
        proposed=Count("pk", filter=proposed()),
    )
    if count := found["unanswered"]:
        text = ngettext("%(count)d invitation is unanswered.", "%(count)d invitations are unanswered.", count)
        yield Line(
            "invitations-unanswered", Severity.DUE, _("Invitations"), text % {"count": count}, Phase.INVITE, count,
            _("Guest office"), found["due"], _rows(asked.edition, state=S.SENT),
        )  # fmt: skip
    if count := found["unsent"]:
        text = ngettext(
            "%(count)d invitation has not been sent.", "%(count)d invitations have not been sent.", count
        )
        yield Line(
            "invitations-unsent", Severity.DUE, _("Invitations to send"), text % {"count": count}, Phase.INVITE,
            count, _("Guest office"), None, _rows(asked.edition, due="unsent"),
        )  # fmt: skip
    if count := found["proposed"]:
        text = ngettext(
            "%(count)d guest has named somebody in her place.",
            "%(count)d guests have named somebody in their place.",
            count,
        )
        yield Line(
            "invitations-proposed", Severity.DUE, _("Passed on"), text % {"count": count}, Phase.INVITE, count,
            _("Guest office"), None, _rows(asked.edition, due="proposal"),
        )  # fmt: skip


def register() -> None:
    """Let the readiness list ask."""
    register_check("invitations", invitations)
