"""The tables of the room translation, one file for each aggregate."""

from summitry.translation.models.assignment import Assignment
from summitry.translation.models.wording import Wording

__all__ = ["Assignment", "Wording"]
