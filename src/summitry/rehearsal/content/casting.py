"""Gives the sessions their speakers: everyone at least one part, nobody in two places at once.

The number of parts follows from the kind of session. Fresh speakers are handed out first; when all have a part, further
parts go to speakers who are free. Recordings fill speeches only, live links speeches and panels, and whoever chairs or
moderates is in the room.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from summitry.rehearsal.content.diary import Diary
from summitry.rehearsal.content.drafts import ForumDraft, SessionDraft
from summitry.rehearsal.content.people import HOST, Guest
from summitry.rehearsal.content.plan import Delivery, Fallback, RolePlan, SessionKind, SessionRole
from summitry.rehearsal.content.reading import read

LEADING: dict[SessionKind, SessionRole] = {
    "ceremony": "chair", "plenary": "chair", "panel": "moderator", "dialogue": "moderator", "workshop": "chair",
    "cafe": "moderator", "press": "moderator",
}  # fmt: skip
# Panellists besides those who hold the written items; they take part in the discussion, where there is one.
PANELLISTS: dict[SessionKind, int] = {
    "ceremony": 0, "plenary": 4, "panel": 3, "dialogue": 2, "workshop": 0, "cafe": 2, "press": 1,
}  # fmt: skip
FALLBACKS: dict[Delivery, tuple[Fallback, ...]] = {
    "live_link": ("recorded", "recorded", "audio_only"), "recorded": ("read_out",),
}  # fmt: skip


@dataclass(slots=True)
class Seat:
    """A part to be given to somebody, in a session or in one item of it."""

    forum: ForumDraft
    session: SessionDraft
    role: SessionRole
    contribution: str | None
    delivery: Delivery = "in_person"


def seats_of(forum: ForumDraft, session: SessionDraft) -> Iterator[Seat]:
    """Yield the parts of a session: who leads it, who speaks, who sits on the panel."""
    yield Seat(forum, session, LEADING[session.kind], None)
    discussion = None
    for item in session.contributions:
        if item.kind in {"panel", "dialogue"}:
            discussion = item.code
        else:
            yield Seat(forum, session, "speaker", item.code)
    for _ in range(PANELLISTS[session.kind]):
        yield Seat(forum, session, "panellist", discussion)


class Cast:
    """Hands out the parts of all sessions; `topics` and `remote` say what came of each speaker."""

    def __init__(self, speakers: list[Guest], diary: Diary, rng: Random) -> None:
        """Begin with everybody free."""
        self._speakers = speakers
        self._diary = diary
        self._rng = rng
        self._suits: dict[str, list[str]] = read("capacities")["suits"]
        self._entities = {guest.plan.slug: guest.plan.entity for guest in speakers}
        self.topics: dict[str, str] = {}
        self.remote: dict[str, Delivery] = {}

    def fill(self, forums: list[ForumDraft], remote_share: float, recorded_share: float) -> None:
        """Give every session its speakers and every forum its chair, who leads the forum's first session."""
        seats = [seat for forum in forums for session in forum.sessions for seat in seats_of(forum, session)]
        order = {id(seat): number for number, seat in enumerate(seats)}
        remote = round(len(self._speakers) * remote_share)
        self._send_away(seats, remote, round(remote * recorded_share))
        filled = self._seat(seats)
        for seat, role in sorted(filled, key=lambda pair: order[id(pair[0])]):
            seat.session.roles.append(role)
        for forum in forums:
            forum.chair = forum.sessions[0].roles[0].person

    def _send_away(self, seats: list[Seat], remote: int, recorded: int) -> None:
        """Decide which parts are played from afar."""
        speeches = [
            seat for seat in seats if seat.role == "speaker" and seat.session.kind in {"panel", "plenary"}
        ]
        for seat in self._rng.sample(speeches, min(recorded, len(speeches))):
            seat.delivery = "recorded"
        movable = [
            seat
            for seat in seats
            if seat.role in {"speaker", "panellist"}
            and seat.session.kind not in {"press", "cafe", "workshop"}
            and seat.delivery == "in_person"
        ]
        for seat in self._rng.sample(movable, min(remote - recorded, len(movable))):
            seat.delivery = "live_link"

    def _seat(self, seats: list[Seat]) -> list[tuple[Seat, RolePlan]]:
        """Fill the seats; guests from abroad take those far away, ceremonies and leading parts come first."""
        away = [seat for seat in seats if seat.delivery != "in_person"]
        here = [seat for seat in seats if seat.delivery == "in_person"]
        self._rng.shuffle(here)
        here.sort(key=lambda seat: (seat.session.kind != "ceremony", seat.role not in {"chair", "moderator"}))
        abroad = [guest for guest in self._speakers if guest.plan.entity != HOST]
        self._rng.shuffle(abroad)
        far = abroad[: len(away)]
        gone = {guest.plan.slug for guest in far}
        near = [guest for guest in self._speakers if guest.plan.slug not in gone]
        self._rng.shuffle(near)
        return [*self._hand_out(away, far), *self._hand_out(here, near)]

    def _hand_out(self, seats: list[Seat], guests: list[Guest]) -> Iterator[tuple[Seat, RolePlan]]:
        """Give each seat to a fresh guest; when there is none left, to a free one; else leave it empty."""
        fresh = list(guests)
        for seat in seats:
            chosen = self._fresh(seat, fresh) or self._again(seat, guests)
            if chosen is not None:
                yield seat, self._engage(seat, chosen.plan.slug)

    def _fresh(self, seat: Seat, fresh: list[Guest]) -> Guest | None:
        """Take the fittest guest without a part: best from a co-organiser, of a fitting field and a new entity."""
        free = (guest for guest in fresh if self._diary.free(guest.plan.slug, seat.session))
        chosen = min(free, key=lambda guest: self._unfitness(seat, guest), default=None)
        if chosen is not None:
            fresh.remove(chosen)
        return chosen

    def _unfitness(self, seat: Seat, guest: Guest) -> int:
        """Return how badly a guest fits a seat; a physician is wanted in medicine and nowhere else."""
        topics = self._suits.get(guest.field)
        house = guest.plan.affiliations[0].organisation
        misfit = 0 if topics is None else (8 if seat.forum.topic not in topics else -2)
        outsider = seat.role in {"chair", "moderator"} and house not in seat.forum.organisations
        return misfit + 4 * outsider + (guest.plan.entity in seat.session.entities)

    def _again(self, seat: Seat, guests: list[Guest]) -> Guest | None:
        """Return a guest who is free for a further part, of the same topic if possible."""
        order = self._rng.sample(guests, len(guests))
        order.sort(key=lambda guest: self.topics[guest.plan.slug] != seat.forum.topic)
        return next((guest for guest in order if self._diary.free(guest.plan.slug, seat.session)), None)

    def _engage(self, seat: Seat, person: str) -> RolePlan:
        """Enter a part in the diary; the first part decides what the speaker is known for."""
        self.topics.setdefault(person, seat.forum.topic)
        fallback = None
        if seat.delivery != "in_person":
            self.remote[person] = seat.delivery
            fallback = self._rng.choice(FALLBACKS[seat.delivery])
        self._diary.engage(person, seat.session)
        seat.session.entities.add(self._entities[person])
        return RolePlan(person, seat.role, seat.contribution, seat.delivery, fallback)
