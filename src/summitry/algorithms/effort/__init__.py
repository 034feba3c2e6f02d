"""Effort: how many reads a jury needs, how they are best spread over rounds, and which entries get the next ones.

Plain values in, plain values out. It forecasts by playing invented contests through the real calibration (in
`solve`), and turns a calibration into the next round (in `rounds`). It assigns no juror and decides on nothing.
"""

from summitry.algorithms.effort.rounds import next_reads, precedence
from summitry.algorithms.effort.types import Forecast, Habits, Outlook, Plan, Stage, habits_of

__all__ = ["Forecast", "Habits", "Outlook", "Plan", "Stage", "habits_of", "next_reads", "precedence"]
