"""Gives the sessions their speakers: everyone at least one part, nobody in two places at once.

Parts pinned in the data files come first. The others are dealt out one to each speaker, by topic, and then exchanged
between pairs of speakers as long as both sessions gain. What is left over goes to speakers who are free at the time.
Recordings fill speeches only, live links speeches and panels, and whoever leads a session is in the room.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random

from summitry.rehearsal.content.diary import Diary
from summitry.rehearsal.content.drafts import ForumDraft, SessionDraft
from summitry.rehearsal.content.fitness import LEADING, Fitness, Seat
from summitry.rehearsal.content.people import HOST, Guest
from summitry.rehearsal.content.plan import Delivery, Fallback, RolePlan, SessionKind, SessionRole

LEADS: dict[SessionKind, SessionRole] = {
    "ceremony": "chair", "plenary": "chair", "panel": "moderator", "dialogue": "moderator", "workshop": "chair",
    "cafe": "moderator", "press": "moderator",
}  # fmt: skip
# Panellists besides those who hold the written items; they take part in the discussion, where there is one.
PANELLISTS: dict[SessionKind, int] = {
    "ceremony": 0, "plenary": 4, "panel": 3, "dialogue": 2, "workshop": 0, "cafe": 2, "press": 0,
}  # fmt: skip
FALLBACKS: dict[Delivery, tuple[Fallback, ...]] = {
    "live_link": ("recorded", "recorded", "audio_only"), "recorded": ("read_out",),
}  # fmt: skip
EXCHANGES_PER_SEAT = 40
CROWDED = 2


def seats_of(forum: ForumDraft, session: SessionDraft) -> Iterator[Seat]:
    """Yield the parts of a session: who leads it, who speaks, who sits on the panel."""
    entities: Counter[str] = Counter()
    yield Seat(forum, session, LEADS[session.kind], None, session.leader, entities=entities)
    discussion = None
    for item, (_, _, _, pinned) in zip(session.contributions, session.items, strict=True):
        if item.kind in {"panel", "dialogue"}:
            discussion = item.code
        else:
            yield Seat(forum, session, "speaker", item.code, pinned, entities=entities)
    for _ in range(PANELLISTS[session.kind]):
        yield Seat(forum, session, "panellist", discussion, entities=entities)


class Cast:
    """Hands out the parts of all sessions; `topics` and `remote` say what came of each speaker."""

    def __init__(self, speakers: list[Guest], diary: Diary, rng: Random) -> None:
        """Begin with everybody free."""
        self._speakers = {guest.plan.slug: guest for guest in speakers}
        self._diary = diary
        self._rng = rng
        self._fitness = Fitness()
        self.topics: dict[str, str] = {}
        self.remote: dict[str, Delivery] = {}

    def fill(self, forums: list[ForumDraft], remote_share: float, recorded_share: float) -> None:
        """Give every session its speakers and every forum its chair, who leads the forum's first session."""
        seats = [seat for forum in forums for session in forum.sessions for seat in seats_of(forum, session)]
        given = [(seat, self._speakers[seat.pinned]) for seat in seats if seat.pinned in self._speakers]
        taken = {guest.plan.slug for _, guest in given}
        fresh = [guest for slug, guest in self._speakers.items() if slug not in taken]
        open_seats = [seat for seat in seats if seat.pinned not in self._speakers]
        remote = round(len(self._speakers) * remote_share)
        away = self._send_away(open_seats, remote, round(remote * recorded_share))
        given += self._deal(open_seats, away, fresh)
        roles = {id(seat): self._engage(seat, guest) for seat, guest in given}
        for seat in seats:
            role = roles.get(id(seat)) or self._again(seat)
            if role is not None:
                seat.session.roles.append(role)
        for forum in forums:
            forum.chair = forum.sessions[0].roles[0].person

    def _send_away(self, seats: list[Seat], remote: int, recorded: int) -> list[Seat]:
        """Decide which parts are played from afar, and return them."""
        speeches = [
            seat for seat in seats if seat.role == "speaker" and seat.session.kind in {"panel", "plenary"}
        ]
        for seat in self._rng.sample(speeches, min(recorded, len(speeches))):
            seat.delivery = "recorded"
        movable = [
            seat
            for seat in seats
            if seat.role not in LEADING
            and seat.session.kind in {"panel", "plenary", "dialogue"}
            and seat.delivery == "in_person"
        ]
        for seat in self._rng.sample(movable, min(remote - recorded, len(movable))):
            seat.delivery = "live_link"
        return [seat for seat in seats if seat.delivery != "in_person"]

    def _deal(self, seats: list[Seat], away: list[Seat], fresh: list[Guest]) -> list[tuple[Seat, Guest]]:
        """Deal one seat to each fresh guest: those far away to guests from abroad, leading parts before others."""
        abroad = [guest for guest in fresh if guest.plan.entity != HOST]
        far = self._rng.sample(abroad, min(len(away), len(abroad)))
        gone = {guest.plan.slug for guest in far}
        near = [guest for guest in fresh if guest.plan.slug not in gone]
        here = [seat for seat in seats if seat.delivery == "in_person"]
        self._rng.shuffle(here)
        here.sort(key=lambda seat: seat.role == "panellist")
        pairs = [*self._by_topic(away, far), *self._by_topic(here[: len(near)], near)]
        for seat, guest in pairs:
            seat.entities[guest.plan.entity] += 1
        groups = [
            [pair for pair in pairs if (pair[0].delivery == "in_person") is here] for here in (True, False)
        ]
        return [pair for group in groups for pair in self._exchange(group)]

    def _by_topic(self, seats: list[Seat], guests: list[Guest]) -> Iterator[tuple[Seat, Guest]]:
        """Yield seats with guests, who choose in turn, those with the fewest topics of their own first."""
        vacant: dict[str, list[Seat]] = defaultdict(list)
        for seat in seats:
            vacant[seat.forum.topic].append(seat)
        choosers = [(self._fitness.topics(guest), guest) for guest in guests]
        for wanted, guest in sorted(choosers, key=lambda chooser: len(chooser[0])):
            topics = [topic for topic in wanted if vacant[topic]] or [*vacant]
            topic = max(topics, key=lambda topic: len(vacant[topic]))
            if vacant[topic]:
                yield vacant[topic].pop(), guest

    def _exchange(self, pairs: list[tuple[Seat, Guest]]) -> list[tuple[Seat, Guest]]:
        """Exchange seats between two guests wherever that serves both sessions together better."""
        for _ in range(EXCHANGES_PER_SEAT * len(pairs)):
            one, other = self._rng.randrange(len(pairs)), self._rng.randrange(len(pairs))
            (seat, guest), (seat2, guest2) = pairs[one], pairs[other]
            if seat.session is seat2.session:
                continue
            now = self._cost(seat, guest, guest) + self._cost(seat2, guest2, guest2)
            if self._cost(seat, guest2, guest) + self._cost(seat2, guest, guest2) < now:
                pairs[one], pairs[other] = (seat, guest2), (seat2, guest)
                seat.entities.subtract((guest.plan.entity,))
                seat.entities[guest2.plan.entity] += 1
                seat2.entities.subtract((guest2.plan.entity,))
                seat2.entities[guest.plan.entity] += 1
        return pairs

    def _cost(self, seat: Seat, guest: Guest, holder: Guest) -> int:
        """Return how badly a guest fits a seat that its holder would leave, counting compatriots in the session."""
        compatriots = seat.entities[guest.plan.entity] - (guest.plan.entity == holder.plan.entity)
        return self._fitness.penalty(seat, guest) + CROWDED * compatriots

    def _again(self, seat: Seat) -> RolePlan | None:
        """Give a seat to the fittest guest on site who is free for a further part, if there is any."""
        able = [guest for slug, guest in self._speakers.items() if slug not in self.remote]
        order = self._rng.sample(able, len(able))
        order.sort(
            key=lambda guest: self._fitness.penalty(seat, guest) + CROWDED * seat.entities[guest.plan.entity]
        )
        free = (guest for guest in order if self._diary.free(guest.plan.slug, seat.session))
        chosen = next(free, None)
        return self._engage(seat, chosen) if chosen else None

    def _engage(self, seat: Seat, guest: Guest) -> RolePlan:
        """Enter a part in the diary; the first part decides what the speaker is known for."""
        slug = guest.plan.slug
        self.topics.setdefault(slug, seat.forum.topic)
        fallback = None
        if seat.delivery != "in_person":
            self.remote[slug] = seat.delivery
            fallback = self._rng.choice(FALLBACKS[seat.delivery])
        self._diary.engage(slug, seat.session)
        return RolePlan(slug, seat.role, seat.contribution, seat.delivery, fallback)
