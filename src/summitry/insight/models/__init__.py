"""The tables of the insight room."""

from summitry.insight.models.conflict import Conflict
from summitry.insight.models.measure import Measure
from summitry.insight.models.observation import Observation
from summitry.insight.models.pace import DailyFigure

__all__ = ["Conflict", "DailyFigure", "Measure", "Observation"]
