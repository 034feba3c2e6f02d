"""What follows the first publication: sample accounts, headline figures, and the changes that make version 2."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from random import Random

from summitry.rehearsal.content.plan import (
    AmendmentPlan,
    MeasurePlan,
    PersonPlan,
    SessionPlan,
    StaffPlan,
    VenuePlan,
)
from summitry.rehearsal.content.reading import read
from summitry.rehearsal.content.texts import texts, translation

MOVES = 3
SHIFTS = (15, 30, -15, 45, 60, 75, 90, 105, 120)


def staff(people: tuple[PersonPlan, ...]) -> tuple[StaffPlan, ...]:
    """Return the sample accounts; speaker, guest and journalist are people of the edition."""
    accounts = [StaffPlan(**item) for item in read("staff")["staff"]]
    for role, capacity in (("speaker", "speaker"), ("guest", "delegate"), ("journalist", "journalist")):
        able = [person for person in people if person.capacity == capacity]
        person = next((person for person in able if person.slug == read("staff")["speaker"]), able[0])
        accounts.append(StaffPlan(role, person.display_name, person.email, person.slug))
    return tuple(accounts)


def measures() -> tuple[MeasurePlan, ...]:
    """Return the headline figures, expected before actual."""
    return tuple(MeasurePlan(*row) for row in read("measures")["measures"])


def amendments(sessions: tuple[SessionPlan, ...], venue: VenuePlan, rng: Random) -> tuple[AmendmentPlan, ...]:
    """Return the changes of version 2: some sessions move, two swap rooms, one is cancelled, one is renamed."""
    data = read("amendments")
    notes = {kind: texts(note) for kind, note in data["notes"].items()}
    ordinary = [session for session in sessions if session.kind in {"panel", "dialogue", "workshop"}]
    rng.shuffle(ordinary)
    changes = Changes(sessions, venue)
    moves = [
        AmendmentPlan("move", session.code, notes["move"], room=place[0], start=place[1])
        for session, place in changes.moves(ordinary[::2], MOVES)
    ]
    swap = [
        AmendmentPlan("swap_rooms", one.code, notes["swap_rooms"], other=other.code)
        for one, other in changes.swaps(ordinary[1::2], 1)
    ]
    left = [session for session in ordinary if session.code not in changes.touched]
    cancel = [AmendmentPlan("cancel", session.code, notes["cancel"]) for session in left[:1]]
    renamed = [session for session in sessions if session.code == data["renamed"]]
    title = translation(data["title"], rng, proofread=True)
    rename = [AmendmentPlan("rename", session.code, notes["rename"], title=title) for session in renamed]
    return (*moves, *swap, *cancel, *rename)


class Changes:
    """Looks for changes that fit: free rooms, free people, and nothing changed twice."""

    def __init__(self, sessions: tuple[SessionPlan, ...], venue: VenuePlan) -> None:
        """Begin with the schedule of version 1."""
        self._sessions = list(sessions)
        self._rooms = {room.slug: room for room in venue.rooms}
        self.touched: set[str] = set()

    def moves(
        self, candidates: list[SessionPlan], number: int
    ) -> Iterator[tuple[SessionPlan, tuple[str, datetime]]]:
        """Yield sessions with a room and a later or earlier time that suits everybody."""
        for session in candidates:
            place = next(self._openings(session), None)
            if place is not None and number:
                number -= 1
                self._replace(session, replace(session, room=place.room, start=place.start))
                yield session, (place.room, place.start)

    def _openings(self, session: SessionPlan) -> Iterator[SessionPlan]:
        """Yield the places to which a session could move."""
        seats = self._rooms[session.room].capacity
        for minutes in SHIFTS:
            for room in self._rooms.values():
                if room.slug != session.room and 0.5 < room.capacity / seats < 2:
                    moved = replace(session, room=room.slug, start=session.start + timedelta(minutes=minutes))
                    if self._fits(moved, {session.code}):
                        yield moved

    def swaps(self, candidates: list[SessionPlan], number: int) -> Iterator[tuple[SessionPlan, SessionPlan]]:
        """Yield pairs of sessions that could exchange their rooms."""
        for one, other in combinations(candidates, 2):
            if number and one.start == other.start and not {one.code, other.code} & self.touched:
                first, second = replace(one, room=other.room), replace(other, room=one.room)
                if all(self._fits(changed, {one.code, other.code}) for changed in (first, second)):
                    number -= 1
                    self._replace(one, first)
                    self._replace(other, second)
                    yield one, other

    def _fits(self, session: SessionPlan, ignored: set[str]) -> bool:
        """Tell whether room and people of a changed session are free; walking is left to the people."""
        others = [other for other in self._sessions if other.code not in ignored]
        if any(other.room == session.room and overlap(other, session) for other in others):
            return False
        if any(other.kind in {"ceremony", "press"} and overlap(other, session) for other in others):
            return False
        people = {role.person for role in session.roles}
        return not any(
            overlap(other, session) for other in others if any(role.person in people for role in other.roles)
        )

    def _replace(self, old: SessionPlan, new: SessionPlan) -> None:
        """Take a change into the schedule."""
        self._sessions[self._sessions.index(old)] = new
        self.touched.add(old.code)


def overlap(one: SessionPlan, other: SessionPlan) -> bool:
    """Tell whether two sessions share any time."""
    return one.start < other.end and other.start < one.end
