"""Who is at the microphone in each booth of a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.directory.queries.names import display_names
from summitry.foundation.i18n import Shown
from summitry.live.models import BoothPlan, Shift
from summitry.programme.models import Session


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn at the microphone, with the interpreter's name."""

    shift: Shift
    name: Shown

    @property
    def ends_at(self) -> dt.datetime:
        """When the turn ends."""
        return self.shift.ends_at


@dataclass(frozen=True, slots=True)
class BoothNow:
    """A booth of a session: who is at the microphone, and who is next."""

    plan: BoothPlan
    now: Turn | None
    following: Turn | None


def booths_now(session: Session, lang: str, now: dt.datetime) -> list[BoothNow]:
    """Return the booths of a session by language, in three statements at most."""
    plans = list(BoothPlan.objects.filter(session=session).select_related("booth").order_by("lang"))
    shifts = list(Shift.objects.filter(plan__in=plans).select_related("interpreter")) if plans else []
    people = {shift.interpreter.person_id for shift in shifts}
    names = display_names(people, lang, tuple(session.edition.fallback)) if people else {}
    turns = [Turn(shift, names[shift.interpreter.person_id]) for shift in shifts]
    return [_now(plan, [turn for turn in turns if turn.shift.plan_id == plan.pk], now) for plan in plans]


def _now(plan: BoothPlan, turns: Sequence[Turn], now: dt.datetime) -> BoothNow:
    present = [turn for turn in turns if turn.shift.starts_at <= now]
    later = [turn for turn in turns if turn.shift.starts_at > now]
    return BoothNow(plan, present[-1] if present else None, later[0] if later else None)
