"""The fictional content of the demo edition "Rivertown Summit": texts, places, people and programme as plain values.

It is for filling a database, a test or a benchmark with a complete summit that looks real and names nobody real; every
person, organisation and address in it is invented. It is not the code that writes anything: it knows neither Django nor
any other room, and whoever wants records builds them from the `SummitPlan` that `build_summit` returns.
"""

from summitry.rehearsal.content.build import build_summit
from summitry.rehearsal.content.plan import LANGUAGES, SummitPlan

__all__ = ["LANGUAGES", "SummitPlan", "build_summit"]
