"""Interpretation as a planned resource: shifts of a pair in a booth, and what is wrong with a plan of many booths.

Not for choosing interpreters: a plan is people's; this divides it into shifts and checks it.
"""

from summitry.algorithms.booths.check import Booth, Fault, FaultKind, check
from summitry.algorithms.booths.shifts import Shift, divide

__all__ = ["Booth", "Fault", "FaultKind", "Shift", "check", "divide"]
