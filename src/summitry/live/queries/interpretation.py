"""The interpretation plan: sessions by language with booths, teams and turns, and what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from summitry.algorithms import booths as algorithm
from summitry.algorithms.booths import Fault
from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown
from summitry.live.models import Booth, BoothPlan, Interpreter, Shift, TeamMember
from summitry.live.queries.places import Place, places_in
from summitry.programme.models import Session, Version


@dataclass(frozen=True, slots=True)
class Planned:
    """A state of the schedule with its interpretation plan, as the algorithm takes it, and the rows behind it."""

    sessions: Mapping[int, Session]
    places: Mapping[int, Place]
    plans: Mapping[tuple[int, str], BoothPlan]
    teams: Mapping[int, tuple[int, ...]]
    pairs: Mapping[int, frozenset[tuple[str, str]]]
    people: Mapping[int, int]
    booth_counts: Mapping[int, int]

    def faults(self, *, unplanned: bool) -> list[Fault]:
        """Return what is wrong; with `unplanned`, also of sessions for which nothing is planned yet."""
        begun = {session_id for session_id, _lang in self.plans}
        wanted = {
            pk: frozenset(session.interpreted)
            for pk, session in self.sessions.items()
            if session.interpreted and (unplanned or pk in begun)
        }
        rooms = {
            pk: self.booth_counts[place.room_id]
            for pk, place in self.places.items()
            if place.room_id is not None and place.room_id in self.booth_counts
        }
        return algorithm.check(self.booths(), wanted, rooms, self.pairs)

    def booths(self) -> list[algorithm.Booth]:
        """Return the plans of sessions that have a place."""
        return [
            algorithm.Booth(
                sitting=session_id,
                lang=lang,
                starts=_seconds(self.places[session_id].starts_at),
                ends=_seconds(self.places[session_id].ends_at),
                team=self.teams.get(plan.pk, ()),
                spoken=frozenset(self.sessions[session_id].spoken),
                relay=plan.relay,
                longest=plan.rotation_minutes * 60,
            )
            for (session_id, lang), plan in self.plans.items()
            if session_id in self.places and lang in self.sessions[session_id].interpreted
        ]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a booth's team."""

    interpreter_id: int
    name: Shown


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn at the microphone; `initial` is what a narrow cell shows of it."""

    shift: Shift
    name: Shown


@dataclass(frozen=True, slots=True)
class Cell:
    """One language of one session."""

    lang: str
    plan: BoothPlan | None
    team: tuple[Member, ...]
    turns: tuple[Turn, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One interpreted session."""

    session: Session
    place: Place
    cells: tuple[Cell | None, ...]
    faults: tuple[str, ...]

    @property
    def is_faulty(self) -> bool:
        """Whether anything is wrong with it."""
        return bool(self.faults) or any(cell is not None and cell.faults for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A team proposed for a booth that lacks somebody. `before` is the team as it was when this was proposed."""

    session_id: int
    lang: str
    team: tuple[int, ...]
    before: tuple[int, ...]
    relay: str
    booth_id: int | None
    missing: int


def planned(version: Version, session_ids: Collection[int] | None = None) -> Planned:
    """Return a state of the schedule with its interpretation plan, in six statements."""
    edition_id = version.edition_id
    places = places_in(version, session_ids)
    sessions = Session.objects.filter(pk__in=places).only(
        "pk", "code", "title", "interpreted", "spoken", "edition_id", "forum_id"
    )
    plans = (
        BoothPlan.objects.filter(session__in=places).select_related("booth").order_by("session_id", "lang")
    )
    teams: dict[int, list[int]] = defaultdict(list)
    for plan_id, who in TeamMember.objects.filter(plan__session__in=places).values_list(
        "plan_id", "interpreter_id"
    ):
        teams[plan_id].append(who)
    engaged = (
        Interpreter.objects.filter(edition=edition_id).order_by("pk").values_list("pk", "person_id", "pairs")
    )
    rows = list(engaged)
    return Planned(
        sessions={session.pk: session for session in sessions},
        places=places,
        plans={(plan.session_id, plan.lang): plan for plan in plans},
        teams={plan_id: tuple(team) for plan_id, team in teams.items()},
        pairs={pk: frozenset((source, into) for source, into in pairs) for pk, _person, pairs in rows},
        people={pk: person for pk, person, _pairs in rows},
        booth_counts=Counter(
            Booth.objects.filter(room__edition=edition_id).values_list("room_id", flat=True)
        ),
    )


def names_in(
    state: Planned, edition: Edition, lang: str, ids: Collection[int] | None = None
) -> dict[int, Shown]:
    """Return the names of interpreters for a reader of `lang`, all or some of them, by id."""
    wanted = {pk: person for pk, person in state.people.items() if ids is None or pk in ids}
    names = display_names(set(wanted.values()), lang, tuple(edition.fallback))
    return {pk: names[person] for pk, person in wanted.items() if person in names}


def proposals(
    state: Planned, session_ids: Collection[int], free_booths: Mapping[int, Sequence[int]]
) -> list[Proposal]:
    """Return teams for the booths of these sessions that lack somebody; everybody else's work counts as it is.

    `free_booths` are the booths of each room in order: a plan without one gets the first that its session does not use.
    """
    openings, busy = [], defaultdict(list)
    for (session_id, _lang), plan in state.plans.items():
        place = state.places.get(session_id)
        if place is not None:
            for who in state.teams.get(plan.pk, ()):
                busy[who].append((_seconds(place.starts_at), _seconds(place.ends_at)))
    for session_id in session_ids:
        session, place = state.sessions[session_id], state.places[session_id]
        for lang in session.interpreted:
            present = state.plans.get((session_id, lang))
            opening = algorithm.Opening(
                sitting=session_id,
                lang=lang,
                starts=_seconds(place.starts_at),
                ends=_seconds(place.ends_at),
                spoken=frozenset(session.spoken),
                team=state.teams.get(present.pk, ()) if present is not None else (),
                relays=_relays(session, lang, present),
            )
            if present is None or len(opening.team) < opening.wanted:
                openings.append(opening)
    choices = algorithm.propose(openings, state.pairs, busy)
    taken: dict[int, set[int]] = defaultdict(set)
    for (session_id, _lang), plan in state.plans.items():
        if plan.booth_id is not None:
            taken[session_id].add(plan.booth_id)
    return [_proposal(state, choice, free_booths, taken) for choice in choices]


def _relays(session: Session, lang: str, present: BoothPlan | None) -> tuple[str, ...]:
    """What a booth could listen to instead of the floor: what people chose, else what is spoken or interpreted there."""
    if present is not None and present.relay:
        return (present.relay,)
    return tuple(code for code in dict.fromkeys((*session.spoken, *session.interpreted)) if code != lang)


def _proposal(
    state: Planned,
    choice: algorithm.Choice,
    free_booths: Mapping[int, Sequence[int]],
    taken: dict[int, set[int]],
) -> Proposal:
    session_id, lang = choice.opening.sitting, choice.opening.lang
    present = state.plans.get((session_id, lang))
    booth_id = present.booth_id if present is not None else None
    if booth_id is None:
        room_id = state.places[session_id].room_id
        booths = free_booths.get(room_id or 0, ())
        booth_id = next((pk for pk in booths if pk not in taken[session_id]), None)
        if booth_id is not None:
            taken[session_id].add(booth_id)
    return Proposal(
        session_id=session_id,
        lang=lang,
        team=choice.team,
        before=choice.opening.team,
        relay=choice.relay or (present.relay if present is not None else ""),
        booth_id=booth_id,
        missing=choice.missing,
    )


def booths_by_room(edition: Edition) -> dict[int, list[int]]:
    """Return the ids of the booths of each room, by number."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Booth.objects.filter(room__edition=edition).order_by("number", "pk")
    for pk, room_id in rows.values_list("pk", "room_id"):
        found[room_id].append(pk)
    return found


def incomplete(state: Planned) -> frozenset[int]:
    """Return the sessions that are interpreted without a complete plan, whatever it is that they lack."""
    return frozenset(fault.sitting for fault in state.faults(unplanned=True))


def languages_of(state: Planned) -> list[str]:
    """Return the languages into which sessions are interpreted, the most frequent first."""
    counts = Counter(lang for session in state.sessions.values() for lang in session.interpreted)
    return sorted(counts, key=lambda lang: (-counts[lang], lang))


def _seconds(instant: dt.datetime) -> int:
    return int(instant.timestamp())
