"""As what the demo's people come, how, with whom, and how far each has come: nearly all are accredited, as the summit is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from summitry.rehearsal.content.people import HOST
from summitry.rehearsal.content.plan import PersonPlan, SummitPlan

FULL_SIZE = 2100
DIGNITARIES: tuple[tuple[str, int, bool], ...] = (
    ("head_of_state", 3, False),
    ("head_of_government", 6, False),
    ("head_of_delegation", 3, True),
    ("minister", 25, False),
    ("head_of_delegation", 5, False),
)
"""Capacity, how many, and whether they represent a body instead of a country or region; in the order of their ranks."""
ESCORTS = {"head_of_state": 4, "head_of_government": 3, "minister": 1}
"""How many accompany a dignitary."""
AT_HOME: tuple[tuple[str, int], ...] = (
    ("volunteer", 70),
    ("contractor", 40),
    ("security", 24),
    ("visitor", 90),
)
ABROAD: tuple[tuple[str, int], ...] = (("guest", 110), ("exhibitor", 50))
AS_PLANNED = {
    "speaker": "speaker",
    "interpreter": "interpreter",
    "rapporteur": "staff",
    "journalist": "media",
    "staff": "staff",
    "observer": "observer",
}
UNSETTLED = frozenset({"delegate", "guest", "observer", "media", "exhibitor"})
STATES: tuple[tuple[str, int], ...] = (
    ("invited", 95),
    ("nominated", 24),
    ("applying", 24),
    ("submitted", 26),
    ("incomplete", 10),
    ("screening", 28),
    ("deciding", 58),
    ("on_hold", 6),
    ("approved", 26),
    ("refused", 12),
    ("appealed", 3),
    ("declined", 6),
    ("withdrawn", 14),
    ("replaced", 3),
    ("revoked", 4),
)
"""How many of those who are not accredited are in which state; everybody else is."""
STRIDE, MODULUS = 911, 2003
"""Two primes that mix the guests, so that no state is of one capacity only."""
WAITING, WITH_TWO = 20, 4
"""How many visitors wait for a place, and about how many of the security two officers have to agree."""
SOURCES = {
    "delegate": "nominated",
    "head_of_delegation": "nominated",
    "minister": "nominated",
    "companion": "nominated",
    "security": "nominated",
    "observer": "registered",
    "media": "registered",
    "exhibitor": "registered",
    "visitor": "registered",
    "interpreter": "imported",
    "staff": "imported",
    "volunteer": "imported",
    "contractor": "imported",
}
"""How guests came into the list, by capacity; everybody else was invited."""
PRESENT = frozenset({"companion", "security", "staff", "volunteer", "contractor", "visitor"})
"""They are of use on site only."""
REMOTE = {"live_link": "live_link", "recorded": "recorded"}


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part as a guest; `principal` is the slug of whom she accompanies."""

    slug: str
    capacity: str
    attendance: str = "on_site"
    state: str = "confirmed"
    principal: str = ""

    @property
    def source(self) -> str:
        """How she came into the list."""
        if self.state in {"invited", "nominated"}:
            return self.state
        return SOURCES.get(self.capacity, "invited")


def guest_list(plan: SummitPlan) -> list[Part]:
    """Return everybody's part: the dignitaries first, in the order of their ranks, and companions after their principals."""
    scale = len(plan.people) / FULL_SIZE
    known = {staff.scope for staff in plan.staff}
    bodies = {entity.code for entity in plan.entities if entity.kind != "country"}
    rest = [person for person in plan.people if person.capacity == "delegate" and person.slug not in known]
    heads = _dignitaries(rest, bodies)
    heads += _heads_of_delegation(rest, heads)
    taken = {part.slug for part in heads}
    rest = [person for person in rest if person.slug not in taken]
    companions = _companions(heads, plan.people, rest)
    taken |= {part.slug for part in companions}
    rest = [person for person in rest if person.slug not in taken]
    capacities = _dealt(rest, scale)
    remote = {role.person: role.delivery for session in plan.sessions for role in session.roles}
    others = [
        Part(person.slug, capacity, _attendance(person, capacity, remote.get(person.slug, "")))
        for person in plan.people
        if person.slug not in taken
        for capacity in [capacities.get(person.slug) or AS_PLANNED.get(person.capacity, "delegate")]
    ]
    return [*heads, *_in_all_states(others, known, scale), *companions]


