"""The tables of the insight room."""

from summitry.insight.models.conflict import Conflict
from summitry.insight.models.measure import Measure
from summitry.insight.models.observation import Observation

__all__ = ["Conflict", "Measure", "Observation"]
