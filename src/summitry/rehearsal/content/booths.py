"""Languages of the sessions, the interpreters who make them understood, and the rapporteurs who take the record."""

from random import Random

from summitry.rehearsal.content.diary import Diary
from summitry.rehearsal.content.drafts import ForumDraft, SessionDraft
from summitry.rehearsal.content.people import Guest
from summitry.rehearsal.content.plan import RolePlan, RoomPlan, SessionKind

OFFICIAL = ("en", "zh", "fr", "es", "ru", "ar")
SPOKEN = {"zh-hans": "zh"}
# How many languages a session is interpreted into, where the room has booths: all, or so many in larger rooms.
CHANNELS: dict[SessionKind, int] = {
    "ceremony": 6, "plenary": 6, "panel": 4, "dialogue": 3, "workshop": 1, "cafe": 1, "press": 2,
}  # fmt: skip
SMALL_ROOM = 150
RECORDED = {"plenary", "panel", "dialogue"}


class Booths:
    """Staffs the booths and the rapporteurs' chairs of all sessions."""

    def __init__(self, guests: list[Guest], rooms: tuple[RoomPlan, ...], diary: Diary, rng: Random) -> None:
        """Begin with everybody free."""
        self._languages = {guest.plan.slug: guest.plan.languages for guest in guests}
        self._interpreters = [guest.plan for guest in guests if guest.plan.capacity == "interpreter"]
        self._rapporteurs = [guest.plan.slug for guest in guests if guest.plan.capacity == "rapporteur"]
        self._rooms = {room.slug: room for room in rooms}
        self._diary = diary
        self._rng = rng

    def staff(self, forums: list[ForumDraft]) -> None:
        """Settle languages, interpretation, broadcast and rapporteur of every session, plenary meetings first."""
        sessions = [session for forum in forums for session in forum.sessions]
        for session in sorted(sessions, key=lambda item: (-CHANNELS[item.kind], item.start, item.code)):
            room = self._rooms[session.room]
            session.spoken = self._spoken(session)
            if "interpretation_booths" in room.equipment:
                self._interpret(session, room)
            if session.kind in RECORDED:
                self._record(session)
            session.broadcast |= "livestream" in room.equipment and session.kind != "workshop"

    def _spoken(self, session: SessionDraft) -> tuple[str, ...]:
        """Return the languages of the floor: that of the title, then of speakers who do not speak it."""
        floor = [SPOKEN.get(session.title.source, session.title.source)]
        people = [self._languages[role.person] for role in session.roles]
        if sum("zh" in known[:1] for known in people) > 1:
            floor.append("zh")
        for known in people:
            if not set(floor) & set(known):
                floor.append(next((tag for tag in known if tag in OFFICIAL), "en"))
        return tuple(dict.fromkeys(floor))

    def _interpret(self, session: SessionDraft, room: RoomPlan) -> None:
        """Engage an interpreter for each language that can be had, the languages of the floor and Chinese first."""
        number = CHANNELS[session.kind]
        if room.capacity < SMALL_ROOM:
            number = min(number, 2)
        others = [tag for tag in OFFICIAL if tag not in {*session.spoken, "en", "zh"}]
        self._rng.shuffle(others)
        floor = session.spoken if len(session.spoken) > 1 else ()
        usual = [tag for tag in ("en", "zh") if (tag,) != session.spoken]
        wanted = list(dict.fromkeys([*floor, *usual, *others]))[:number]
        found = []
        for tag in wanted:
            free = self._least_busy(
                [one.slug for one in self._interpreters if tag in one.languages[:2]], session
            )
            if free:
                self._diary.engage(free, session)
                session.roles.append(RolePlan(free, "interpreter"))
                found.append(tag)
        session.interpreted = tuple(tag for tag in OFFICIAL if tag in found)

    def _least_busy(self, able: list[str], session: SessionDraft) -> str | None:
        """Return the one among those able and free who has had the least to do so far."""
        free = (slug for slug in able if self._diary.free(slug, session))
        return min(free, key=lambda slug: len(self._diary.engagements[slug]), default=None)

    def _record(self, session: SessionDraft) -> None:
        """Engage a rapporteur, if one is free."""
        free = self._least_busy(self._rapporteurs, session)
        if free:
            self._diary.engage(free, session)
            session.roles.append(RolePlan(free, "rapporteur"))
