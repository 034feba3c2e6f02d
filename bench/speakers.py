"""The list of all 600 speakers on one page, for a signed-out visitor. The peer's prints their biographies and talks too."""

from bench import content
from bench.contest import System
from bench.match import Verdict
from bench.ours import SPEAKER_LIST, Ours
from bench.page import compare
from bench.peers import pretalx
from bench.summit import Summit


def play(peer: System, ours: Ours, summit: Summit) -> Verdict:
    """Measure the peer's list and ours."""
    return compare(
        peer,
        ours,
        label="list of 600 speakers",
        theirs=pretalx.SPEAKER_LIST,
        mine=SPEAKER_LIST,
        shows=content.names(summit),
        printed="biographies",
    )
