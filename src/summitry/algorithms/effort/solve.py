"""The effort planner as one run: the forecast of a plan beside those of other ways to spend the same reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from summitry.algorithms.effort.forecast import forecast
from summitry.algorithms.effort.types import Outlook, Plan, Stage

SHAPES = (
    (1.0,),
    (1.0, 0.4),
    (1.0, 0.2),
    (1.0, 0.3, 0.1),
    (1.0, 0.5, 0.15),
)
"""Shares of the entries that the stages of a suggested plan read."""
ROOM = 1.5
"""The last stage of a suggestion reads at least so many entries per place."""


def unheard(share: float, stage: str) -> None:
    """Progress that nobody waits for."""


def run(plan: Plan, progress: Callable[[float, str], None] = unheard) -> Outlook:
    """Forecast the plan and its alternatives; the same plan always has the same outlook."""
    plans = [plan, *alternatives(plan)]
    found = []
    for at, candidate in enumerate(plans):
        progress(at / len(plans), "forecast")
        found.append(forecast(candidate))
    progress(1.0, "done")
    asked, *others = found
    others.sort(key=lambda seen: (-seen.recall, seen.loss, seen.reads, len(seen.stages)))
    return Outlook(asked, tuple(others))


def alternatives(plan: Plan) -> Iterator[Plan]:
    """Plans of the known shapes with no more reads than the plan; those the jury is too small for are left out.

    What the first stage leaves is divided evenly among the later ones, so that fewer entries get more reads each. They
    are played half as often as the plan itself.
    """
    seen = {plan.stages}
    least = min(1.0, ROOM * plan.places / plan.entries)
    for shape in SHAPES:
        shares = (1.0, *(max(share, least) for share in shape[1:]))
        for first in range(1, plan.reads // plan.entries + 1):
            stages = spent(plan, shares, first)
            if stages and stages not in seen:
                seen.add(stages)
                yield replace(plan, stages=stages, runs=max(1, plan.runs // 2))


def spent(plan: Plan, shares: tuple[float, ...], first: int) -> tuple[Stage, ...]:
    """The stages with these shares, or none where reads or jurors do not suffice or the first stage is out of proportion."""
    later = len(shares) - 1
    left = plan.reads / plan.entries - first
    reads = [first, *(int(left / later / share + 1e-9) for share in shares[1:])]
    whole = plan.reads // plan.entries
    if min(reads) < 1 or sum(reads) > plan.jurors or (first != whole if not later else reads[1] < first):
        return ()
    return tuple(Stage(count, share) for count, share in zip(reads, shares, strict=True))
