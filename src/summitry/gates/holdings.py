"""What this room keeps of a guest: her badges, each scan of them, and when she was present. For her receipt and her copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.gates.actions.retention import KEPT
from summitry.gates.enums import Carrier, Channel, CredentialState, Decision, Direction, Reason
from summitry.gates.models import Credential, Presence, Scan
from summitry.guests.models import Guest
from summitry.guests.queries.holdings import Held, register_holding

Rows = Sequence[Mapping[str, Any]]


def badges(guest: Guest) -> Rows:
    """Return a guest's badges; who carried one away is said, the token is not."""
    rows = Credential.objects.filter(guest=guest).select_related("handover").order_by("pk")
    return [
        {
            "carrier": Carrier(row.carrier),
            "state": CredentialState(row.state),
            "issued_at": row.issued_at,
            "printed_at": row.printed_at,
            "ended_at": row.ended_at,
            "handed_out_at": handover.at if (handover := getattr(row, "handover", None)) else None,
            "handed_to": handover.to if handover else "",
        }
        for row in rows
    ]


def scans(guest: Guest) -> Rows:
    """Return each scan of a guest's badge."""
    return [
        {
            "at": row.at,
            "gate": row.gate.name,
            "zone": row.zone.name,
            "direction": Direction(row.direction),
            "decision": Decision(row.decision),
            "reason": Reason(row.reason),
        }
        for row in Scan.objects.filter(guest=guest).select_related("gate", "zone").order_by("at", "seq")
    ]


def presences(guest: Guest) -> Rows:
    """Return from when until when a guest was in a zone, or took part online, and how that is known."""
    return [
        {
            "channel": Channel(row.channel),
            "place": row.zone.name if row.zone else row.place,
            "from_at": row.from_at,
            "until_at": row.until_at,
            "evidence": row.evidence,
        }
        for row in Presence.objects.filter(guest=guest).select_related("zone").order_by("from_at", "pk")
    ]


def scans_until(guest: Guest) -> dt.date:
    """Return the last day on which scans may still be there, one by one."""
    return guest.edition.ends_on + KEPT


HOLDINGS = (
    Held(
        "badges",
        _("Your badges"),
        _("To let you in, and nobody else with your badge."),
        badges,
        {
            "carrier": pgettext_lazy("badge", "Carrier"),
            "state": _("State"),
            "issued_at": _("Issued on"),
            "printed_at": _("Printed on"),
            "ended_at": _("Ended on"),
            "handed_out_at": _("Handed out on"),
            "handed_to": _("Handed to"),
        },
    ),
    Held(
        "scans",
        _("Scans of your badge"),
        _("To know who is inside, for safety and for the closing figures. Later, only numbers are kept."),
        scans,
        {
            "at": pgettext_lazy("scan", "When"),
            "gate": pgettext_lazy("place", "Gate"),
            "zone": pgettext_lazy("place", "Zone"),
            "direction": pgettext_lazy("gate", "Direction"),
            "decision": pgettext_lazy("gate", "Decision"),
            "reason": pgettext_lazy("gate", "Reason"),
        },
        until=scans_until,
    ),
    Held(
        "presence",
        _("When you were present"),
        _("For the closing figures. Half a year after the end, only the day is left."),
        presences,
        {
            "channel": pgettext_lazy("presence", "How"),
            "place": pgettext_lazy("presence", "Where"),
            "from_at": pgettext_lazy("moment", "From"),
            "until_at": _("Until"),
            "evidence": _("How we know"),
        },
    ),
)


def register() -> None:
    """Declare what this room keeps."""
    for held in HOLDINGS:
        register_holding(held)
