"""The one question: what clashes in this plan."""

from __future__ import annotations

from summitry.algorithms.clashes.clash import Clash
from summitry.algorithms.clashes.people import people_clashes
from summitry.algorithms.clashes.places import place_clashes
from summitry.algorithms.clashes.plan import Plan
from summitry.algorithms.clashes.resources import resource_clashes


def find_clashes(plan: Plan) -> tuple[Clash, ...]:
    """Return every clash of `plan`, the worst first, then by time; the order in which the plan names things is no matter.

    The work is sorting, and then in proportion to what is found. Raises KeyError for a room that the plan does not have.
    """
    found = [*people_clashes(plan), *place_clashes(plan), *resource_clashes(plan)]
    return tuple(sorted(found, key=Clash.order))
