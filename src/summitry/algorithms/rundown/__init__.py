"""The run of a session while it runs: when each cue is due now, and what an overrun does to everything after it.

Times are seconds since an epoch of the caller's choice. It decides nothing: it only tells what follows from the cues.
"""

from summitry.algorithms.rundown.forecast import Cue, CueForecast, Forecast, forecast

__all__ = ["Cue", "CueForecast", "Forecast", "forecast"]
