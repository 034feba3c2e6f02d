"""Who may do what with layouts of badges, with what was printed, and with what was handed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from summitry.foundation.access import ScopedPolicy
from summitry.gates.models import BadgeBatch, BadgeCheck, BadgeLayout, Handover, PrintedBadge
from summitry.guests.permissions import DESK, FOCAL_POINT, OFFICE, OFFICERS, SELF

PRINTERS = OFFICERS | {DESK.code}
"""Whoever may print badges, and hand them out."""


class BadgeLayoutPolicy(ScopedPolicy[BadgeLayout]):
    """Layouts: those who decide about badges; whoever prints them sees them."""

    model = BadgeLayout
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | PRINTERS, "edit": OFFICERS}


class BadgeBatchPolicy(ScopedPolicy[BadgeBatch]):
    """Batches hold names and pictures of many: for whoever prints."""

    model = BadgeBatch
    verbs = ("view", "print")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": PRINTERS, "print": PRINTERS}


class PrintedBadgePolicy(ScopedPolicy[PrintedBadge]):
    """Which badge was printed when."""

    model = PrintedBadge
    paths: ClassVar[Mapping[str, str]] = {"edition": "batch__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | PRINTERS}


class BadgeCheckPolicy(ScopedPolicy[BadgeCheck]):
    """What is wrong with badges: for all who can mend it."""

    model = BadgeCheck
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "edition_id",
        "delegation": "guest__delegation_id",
        "guest": "guest_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | PRINTERS | {FOCAL_POINT.code, SELF}}


class HandoverPolicy(ScopedPolicy[Handover]):
    """Who carried a badge away: for whoever hands out."""

    model = Handover
    verbs = ("view", "hand_out")
    paths: ClassVar[Mapping[str, str]] = {"edition": "credential__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | PRINTERS, "hand_out": PRINTERS}


POLICIES = (BadgeLayoutPolicy, BadgeBatchPolicy, PrintedBadgePolicy, BadgeCheckPolicy, HandoverPolicy)
