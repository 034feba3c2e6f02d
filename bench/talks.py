"""The synthetic summit as its organisers list it: 400 talks in its 300 sessions, one speaker each.

Standard library only, like `bench.summit`, from whose sessions it is made.
"""

from dataclasses import replace

from bench.summit import SESSIONS, Summit

TALKS = 400


def talks_of(summit: Summit) -> Summit:
    """The same summit with a session for each talk; the last hundred are the second talks of the first hundred sessions.

    Half of a session that has two belongs to each.
    """
    firsts = [replace(each, speakers=each.speakers[:1]) for each in summit.sessions]
    seconds = [
        replace(
            each,
            number=SESSIONS + each.number,
            title=" ".join(reversed(each.title.split())).capitalize(),
            starts=each.starts + each.minutes // 2,
            minutes=each.minutes // 2,
            speakers=each.speakers[1:],
        )
        for each in summit.sessions[: TALKS - SESSIONS]
    ]
    return replace(summit, name="Rivertown Console Summit", sessions=(*firsts, *seconds))
