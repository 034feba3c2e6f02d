"""Everybody of the plan is a guest, in every capacity and every state, and nearly all are accredited."""

from summitry.guests.enums import Attendance, Capacity, GuestState, Source
from summitry.rehearsal.content import SummitPlan
from summitry.rehearsal.content.guests import guest_list


def test_guest_list_has_everybody_once_in_all_capacities_and_states(plan: SummitPlan):
    parts = guest_list(plan)
    assert sorted(part.slug for part in parts) == sorted(person.slug for person in plan.people)
    assert {part.capacity for part in parts} == set(Capacity)
    assert {part.state for part in parts} == set(GuestState)
    assert {part.attendance for part in parts} == set(Attendance)
    assert {part.source for part in parts} < set(Source)
    assert sum(part.state == GuestState.CONFIRMED for part in parts) > 0.8 * len(parts)


def test_guest_list_names_companions_after_their_principals(plan: SummitPlan):
    parts = guest_list(plan)
    companions = [part for part in parts if part.capacity == Capacity.COMPANION]
    before: set[str] = set()
    for part in parts:
        assert not part.principal or part.principal in before
        before.add(part.slug)
    assert companions == [part for part in parts if part.principal]
    assert len(companions) > 50