def _dignitaries(people: Sequence[PersonPlan], bodies: set[str]) -> list[Part]:
    """Give each rank to the first delegate of another country or region, or of another body."""
    first: dict[str, PersonPlan] = {}
    for person in people:
        first.setdefault(person.entity, person)
    of_bodies = iter([person for code, person in first.items() if code in bodies])
    of_countries = iter([person for code, person in first.items() if code not in bodies])
    return [
        Part(person.slug, capacity)
        for capacity, count, is_body in DIGNITARIES
        for person in islice(of_bodies if is_body else of_countries, count)
    ]


def _heads_of_delegation(people: Sequence[PersonPlan], led: Iterable[Part]) -> list[Part]:
    """Let one delegate lead everybody who comes for the same country, region or body, where no dignitary does."""
    entities = {person.slug: person.entity for person in people}
    having = {entities[part.slug] for part in led}
    found: dict[str, Part] = {}
    for person in people:
        if person.entity not in having:
            found.setdefault(person.entity, Part(person.slug, "head_of_delegation"))
    return list(found.values())


def _companions(
    heads: Sequence[Part], people: Sequence[PersonPlan], free: Sequence[PersonPlan]
) -> list[Part]:
    """Let compatriots accompany dignitaries, or whoever is there."""
    entities = {person.slug: person.entity for person in people}
    left = [person for person in free if person.entity != HOST]
    found = []
    for head in heads:
        for _number in range(ESCORTS.get(head.capacity, 0)):
            near = (person for person in left if person.entity == entities[head.slug])
            person = next(near, left[0] if left else None)
            if person is not None:
                left.remove(person)
                found.append(Part(person.slug, "companion", principal=head.slug))
    return found


def _dealt(people: Sequence[PersonPlan], scale: float) -> dict[str, str]:
    """Return by slug as what delegates come who are none: the host's people who work, and others' who show or watch."""
    home = iter([person for person in people if person.entity == HOST])
    abroad = iter([person for person in people if person.entity != HOST])
    found: dict[str, str] = {}
    for pool, lines in ((home, AT_HOME), (abroad, ABROAD)):
        for capacity, count in lines:
            found |= {person.slug: capacity for person in islice(pool, max(1, round(count * scale)))}
    return found


def _attendance(person: PersonPlan, capacity: str, delivery: str) -> str:
    if capacity in PRESENT or person.attendance == "on_site":
        return "on_site"
    return REMOTE.get(delivery, "live_link") if capacity == "speaker" else "online"


def _in_all_states(parts: Sequence[Part], known: set[str | None], scale: float) -> list[Part]:
    """Spread those who are not accredited evenly over the guests whose applications are worked on."""
    open_ones = [
        number
        for number, part in enumerate(parts)
        if part.capacity in UNSETTLED and part.attendance == "on_site" and part.slug not in known
    ]
    wanted = [(state, max(1, round(count * scale))) for state, count in STATES]
    total = sum(count for _state, count in wanted)
    every = max(1, len(open_ones) // total)
    places = iter(sorted(open_ones[::every], key=lambda number: number * STRIDE % MODULUS))
    states = {number: state for state, count in wanted for number in islice(places, count)}
    visitors = [number for number, part in enumerate(parts) if part.capacity == "visitor"]
    security = [number for number, part in enumerate(parts) if part.capacity == "security"]
    states |= dict.fromkeys(visitors[-round(WAITING * scale) or -1 :], "waiting")
    states |= dict.fromkeys(security[:WITH_TWO], "deciding")
    return [replace(part, state=states.get(number, part.state)) for number, part in enumerate(parts)]
