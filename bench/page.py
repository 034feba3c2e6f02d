"""Benches of one HTML page, measured at the peer also on an event without the texts that only the peer's page prints."""

from collections.abc import Iterable

from bench import content
from bench.contest import Lane, System, measure, ratio
from bench.match import ROUNDS, Match, Outcome, Verdict
from bench.ours import Ours
from bench.peers import pretalx


def compare(
    peer: System, ours: Ours, *, label: str, theirs: str, mine: str, shows: Iterable[str], printed: str
) -> Verdict:
    """Require that both pages show the texts, then measure them. `printed` names the texts only the peer prints."""
    expected = list(shows)
    full, plain = (theirs.format(event=event) for event in (pretalx.FULL, pretalx.PLAIN))
    for url in (peer.address + full, peer.address + plain, ours.system.address + mine):
        content.require(url, expected)
    match = Match(label=label, theirs=full, mine=mine, requests=8)
    bare = Lane(label=f"{label}, one client, without {printed}", system=peer, path=plain, requests=4)
    *results, without = measure([*match.lanes(peer, ours), bare], count=ROUNDS)
    outcome = Outcome(*results)
    return Verdict(
        compared=[*outcome.compared[:2], (without, without), *outcome.compared[2:]],
        outcome=outcome,
        what=f"Summitry's {label} against {peer.name}'s",
        remark=(
            f"The peer's page prints the {printed} too. Against its page without them: "
            f"warm {ratio(outcome.warm, without):.1f}, cold {ratio(outcome.cold, without):.1f}."
        ),
    )
