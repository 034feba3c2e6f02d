"""Dividing a sitting among the interpreters of one booth.

Practice of the international organisations (AIIC): two interpreters to a booth, who take turns of at most half an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 30 * 60


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of one interpreter at the microphone, in seconds."""

    interpreter: int
    starts: int
    ends: int


def divide(starts: int, ends: int, interpreters: Sequence[int], longest: int = LONGEST) -> list[Shift]:
    """Return turns of equal length, none longer than `longest`, as few as possible, the interpreters in order.

    With two interpreters or more nobody has two turns in a row; one alone gets them all. Turns begin and end on full
    minutes where the sitting does. Raises ValueError without interpreters or time.
    """
    if not interpreters or ends <= starts or longest <= 0:
        raise ValueError("a sitting with a beginning, an end and an interpreter is needed")
    count = -(-(ends - starts) // longest)
    minutes = (ends - starts) // 60 if longest % 60 == 0 and (ends - starts) % 60 == 0 else 0
    edges = [starts + _edge(n, count, ends - starts, minutes) for n in range(count + 1)]
    return [Shift(interpreters[n % len(interpreters)], edges[n], edges[n + 1]) for n in range(count)]


def _edge(n: int, count: int, seconds: int, minutes: int) -> int:
    return (n * minutes // count) * 60 if minutes else n * seconds // count
