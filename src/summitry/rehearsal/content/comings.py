"""When the demo's guests come and go: a flow of passages through gates, the same every time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

STEP = 10
"""Minutes that are taken together: the queue at a gate in that time."""
ABSENT, FORGETFUL, LATE, BRIEF = 19, 7, 11, 23
"""Of so many guests one stays away on a day, leaves through no gate, comes in the afternoon, leaves before noon."""


class Passage(NamedTuple):
    """Somebody, by her number, passes a gate."""

    at: dt.datetime
    who: int
    is_in: bool


def passages(count: int, midnight: dt.datetime, day: int) -> Iterator[Passage]:
    """Yield how `count` guests come and go on one day of the host city, which begins at `midnight`.

    Most come between half past seven and ten, the opening's morning being the fullest, and leave in the evening.
    """
    for who in range(count):
        mixed = who * 97 + day * 31
        if mixed % ABSENT == 5:
            continue
        morning = 450 + mixed * 13 % (130 if mixed % 3 else 190)
        comes = morning if mixed % LATE else 790 + mixed % 60
        yield Passage(_at(midnight, comes), who, is_in=True)
        if mixed % BRIEF == 4 and comes < 600:
            yield Passage(_at(midnight, 622), who, is_in=False)
        elif mixed % FORGETFUL:
            yield Passage(_at(midnight, 1000 + mixed * 7 % 230), who, is_in=False)


def _at(midnight: dt.datetime, minute: int) -> dt.datetime:
    return midnight + dt.timedelta(minutes=minute - minute % STEP, seconds=minute * 7 % 50)
