"""What cannot be, or should not be, in a plan of sittings: every clash with its severity, people, rooms and figures.

Not for finding a better plan, and not for wording: a clash names ids and numbers, and whoever shows it knows the names.
"""

from summitry.algorithms.clashes.clash import Clash, Kind, Severity
from summitry.algorithms.clashes.find import find_clashes
from summitry.algorithms.clashes.plan import Draw, Launch, Part, Person, Plan, Resource, Room, Sitting

__all__ = [
    "Clash",
    "Draw",
    "Kind",
    "Launch",
    "Part",
    "Person",
    "Plan",
    "Resource",
    "Room",
    "Severity",
    "Sitting",
    "find_clashes",
]
