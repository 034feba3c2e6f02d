"""Runs in the peer's own environment: reads selections as JSON lines, writes what PuLP's CBC chooses and how long it took.

The model is the one its manual would lead to: a binary variable per entry, one constraint per bounded label. The time
holds building and solving, for there is no solving without building.
"""

import json
import resource
import sys
from typing import Any

import pulp  # type: ignore[import-not-found] # only the peer's environment has it


def chosen(selection: dict[str, Any]) -> list[int]:
    """Choose the places of the highest sum within the bounds of each row."""
    scores, places = selection["scores"], selection["places"]
    problem = pulp.LpProblem("selection", pulp.LpMaximize)
    inside = [pulp.LpVariable(f"x{one}", cat="Binary") for one in range(len(scores))]
    problem += pulp.lpSum(score * each for score, each in zip(scores, inside, strict=True))
    problem += pulp.lpSum(inside) == places
    for least, most, members in selection["rows"]:
        count = pulp.lpSum(inside[one] for one in members)
        problem += count >= least
        problem += count <= most
    problem.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=0, threads=1))
    return [one for one, each in enumerate(inside) if each.value() > 0.5]


def spent() -> float:
    """Return the CPU seconds of this process and of the solvers it has started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


for line in sys.stdin:
    selection = json.loads(line)
    begun = spent()
    found = chosen(selection)
    print(json.dumps({"seconds": spent() - begun, "chosen": found}), flush=True)
