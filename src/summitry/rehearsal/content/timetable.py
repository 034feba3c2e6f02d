"""Lays the sessions of the sub-forums over the three days: home rooms, parallel blocks, nothing beside a ceremony."""

from datetime import timedelta
from random import Random
from typing import NamedTuple

from summitry.rehearsal.content.drafts import ForumDraft, SessionDraft, moment
from summitry.rehearsal.content.plan import VenuePlan


class Block(NamedTuple):
    """A stretch of a day in which sub-forums sit side by side; `cells` is how many of them."""

    day: int
    opens: str
    closes: str
    cells: int


BLOCKS = (
    Block(1, "11:30", "12:45", 5),
    Block(1, "14:00", "15:45", 17),
    Block(1, "16:15", "17:45", 17),
    Block(2, "09:00", "10:45", 17),
    Block(2, "11:15", "12:30", 16),
    Block(2, "14:00", "15:45", 17),
    Block(2, "16:15", "17:45", 16),
    Block(3, "09:00", "10:45", 16),
    Block(3, "11:15", "12:30", 13),
    Block(3, "13:30", "14:45", 8),
)
QUARTER = timedelta(minutes=15)


def lay_out(forums: list[ForumDraft], venue: VenuePlan, rng: Random) -> None:
    """Place every session that has no place yet; a forum never sits in two rooms at once."""
    homes = [room.slug for room in venue.rooms[1:] if "interpretation_booths" in room.equipment]
    spare = [block.cells for block in BLOCKS]
    used: set[tuple[int, str]] = set()
    for forum in forums:
        for session in forum.sessions:
            if session.room:
                used |= {
                    (index, session.room) for index in range(len(BLOCKS)) if touches(session, BLOCKS[index])
                }
    for number, forum in enumerate(forum for forum in forums if forum.kind == "sub"):
        waiting = [session for session in forum.sessions if not session.room]
        roomy = sorted(range(len(BLOCKS)), key=lambda index: (-spare[index], (index - number) % len(BLOCKS)))
        for index, session in zip(sorted(roomy[: len(waiting)]), waiting, strict=True):
            spare[index] -= 1
            room = nearest(homes, number % len(homes), index, used)
            used.add((index, room))
            sit(session, BLOCKS[index], room, rng)


def touches(session: SessionDraft, block: Block) -> bool:
    """Tell whether a placed session takes any time of a block."""
    return session.start < moment(block.day, block.closes) and session.end > moment(block.day, block.opens)


def nearest(homes: list[str], home: int, index: int, used: set[tuple[int, str]]) -> str:
    """Return the free room that is nearest in size to the forum's home room."""
    order = sorted(range(len(homes)), key=lambda number: abs(number - home))
    return next(homes[number] for number in order if (index, homes[number]) not in used)


def sit(session: SessionDraft, block: Block, room: str, rng: Random) -> None:
    """Place a session within a block, sometimes a quarter of an hour later than the block opens."""
    opens, closes = moment(block.day, block.opens), moment(block.day, block.closes)
    room_for = int((closes - opens).total_seconds()) // 60
    minutes = rng.choice([length for length in session.lengths if length <= room_for])
    late = opens + minutes * timedelta(minutes=1) + QUARTER <= closes and rng.random() < 0.4
    session.place(room, opens + QUARTER if late else opens, minutes)
