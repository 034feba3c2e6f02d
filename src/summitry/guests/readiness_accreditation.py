"""What accreditation still has to do, told to the readiness list."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation.access import policy_for
from summitry.foundation.web.navigation import Phase
from summitry.guests.models import ErasureRequest, Guest, RetentionRun, VisaLetter
from summitry.guests.permissions import ACCREDITATION, DATA_PROTECTION
from summitry.guests.queries.visa import waiting_for_letters
from summitry.guests.queries.worklist import QUEUE_LABELS, queue_of

OURS = ("completeness", "screening", "decision", "hold", "appeals")
"""The queues that wait for the house, and not for the guest."""


def applications(asked: Asked) -> Iterator[Line]:
    """How many applications wait in each queue, and how many of them for too long."""
    if not policy_for(Guest).may(asked.actor, "decide", Guest(edition=asked.edition)):
        return
    queue = queue_of(asked.actor, asked.edition, "")
    address = reverse("guests:decisions", args=[asked.edition.slug])
    for key in OURS:
        count, late = queue.counts.get(key, 0), queue.overdue.get(key, 0)
        if not count:
            continue
        text = ngettext("%(count)d application waits.", "%(count)d applications wait.", count)
        if late:
            text = ngettext(
                "%(count)d application waits; overdue: %(late)d.",
                "%(count)d applications wait; overdue: %(late)d.",
                count,
            )
        yield Line(
            f"applications-{key}", Severity.BLOCKER if late else Severity.DUE,
            _("Applications: %(queue)s") % {"queue": QUEUE_LABELS[key]}, text % {"count": count, "late": late},
            Phase.INVITE, count, ACCREDITATION.label, None, f"{address}?queue={key}",
        )  # fmt: skip


def visa_letters(asked: Asked) -> Iterator[Line]:
    """How many approved guests wait for a visa letter."""
    if not policy_for(VisaLetter).may(asked.actor, "issue", VisaLetter(edition=asked.edition)):
        return
    count = waiting_for_letters(asked.edition).count()
    if count:
        text = ngettext("%(count)d guest waits for a letter.", "%(count)d guests wait for letters.", count)
        yield Line(
            "visa-letters", Severity.DUE, _("Visa letters"), text % {"count": count}, Phase.INVITE, count,
            ACCREDITATION.label, None, reverse("guests:visa_waiting", args=[asked.edition.slug]),
        )  # fmt: skip


def erasures(asked: Asked) -> Iterator[Line]:
    """How many guests wish to be erased and have no answer."""
    if not policy_for(RetentionRun).may(asked.actor, "run", RetentionRun(edition=asked.edition)):
        return
    count = ErasureRequest.objects.filter(guest__edition=asked.edition, state="asked").count()
    if count:
        text = ngettext("%(count)d guest wishes to be erased.", "%(count)d guests wish to be erased.", count)
        yield Line(
            "erasures", Severity.DUE, _("Data protection"), text % {"count": count}, Phase.INVITE, count,
            DATA_PROTECTION.label, None, reverse("guests:data_protection", args=[asked.edition.slug]),
        )  # fmt: skip


def register() -> None:
    """Let the readiness list ask."""
    for check in (applications, visa_letters, erasures):
        register_check(f"guests.{check.__name__}", check)
