"""Judges how well a guest fits a part: the field, the house, the rank, and who else sits there.

The numbers are penalties and only mean something beside each other; a perfect fit is 0.
"""

from collections import Counter
from dataclasses import dataclass, field

from summitry.rehearsal.content.drafts import ForumDraft, SessionDraft
from summitry.rehearsal.content.people import Guest
from summitry.rehearsal.content.plan import Delivery, SessionRole
from summitry.rehearsal.content.reading import read

LEADING = frozenset({"chair", "moderator"})


@dataclass(slots=True, eq=False)
class Seat:
    """A part to be given to somebody, in a session or in one item of it; `pinned` names who is to have it."""

    forum: ForumDraft
    session: SessionDraft
    role: SessionRole
    contribution: str | None
    pinned: str | None = None
    delivery: Delivery = "in_person"
    entities: Counter[str] = field(default_factory=Counter)


class Fitness:
    """Knows which topics suit which field, and which topics belong to one area."""

    def __init__(self) -> None:
        """Read the tables."""
        self.suits: dict[str, list[str]] = read("capacities")["suits"]
        self._area = {topic: area["slug"] for area in read("topics")["areas"] for topic in area["topics"]}

    def topics(self, guest: Guest) -> list[str]:
        """Return the topics on which a guest speaks best."""
        suited = self.suits.get(guest.field, list(self._area))
        return [topic for topic in guest.topics or suited if topic in suited] or suited

    def penalty(self, seat: Seat, guest: Guest) -> int:
        """Return how badly a guest fits a seat, others in the session apart."""
        return self._field(seat, guest) + self._house(seat, guest) + self._role(seat, guest)

    def _field(self, seat: Seat, guest: Guest) -> int:
        """A physician is wanted in medicine and nowhere else."""
        suited = self.suits.get(guest.field)
        return 6 if suited and seat.forum.topic not in suited else 0

    def _house(self, seat: Seat, guest: Guest) -> int:
        """Who works for a web archive speaks on archives."""
        topic = seat.forum.topic
        if not guest.topics:
            return 1
        if topic in guest.topics:
            return 0
        return 2 if self._area[topic] in {self._area[other] for other in guest.topics} else 4

    def _role(self, seat: Seat, guest: Guest) -> int:
        """Co-organisers and journalists lead, people of rank open, journalists do not lecture."""
        if seat.role in LEADING:
            at_home = guest.plan.affiliations[0].organisation in seat.forum.organisations
            return 0 if at_home else 2 if guest.field == "journalist" else 3
        if seat.role == "speaker":
            return 4 if guest.field == "journalist" else 0 if guest.senior else 2
        return 2 if guest.field == "journalist" else 0
