"""The turns at the microphone: divided from a session's time, exchanged by people, following the schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from summitry.algorithms.booths import divide
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import StaleState
from summitry.live.errors import ForeignObject
from summitry.live.events import InterpretationPlanned
from summitry.live.models import BoothPlan, Shift, TeamMember
from summitry.live.queries.places import Place, draft_places


def divide_plans(plans: Iterable[BoothPlan], places: Mapping[int, Place]) -> int:
    """Divide the sessions of `plans` anew among their teams; return how many plans' turns changed.

    Turns that people exchanged stay, at their new times, while there are as many turns as before; else they are lost
    and the plan says so. The caller has asked for permission. A fixed number of statements, however many plans.
    """
    rows = list(plans)
    teams: dict[int, list[int]] = {plan.pk: [] for plan in rows}
    for plan_id, interpreter_id in TeamMember.objects.filter(plan__in=rows).values_list(
        "plan_id", "interpreter_id"
    ):
        teams[plan_id].append(interpreter_id)
    present: dict[int, list[Shift]] = {plan.pk: [] for plan in rows}
    for shift in Shift.objects.filter(plan__in=rows):
        present[shift.plan_id].append(shift)
    changed, fresh, looks = [], [], []
    for plan in rows:
        turns, lost = _turns(plan, places.get(plan.session_id), teams[plan.pk], present[plan.pk])
        if [_facts(one) for one in turns] == [_facts(one) for one in present[plan.pk]]:
            continue
        changed.append(plan.pk)
        fresh += turns
        if lost != plan.swaps_lost:
            plan.swaps_lost = lost
            looks.append(plan)
    Shift.objects.filter(plan__in=changed).delete()
    Shift.objects.bulk_create(fresh)
    BoothPlan.objects.bulk_update(looks, ["swaps_lost"])
    return len(changed)


def follow_schedule(edition_id: int, session_ids: Collection[int], *, by: Actor) -> int:
    """Let the turns of sessions follow their places in the draft; return how many booths changed.

    Announces InterpretationPlanned.
    """
    plans = BoothPlan.objects.filter(session__in=session_ids, session__edition=edition_id)
    with recording():
        changed = divide_plans(plans, draft_places(edition_id, session_ids))
        if changed:
            record("live.shifts.moved", by=by, edition_id=edition_id, count=changed)
            announce(InterpretationPlanned(by=by, edition_id=edition_id, session_ids=tuple(session_ids)))
    return changed


def swap_turns(first: Shift, second: Shift, *, by: Actor) -> None:
    """Let two interpreters exchange their turns, in one booth or in two.

    Announces InterpretationPlanned. Raises StaleState where either turn is somebody else's by now, ForeignObject for
    turns of different editions.
    """
    require(by, "edit", first)
    require(by, "edit", second)
    if first.edition_id != second.edition_id:
        raise ForeignObject
    with recording():
        for shift, other in ((first, second), (second, first)):
            moved = Shift.objects.filter(pk=shift.pk, interpreter=shift.interpreter_id).update(
                interpreter=other.interpreter_id, is_swapped=True
            )
            if not moved:
                raise StaleState
        plan = first.plan
        record("live.shift.swapped", by=by, obj=plan.session, edition_id=plan.edition_id, lang=plan.lang)
        sessions = tuple({plan.session_id, second.plan.session_id})
        announce(InterpretationPlanned(by=by, edition_id=plan.edition_id, session_ids=sessions))
    first.interpreter, second.interpreter = second.interpreter, first.interpreter


def _turns(
    plan: BoothPlan, place: Place | None, team: Sequence[int], present: Sequence[Shift]
) -> tuple[list[Shift], bool]:
    if place is None or not team:
        return [], plan.swaps_lost or any(shift.is_swapped for shift in present)
    starts, ends = int(place.starts_at.timestamp()), int(place.ends_at.timestamp())
    divided = divide(starts, ends, team, plan.rotation_minutes * 60)
    keeps = len(divided) == len(present) and all(shift.interpreter_id in team for shift in present)
    turns = []
    for number, turn in enumerate(divided):
        before = present[number] if keeps else None
        swapped = before is not None and before.is_swapped
        turns.append(
            Shift(
                plan=plan,
                interpreter_id=before.interpreter_id if before is not None and swapped else turn.interpreter,
                starts_at=dt.datetime.fromtimestamp(turn.starts, dt.UTC),
                ends_at=dt.datetime.fromtimestamp(turn.ends, dt.UTC),
                is_swapped=swapped,
            )
        )
    return turns, not keeps and any(shift.is_swapped for shift in present)


def _facts(shift: Shift) -> tuple[object, ...]:
    return (shift.interpreter_id, shift.starts_at, shift.ends_at, shift.is_swapped)
