"""The interpretation plan as its page shows it: the sessions of a day in rows, the languages in columns."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from summitry.algorithms.booths import Fault
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Shown
from summitry.live.models import Shift
from summitry.live.queries.day import day_of
from summitry.live.queries.fault_words import Words, in_cell
from summitry.live.queries.interpretation import Cell, Member, Planned, Row, Turn, languages_of, names_in
from summitry.live.queries.rundown import sessions_to_run
from summitry.programme.models import Session


class Matrix:
    """Rows of one state of the plan for one reader, made with one statement for names and one for turns."""

    def __init__(self, state: Planned, edition: Edition, lang: str, session_ids: Collection[int]) -> None:
        self.state = state
        self.langs = languages_of(state)
        self.names: Mapping[int, Shown] = names_in(state, edition, lang)
        words = Words(state, self.names, lang, edition.zone, tuple(edition.fallback))
        self._faults: dict[tuple[int, str], list[str]] = defaultdict(list)
        self.faults: list[Fault] = [
            fault for fault in state.faults(unplanned=True) if fault.sitting in set(session_ids)
        ]
        for fault in self.faults:
            self._faults[fault.sitting, fault.lang].append(in_cell(fault, words))
        self._turns: dict[int, list[Turn]] = defaultdict(list)
        for shift in Shift.objects.filter(plan__session__in=session_ids):
            if shift.interpreter_id in self.names:
                self._turns[shift.plan_id].append(Turn(shift, self.names[shift.interpreter_id]))
        ordered = sorted(session_ids, key=lambda pk: (state.places[pk].starts_at, pk))
        self.rows = [self.row(pk) for pk in ordered]

    def row(self, session_id: int) -> Row:
        """Return one session."""
        session = self.state.sessions[session_id]
        return Row(
            session=session,
            place=self.state.places[session_id],
            cells=tuple(
                self.cell(session_id, lang) if lang in session.interpreted else None for lang in self.langs
            ),
            faults=tuple(self._faults[session_id, ""]),
        )

    def cell(self, session_id: int, lang: str) -> Cell:
        """Return one language of one session."""
        plan = self.state.plans.get((session_id, lang))
        team = self.state.teams.get(plan.pk, ()) if plan is not None else ()
        return Cell(
            lang=lang,
            plan=plan,
            team=tuple(Member(who, self.names[who]) for who in team if who in self.names),
            turns=tuple(self._turns[plan.pk]) if plan is not None else (),
            faults=tuple(self._faults[session_id, lang]),
        )


def interpreted_on(state: Planned, edition: Edition, days: Iterable[dt.date], actor: Actor) -> list[int]:
    """Return the interpreted sessions of these days that `actor` works on."""
    wanted = set(days)
    ids = [
        pk
        for pk, session in state.sessions.items()
        if session.interpreted and day_of(state.places[pk].starts_at, edition) in wanted
    ]
    return list(sessions_to_run(actor, Session.objects.filter(pk__in=ids)).values_list("pk", flat=True))
