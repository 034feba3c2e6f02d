"""The tables of the protocol room, one file for each aggregate."""

from summitry.protocol.models.courtesy import Courtesy, Greeting
from summitry.protocol.models.health import HealthResult, HealthStep
from summitry.protocol.models.meal import Diet, Entitlement, Meal
from summitry.protocol.models.precedence import PrecedenceEntry, PrecedenceList, PrecedenceVersion
from summitry.protocol.models.proof import Proof
from summitry.protocol.models.seating import Block, Seat, SeatingPlan, SeatingRule
from summitry.protocol.models.stay import Allotment, Hotel, Stay
from summitry.protocol.models.travel import Leg, Rider, Station, Transfer, Vehicle

__all__ = [
    "Allotment",
    "Block",
    "Courtesy",
    "Diet",
    "Entitlement",
    "Greeting",
    "HealthResult",
    "HealthStep",
    "Hotel",
    "Leg",
    "Meal",
    "PrecedenceEntry",
    "PrecedenceList",
    "PrecedenceVersion",
    "Proof",
    "Rider",
    "Seat",
    "SeatingPlan",
    "SeatingRule",
    "Station",
    "Stay",
    "Transfer",
    "Vehicle",
]
