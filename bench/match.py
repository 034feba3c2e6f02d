"""A page of ours beside the peer's page for the same purpose: its lanes, its outcome, and a bench's verdict."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.contest import Lane, Result, System, ratio
from bench.ours import Ours
from bench.summit import Summit

ROUNDS = 5
"""Alternations of a measurement; odd, so that the median is one that was measured."""

CLIENTS = 4
"""Enough to keep both workers busy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What is compared: the peer's path and ours, and how many of the peer's requests make a slice of its own.

    Our cold requests come one at a time, each after a publication. They are compared with requests to the peer that come
    one at a time too, because two busy cores slow each other down.
    """

    label: str
    theirs: str
    mine: str
    requests: int
    warm_requests: int = 400
    cold_requests: int = 2

    def lanes(self, peer: System, ours: Ours) -> list[Lane]:
        """The peer's lanes with several clients and with one, then ours, warm and cold."""
        label, mine = self.label, ours.system
        return [
            Lane(label=label, system=peer, path=self.theirs, requests=self.requests, clients=CLIENTS),
            Lane(label=f"{label}, one client", system=peer, path=self.theirs, requests=self.requests // 2),
            Lane(
                label=f"{label}, warm",
                system=mine,
                path=self.mine,
                requests=self.warm_requests,
                clients=CLIENTS,
                warms_up=True,
            ),
            Lane(
                label=f"{label}, cold",
                system=mine,
                path=self.mine,
                requests=self.cold_requests,
                before=ours.publish,
            ),
        ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of a match, in the order of its lanes."""

    peer: Result
    peer_alone: Result
    warm: Result
    cold: Result

    @property
    def warm_ratio(self) -> float:
        """How many times the peer's requests per CPU second the page as most visitors meet it makes."""
        return ratio(self.warm, self.peer)

    @property
    def cold_ratio(self) -> float:
        """The same for the first request after a publication."""
        return ratio(self.cold, self.peer_alone)

    @property
    def compared(self) -> list[tuple[Result, Result]]:
        """Each result with the one it is compared with."""
        return [
            (self.peer, self.peer),
            (self.peer_alone, self.peer_alone),
            (self.warm, self.peer),
            (self.cold, self.peer_alone),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The results to print, the outcome that the bench is about, what it compares, and in what the pages differ."""

    compared: Sequence[tuple[Result, Result]]
    outcome: Outcome
    what: str
    remark: str


Bench = Callable[[System, Ours, Summit], Verdict]
"""Checks both systems' answers, measures them and returns the verdict."""
