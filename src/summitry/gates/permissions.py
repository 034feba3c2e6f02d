"""Who may do what with zones, rules, badges, devices, scans and incidents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import ScopedPolicy
from summitry.gates.models import (
    AccessRule,
    Allotment,
    Credential,
    Device,
    Gate,
    Grant,
    Incident,
    Presence,
    Scan,
    Zone,
)
from summitry.guests.permissions import (
    ACCREDITATION,
    DATA_PROTECTION,
    DESK,
    GATE,
    GUEST_OFFICE,
    SELF,
    SUPERVISOR,
)

KEEPERS = frozenset({DIRECTOR.code, SUPERVISOR.code})
OFFICERS = frozenset({DIRECTOR.code, ACCREDITATION.code})
WATCHERS = KEEPERS | OFFICERS | {GUEST_OFFICE.code}
AT_GATES = WATCHERS | {GATE.code}
"""Whoever may see the grounds and how full they are, without a guest's name."""


class ZonePolicy(ScopedPolicy[Zone]):
    """Zones. `exceed` lets more people in than a zone holds."""

    model = Zone
    verbs = ("view", "edit", "exceed")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": AT_GATES, "edit": KEEPERS, "exceed": KEEPERS}


class AccessRulePolicy(ScopedPolicy[AccessRule]):
    """Rules: those who accredit decide which category opens what."""

    model = AccessRule
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": WATCHERS, "edit": OFFICERS}


class GrantPolicy(ScopedPolicy[Grant]):
    """What is granted or denied by name."""

    model = Grant
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "zone__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": WATCHERS, "edit": OFFICERS}


class AllotmentPolicy(ScopedPolicy[Allotment]):
    """Passes that a delegation shares."""

    model = Allotment
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "zone__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": WATCHERS,
        "edit": OFFICERS | {GUEST_OFFICE.code},
    }


class GatePolicy(ScopedPolicy[Gate]):
    """Gates."""

    model = Gate
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": AT_GATES, "edit": KEEPERS}


class DevicePolicy(ScopedPolicy[Device]):
    """Devices: whoever enrols one lets somebody see the roster."""

    model = Device
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": KEEPERS, "edit": KEEPERS}


class CredentialPolicy(ScopedPolicy[Credential]):
    """Badges. `print` covers reprints, which make the former badge worthless; a guest sees her own."""

    model = Credential
    verbs = ("view", "print")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "guest": "guest_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICERS | {DESK.code, SELF},
        "print": OFFICERS | {DESK.code},
    }


class ScanPolicy(ScopedPolicy[Scan]):
    """Scans are seen, never changed."""

    model = Scan
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": KEEPERS | {DATA_PROTECTION.code}}


class IncidentPolicy(ScopedPolicy[Incident]):
    """Incidents are for supervisors."""

    model = Incident
    verbs = ("view", "settle")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": KEEPERS, "settle": KEEPERS}


class PresencePolicy(ScopedPolicy[Presence]):
    """Who was where: for supervisors and data protection; a guest sees her own."""

    model = Presence
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "guest": "guest_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": KEEPERS | {DATA_PROTECTION.code, SELF}}


POLICIES = (
    ZonePolicy,
    AccessRulePolicy,
    GrantPolicy,
    AllotmentPolicy,
    GatePolicy,
    DevicePolicy,
    CredentialPolicy,
    ScanPolicy,
    IncidentPolicy,
    PresencePolicy,
)
