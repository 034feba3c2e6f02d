"""Who is in a booth's team, and who could be."""

from __future__ import annotations

from dataclasses import dataclass

from summitry.algorithms.booths.check import REST
from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown
from summitry.live.models import BoothPlan, TeamMember
from summitry.live.queries.interpretation import Member, Planned, names_in
from summitry.live.queries.places import Place


@dataclass(frozen=True, slots=True)
class Candidate:
    """An interpreter who could work in a booth: whether she masters what is heard there, and is free and rested."""

    interpreter_id: int
    name: Shown
    is_able: bool
    is_free: bool
    sessions: int


def members_of(plan: BoothPlan, lang: str) -> list[Member]:
    """Return a booth's team in the order of turns, with names; two statements."""
    if not plan.pk:
        return []
    rows = list(TeamMember.objects.filter(plan=plan).select_related("interpreter"))
    names = display_names(
        {row.interpreter.person_id for row in rows}, lang, tuple(plan.session.edition.fallback)
    )
    return [Member(row.interpreter_id, names[row.interpreter.person_id]) for row in rows]


def candidates_for(state: Planned, plan: BoothPlan, lang: str, edition: Edition) -> list[Candidate]:
    """Return every interpreter, first those who are able and free, of these those who work least."""
    session = state.sessions[plan.session_id]
    sources = {plan.relay} if plan.relay else set(session.spoken) - {plan.lang}
    names = names_in(state, edition, lang)
    work = _work(state, plan)
    place = state.places[plan.session_id]
    found = [
        Candidate(
            interpreter_id=who,
            name=names[who],
            is_able=any((source, plan.lang) in pairs for source in sources),
            is_free=all(_apart(place, other) for other in work.get(who, ())),
            sessions=len(work.get(who, ())),
        )
        for who, pairs in state.pairs.items()
        if who in names
    ]
    return sorted(found, key=lambda one: (not one.is_able, not one.is_free, one.sessions, str(one.name)))


def _work(state: Planned, besides: BoothPlan) -> dict[int, list[Place]]:
    work: dict[int, list[Place]] = {}
    for (session_id, lang), plan in state.plans.items():
        if session_id in state.places and (session_id, lang) != (besides.session_id, besides.lang):
            for who in state.teams.get(plan.pk, ()):
                work.setdefault(who, []).append(state.places[session_id])
    return work


def _apart(one: Place, other: Place) -> bool:
    rest = REST
    gap = max(
        (one.starts_at - other.ends_at).total_seconds(), (other.starts_at - one.ends_at).total_seconds()
    )
    return gap >= rest
