"""Who of the programme can be written to: everybody who appears, and those who answer for forums.

Each audience tells only of people whom the asking actor works with. Writing and sending is the mailing room's.
"""

from summitry.mailing.audiences import register_audience
from summitry.programme.audiences.forums import FORUMS
from summitry.programme.audiences.speakers import SPEAKERS


def register() -> None:
    """Make the programme's audiences available."""
    register_audience(SPEAKERS)
    register_audience(FORUMS)


__all__ = ["FORUMS", "SPEAKERS", "register"]
