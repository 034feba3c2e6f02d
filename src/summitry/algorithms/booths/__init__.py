"""Interpretation as a planned resource: shifts of a pair in a booth, and what is wrong with a plan of many booths.

A plan is people's: this divides it into shifts, checks it, and proposes teams, which nobody has to take.
"""

from summitry.algorithms.booths.check import Booth, Fault, FaultKind, check
from summitry.algorithms.booths.propose import Choice, Opening, propose
from summitry.algorithms.booths.shifts import Shift, divide

__all__ = ["Booth", "Choice", "Fault", "FaultKind", "Opening", "Shift", "check", "divide", "propose"]
