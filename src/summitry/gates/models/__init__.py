"""Zones and rules, badges and the roster, gates and devices, scans and incidents, and who is present."""

from summitry.gates.models.badge import BadgeBatch, BadgeCheck, BadgeLayout, Handover, PrintedBadge
from summitry.gates.models.credential import Credential, Roster, RosterLine
from summitry.gates.models.device import Device, Gate
from summitry.gates.models.presence import Counter, Entry, Presence
from summitry.gates.models.scan import Incident, Scan, Tally
from summitry.gates.models.zone import AccessRule, Allotment, Grant, Zone

__all__ = [
    "AccessRule",
    "Allotment",
    "BadgeBatch",
    "BadgeCheck",
    "BadgeLayout",
    "Counter",
    "Credential",
    "Device",
    "Entry",
    "Gate",
    "Grant",
    "Handover",
    "Incident",
    "Presence",
    "PrintedBadge",
    "Roster",
    "RosterLine",
    "Scan",
    "Tally",
    "Zone",
]
