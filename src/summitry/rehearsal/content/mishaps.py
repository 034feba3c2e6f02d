"""What goes wrong at the demo's gates each day, so that a supervisor has something of every kind to look at."""

from __future__ import annotations

from typing import NamedTuple


class Mishap(NamedTuple):
    """One thing: which incident it makes, in which minute of the day, at which gates, one after the other.

    `who` are: one guest who may enter, `many` of them, guests of one `delegation`, `strangers` to the zone, a `revoked`
    badge, `nobody`. Of so many `people` the last is let in `anyway`, as the gate has no line.
    """

    kind: str
    minute: int
    gates: tuple[str, ...]
    who: str = "one"
    people: int = 1
    anyway: bool = False
    note: str = ""


MISHAPS = (
    Mishap("unknown", 475, ("South gate",), "nobody"),
    Mishap("same_badge", 481, ("South gate", "North gate"), people=2),
    Mishap("revoked", 493, ("Ferry gate",), "revoked", anyway=True),
    Mishap("no_access", 527, ("Press centre",), "strangers", people=3, anyway=True),
    Mishap("clock", 533, ("North gate",)),
    Mishap("quota", 539, ("Signing room",), "delegation", people=3, anyway=True),
    Mishap(
        "exception",
        551,
        ("Lounge door",),
        "strangers",
        note="Interpreter of a minister, called in at the last moment",
    ),
    Mishap("travel", 563, ("Lounge door", "Signing room"), people=2),
    Mishap("capacity", 599, ("Signing room",), "many", people=14, anyway=True),
)
SETTLED = {
    "same_badge": "She turned round for her umbrella; both agents know her.",
    "travel": "The lounge’s tablet had not sent its scans; times were an hour old.",
    "revoked": "Withdrawn on the eve. Found at the press centre and accompanied out.",
    "no_access": "Looked for the cloakroom. Sent on her way.",
    "capacity": "Two left a minute before; they were not scanned.",
    "quota": "The head of delegation brought her interpreter. Agreed with protocol.",
    "unknown": "A badge of last year.",
    "exception": "Confirmed by protocol.",
    "clock": "Set right.",
}
"""What the supervisor wrote down about each kind."""
