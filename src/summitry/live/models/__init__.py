"""The tables of the room live, one file for each aggregate."""

from summitry.live.models.interpretation import Booth, BoothPlan, Interpreter, Shift, TeamMember
from summitry.live.models.run import Arrival, Cue, Run
from summitry.live.models.undertaking import Undertaking, UndertakingText

__all__ = [
    "Arrival",
    "Booth",
    "BoothPlan",
    "Cue",
    "Interpreter",
    "Run",
    "Shift",
    "TeamMember",
    "Undertaking",
    "UndertakingText",
]
