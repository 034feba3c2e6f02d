"""The timetable as complete HTML: all sessions with title, time, room, forum and speakers, for a signed-out visitor.

The peer's page is the schedule that it offers to browsers without JavaScript. It prints the abstracts too, which
Summitry's timetable leaves to the session's page.
"""

from bench import content
from bench.contest import System
from bench.match import Verdict
from bench.ours import TIMETABLE, Ours
from bench.page import compare
from bench.peers import pretalx
from bench.summit import Summit


def play(peer: System, ours: Ours, summit: Summit) -> Verdict:
    """Measure the peer's schedule without JavaScript and our timetable."""
    return compare(
        peer,
        ours,
        label="timetable, complete HTML",
        theirs=pretalx.SCHEDULE,
        mine=TIMETABLE,
        shows=content.timetable(summit),
        printed="abstracts",
    )
