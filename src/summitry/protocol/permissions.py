"""Who may do what with precedence, seating, journeys, stays, meals and health results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeVar

from django.db.models import Model

from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import ScopedPolicy
from summitry.guests.permissions import FOCAL_POINT, GUEST_OFFICE, PROTOCOL, SELF
from summitry.protocol.models import (
    Allotment,
    Block,
    Courtesy,
    Diet,
    Entitlement,
    Greeting,
    HealthResult,
    HealthStep,
    Hotel,
    Leg,
    Meal,
    PrecedenceEntry,
    PrecedenceList,
    PrecedenceVersion,
    Proof,
    Rider,
    Seat,
    SeatingPlan,
    SeatingRule,
    Station,
    Stay,
    Transfer,
    Vehicle,
)

M = TypeVar("M", bound=Model)
EDITORS = frozenset({DIRECTOR.code, PROTOCOL.code})
READERS = EDITORS | {GUEST_OFFICE.code}


class ProtocolPolicy(ScopedPolicy[M]):
    """Protocol and the director work on it, the guest office sees it."""

    verbs: ClassVar[tuple[str, ...]] = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS, "edit": EDITORS}


class GuestPartPolicy(ProtocolPolicy[M]):
    """What belongs to one guest: her focal point and she herself see it as well."""

    paths: ClassVar[Mapping[str, str]] = {
        "edition": "guest__edition_id",
        "delegation": "guest__delegation_id",
        "guest": "guest_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {FOCAL_POINT.code, SELF},
        "edit": EDITORS,
    }


class PrecedenceListPolicy(ProtocolPolicy[PrecedenceList]):
    """Precedence lists."""

    model = PrecedenceList


class PrecedenceEntryPolicy(ProtocolPolicy[PrecedenceEntry]):
    """Places in a precedence list: for protocol, not for those who are ranked."""

    model = PrecedenceEntry
    paths: ClassVar[Mapping[str, str]] = {"edition": "precedence__edition_id"}


class PrecedenceVersionPolicy(ProtocolPolicy[PrecedenceVersion]):
    """The history of a precedence list."""

    model = PrecedenceVersion
    paths: ClassVar[Mapping[str, str]] = {"edition": "precedence__edition_id"}


class SeatingPlanPolicy(ProtocolPolicy[SeatingPlan]):
    """Seating plans."""

    model = SeatingPlan


class BlockPolicy(ProtocolPolicy[Block]):
    """Tables and rows."""

    model = Block
    paths: ClassVar[Mapping[str, str]] = {"edition": "plan__edition_id"}


class SeatPolicy(ProtocolPolicy[Seat]):
    """Seats."""

    model = Seat
    paths: ClassVar[Mapping[str, str]] = {"edition": "plan__edition_id"}


class SeatingRulePolicy(ProtocolPolicy[SeatingRule]):
    """Who is kept apart is nobody else's business."""

    model = SeatingRule
    paths: ClassVar[Mapping[str, str]] = {"edition": "plan__edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": EDITORS, "edit": EDITORS}


class CourtesyPolicy(ProtocolPolicy[Courtesy]):
    """How a guest is addressed."""

    model = Courtesy
    paths: ClassVar[Mapping[str, str]] = {"edition": "guest__edition_id"}


class GreetingPolicy(GuestPartPolicy[Greeting]):
    """Who receives a guest."""

    model = Greeting


class StationPolicy(ProtocolPolicy[Station]):
    """Stations."""

    model = Station


class VehiclePolicy(ProtocolPolicy[Vehicle]):
    """Vehicles."""

    model = Vehicle


class LegPolicy(GuestPartPolicy[Leg]):
    """Journeys."""

    model = Leg


class TransferPolicy(ProtocolPolicy[Transfer]):
    """Rides."""

    model = Transfer


class RiderPolicy(GuestPartPolicy[Rider]):
    """Who rides along."""

    model = Rider


class HotelPolicy(ProtocolPolicy[Hotel]):
    """Hotels."""

    model = Hotel


class AllotmentPolicy(ProtocolPolicy[Allotment]):
    """What hotels hold."""

    model = Allotment
    paths: ClassVar[Mapping[str, str]] = {"edition": "hotel__edition_id"}


class StayPolicy(GuestPartPolicy[Stay]):
    """Stays."""

    model = Stay


class MealPolicy(ProtocolPolicy[Meal]):
    """Meals, and the kitchen's numbers."""

    model = Meal


class EntitlementPolicy(GuestPartPolicy[Entitlement]):
    """Exceptions of single guests."""

    model = Entitlement


class DietPolicy(GuestPartPolicy[Diet]):
    """What a guest has to be served: hers to say, protocol's to enter; nobody else opens it, and the kitchen gets numbers."""

    model = Diet
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": frozenset({PROTOCOL.code, SELF}),
        "edit": frozenset({PROTOCOL.code, SELF}),
    }


class HealthStepPolicy(ProtocolPolicy[HealthStep]):
    """Whether an edition asks for a health result."""

    model = HealthStep
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS,
        "edit": frozenset({DIRECTOR.code}),
    }


class HealthResultPolicy(GuestPartPolicy[HealthResult]):
    """Results: whether one is there is for those who receive guests; what it says, for protocol, and each look is recorded."""

    model = HealthResult
    verbs = ("view", "edit", "unseal")
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": EDITORS | {SELF},
        "edit": frozenset({PROTOCOL.code, SELF}),
        "unseal": frozenset({PROTOCOL.code, SELF}),
    }


class ProofPolicy(ProtocolPolicy[Proof]):
    """Who found which flag and name right."""

    model = Proof


POLICIES = (
    PrecedenceListPolicy,
    PrecedenceEntryPolicy,
    PrecedenceVersionPolicy,
    SeatingPlanPolicy,
    BlockPolicy,
    SeatPolicy,
    SeatingRulePolicy,
    CourtesyPolicy,
    GreetingPolicy,
    StationPolicy,
    VehiclePolicy,
    LegPolicy,
    TransferPolicy,
    RiderPolicy,
    HotelPolicy,
    AllotmentPolicy,
    StayPolicy,
    MealPolicy,
    EntitlementPolicy,
    DietPolicy,
    HealthStepPolicy,
    HealthResultPolicy,
    ProofPolicy,
)
