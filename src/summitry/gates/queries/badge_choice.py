"""Which badges somebody wants printed, and which wait to be carried away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.gates.enums import CredentialState
from summitry.gates.models import Credential
from summitry.guests.enums import Attendance, GuestState

IN_QUEUE = Q(ordered_at__isnull=False, printed_at__isnull=True)
"""Which valid badges wait in the queue of those to be printed."""


class Which(TextChoices):
    """Which badges of an edition."""

    ORDERED = "ordered", _("Those that desks ordered and that are not printed yet")
    UNPRINTED = "unprinted", _("Those not printed yet")
    OUTDATED = "outdated", _("Those that say something else than the printed ones")
    ALL = "all", _("All, printed ones anew with new codes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Badges to be printed: which, of which categories and delegations (of all where none is named), or of some guests.

    Without `anyway`, badges with a problem are left out.
    """

    which: str = Which.UNPRINTED
    categories: Sequence[int] = ()
    delegations: Sequence[int] = ()
    guests: Sequence[int] = ()
    anyway: bool = False

    def of(self, edition: Edition) -> QuerySet[Credential]:
        """Return the valid badges of guests on site that are chosen."""
        rows = valid_badges(edition)
        if self.which == Which.UNPRINTED:
            rows = rows.filter(printed_at=None)
        elif self.which == Which.ORDERED:
            rows = rows.filter(IN_QUEUE)
        elif self.which == Which.OUTDATED:
            rows = rows.filter(guest__badge_check__is_outdated=True)
        if self.categories:
            rows = rows.filter(guest__category__in=self.categories)
        if self.delegations:
            rows = rows.filter(guest__delegation__in=self.delegations)
        return rows.filter(guest__in=self.guests) if self.guests else rows

    def to_json(self) -> dict[str, Any]:
        """Return the choice as it is kept with a batch."""
        return {
            "which": str(self.which),
            "categories": list(self.categories),
            "delegations": list(self.delegations),
            "anyway": self.anyway,
        }


def valid_badges(edition: Edition) -> QuerySet[Credential]:
    """Return the badges of accredited guests who come in person."""
    return Credential.objects.filter(
        Q(guest__attendance=Attendance.ON_SITE),
        edition=edition,
        state=CredentialState.ACTIVE,
        guest__state=GuestState.CONFIRMED,
    )


def ordered_badges(edition: Edition) -> QuerySet[Credential]:
    """Return the badges in the queue, those that were ordered first at the top."""
    return valid_badges(edition).filter(IN_QUEUE).order_by("ordered_at", "pk")


def waiting_badges(edition: Edition, delegation_id: int | None = None) -> QuerySet[Credential]:
    """Return the printed badges that nobody has carried away yet, of one delegation or of all."""
    rows = valid_badges(edition).filter(printed_at__isnull=False, handover=None)
    return rows if delegation_id is None else rows.filter(guest__delegation=delegation_id)
