"""The closed table of what may run apart. Names of modules, not modules: whoever only asks never loads a solver."""

from typing import NamedTuple


class Place(NamedTuple):
    """Where a computation lives: `run` in the module `solver`, and perhaps `REFUSALS`; `problem_from` and `as_plain` in the module `plain`."""

    solver: str
    plain: str


_ROOM = "summitry.algorithms"

PLACES: dict[str, Place] = {
    "assignment": Place(f"{_ROOM}.assignment.solve", f"{_ROOM}.assignment.plain"),
    "calibration": Place(f"{_ROOM}.calibration.solve", f"{_ROOM}.calibration.plain"),
    "effort": Place(f"{_ROOM}.effort.solve", f"{_ROOM}.effort.plain"),
    "selection": Place(f"{_ROOM}.selection.choose", f"{_ROOM}.selection.plain"),
}
