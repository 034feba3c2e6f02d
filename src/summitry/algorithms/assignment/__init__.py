"""Assignment: which juror reads which entry, exactly optimal under hard conflicts, loads and caps; or why it cannot be done.

Not for deciding: a proposal becomes an assignment in the room that asked. Here are the values that go in and come out, and
their JSON form; the solving module is `summitry.algorithms.assignment.solve`, which loads the solvers and so runs apart.
"""

from summitry.algorithms.assignment.affinity import (
    Bid,
    Components,
    Expertise,
    Matter,
    Weights,
    affinity,
    components,
)
from summitry.algorithms.assignment.check import Breach, Fault, breaches, check
from summitry.algorithms.assignment.plain import as_plain, problem_from, problem_plain, result_from
from summitry.algorithms.assignment.steps import changed
from summitry.algorithms.assignment.types import (
    BindingCap,
    BindingRule,
    Bottleneck,
    Change,
    Clash,
    Entry,
    Juror,
    KeptClash,
    Mode,
    Note,
    Pair,
    Problem,
    Remedy,
    Result,
    Shortage,
    ShortEntry,
    ShortJuror,
    Step,
    UnansweredError,
)

__all__ = [
    "Bid",
    "BindingCap",
    "BindingRule",
    "Bottleneck",
    "Breach",
    "Change",
    "Clash",
    "Components",
    "Entry",
    "Expertise",
    "Fault",
    "Juror",
    "KeptClash",
    "Matter",
    "Mode",
    "Note",
    "Pair",
    "Problem",
    "Remedy",
    "Result",
    "ShortEntry",
    "ShortJuror",
    "Shortage",
    "Step",
    "UnansweredError",
    "Weights",
    "affinity",
    "as_plain",
    "breaches",
    "changed",
    "check",
    "components",
    "problem_from",
    "problem_plain",
    "result_from",
]
