"""What clashes over something shared: more sittings at once than there are teams, crews or links for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from summitry.algorithms.clashes.clash import Clash, Kind, Severity
from summitry.algorithms.clashes.plan import Plan, Resource, Sitting

Use = tuple[int, int, int, Sitting]
"""From when to when, how much, and by which sitting."""


def resource_clashes(plan: Plan) -> Iterator[Clash]:
    """Yield, for each resource, every span of time in which more of it is used than there is."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for sitting in plan.sittings:
        for draw in sitting.draws:
            resource = plan.resources.get(draw.resource)
            if resource is not None:
                start, end = sitting.starts - resource.setup, sitting.ends + resource.strike
                uses[resource.key].append((start, end, draw.amount, sitting))
    for key, own in uses.items():
        yield from _excesses(plan.resources[key], own)


def _excesses(resource: Resource, uses: list[Use]) -> Iterator[Clash]:
    """Sweep over the moments at which something begins or ends; ends come first, so that what touches does not clash."""
    moments = sorted(
        [(use[0], 1, at) for at, use in enumerate(uses)] + [(use[1], 0, at) for at, use in enumerate(uses)]
    )
    running: set[int] = set()
    involved: set[int] = set()
    used = peak = since = 0
    for instant, events in groupby(moments, key=lambda moment: moment[0]):
        for _instant, begins, at in events:
            used += uses[at][2] if begins else -uses[at][2]
            (running.add if begins else running.discard)(at)
        if used > resource.amount:
            if not involved:
                since = instant
            peak = max(peak, used)
            involved |= running
        elif involved:
            yield _excess(resource, [uses[at][3] for at in involved], (since, instant), peak)
            involved, peak = set(), 0


def _excess(resource: Resource, sittings: list[Sitting], span: tuple[int, int], peak: int) -> Clash:
    ordered = sorted({(sitting.starts, sitting.id) for sitting in sittings})
    return Clash(
        Kind.RESOURCE,
        Severity.WARNING,
        tuple(pk for _starts, pk in ordered),
        *span,
        resource=resource.key,
        wanted=peak,
        there=resource.amount,
    )
