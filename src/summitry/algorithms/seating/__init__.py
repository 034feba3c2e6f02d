"""Seating: who sits beside whom, what a plan does not keep to, and a proposal that follows an order and keeps to the rules.

Plain values in, plain values out. It ranks nobody: the order of the guests is given.
"""

from summitry.algorithms.seating.check import Kind, Rule, Violation, check
from summitry.algorithms.seating.propose import propose
from summitry.algorithms.seating.tables import Diner, Place, Shape, beside, honours

__all__ = ["Diner", "Kind", "Place", "Rule", "Shape", "Violation", "beside", "check", "honours", "propose"]
