"""The exports of all sessions: frab JSON, frab XML and iCalendar.

Each has to carry the same titles, speakers, rooms, forums and abstracts in both systems, the calendar all but the last
two. The peer's JSON has the biographies too, its other formats have not: where ours lacks them, a remark says so.
"""

from bench import content, ours
from bench.contest import System, measure
from bench.load import fetch
from bench.match import ROUNDS, Match, Outcome, Verdict
from bench.ours import Ours
from bench.peers import pretalx
from bench.summit import Summit

FORMATS = {
    "frab JSON": (pretalx.FRAB_JSON, ours.FRAB_JSON),
    "frab XML": (pretalx.FRAB_XML, ours.FRAB_XML),
    "iCalendar": (pretalx.CALENDAR, ours.CALENDAR),
}
LANES = 4
"""Lanes of a match."""


def play(peer: System, ours: Ours, summit: Summit) -> Verdict:
    """Measure each format at both; the verdict is about the JSON, which takes the peer longest."""
    matches = [
        Match(
            label=label,
            theirs=theirs.format(event=pretalx.FULL),
            mine=mine,
            requests=4,
            warm_requests=200,
            cold_requests=1,
        )
        for label, (theirs, mine) in FORMATS.items()
    ]
    for match in matches:
        for url in (peer.address + match.theirs, ours.system.address + match.mine):
            content.require(url, carried(match.label, summit))
    results = measure([lane for match in matches for lane in match.lanes(peer, ours)], count=ROUNDS)
    outcomes = [Outcome(*results[at : at + LANES]) for at in range(0, len(results), LANES)]
    each = [
        f"{match.label} warm {outcome.warm_ratio:.1f}, cold {outcome.cold_ratio:.1f}"
        for match, outcome in zip(matches, outcomes, strict=True)
    ]
    lacking = content.missing(
        fetch(ours.system.address + FORMATS["frab JSON"][1]), content.biographies(summit)
    )
    return Verdict(
        compared=[pair for outcome in outcomes for pair in outcome.compared],
        outcome=outcomes[0],
        what=f"Summitry's frab JSON export against {peer.name}'s",
        remark=f"By format: {'; '.join(each)}."
        + (f" The peer's JSON has {len(lacking)} biographies that ours lacks." if lacking else ""),
    )


def carried(label: str, summit: Summit) -> list[str]:
    """The texts that both systems' exports in this format have to carry."""
    everywhere = [*content.titles(summit), *content.names(summit), *summit.rooms]
    return everywhere if label == "iCalendar" else [*everywhere, *summit.forums, *content.abstracts(summit)]
