"""Whatever is decided in whatever order: nobody who was refused or revoked is admitted without a reset."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summitry.foundation.access import Actor
from summitry.foundation.errors import SummitryError
from summitry.guests.actions.deciding import appeal, confirm, decide
from summitry.guests.enums import GUEST, DecisionKind, GuestState, Step
from summitry.guests.models import Category, Guest
from summitry.guests.queries.guest_links import Opened
from summitry.guests.queries.steps import ADMITTED, RULES, onward
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, officer
from tests.guests.make import make_category

G, K = GuestState, DecisionKind
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["one", "other", "guest"]), st.sampled_from([*DecisionKind, "confirm", "appeal"])
    ),
    min_size=4,
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, steps=st.sampled_from([list(Step), [Step.APPLICATION, Step.DECISION]]), two=st.booleans())
def test_no_way_leads_from_refused_to_admitted_but_through_a_reset(moves, steps, two):
    edition = make_edition()
    guest = make_applicant(edition, G.SUBMITTED, make_category(edition, steps=steps, needs_two=two), email="")
    actors = {"one": officer(edition, f"one-{guest.pk}"), "other": officer(edition, f"other-{guest.pk}")}
    for who, what in moves:
        with contextlib.suppress(SummitryError):
            _do(fresh(guest), what, actors.get(who) or Opened(guest, is_current=True).actor)
    way = list(guest.decisions.order_by("pk").values_list("kind", "was", "now"))
    closed = False
    for kind, was, now in way:
        if now in (G.REFUSED, G.REVOKED):
            closed = True
        elif kind == K.RESET:
            closed = False
        assert not (closed and now in ADMITTED), way
        assert GUEST.allows(was, now)
    assert not (closed and fresh(guest).state in ADMITTED)
    if two:
        approvals = guest.decisions.filter(now__in=[*ADMITTED, G.REFUSED])
        assert all(row.proposed_by and row.proposed_by != row.actor_label for row in approvals)


def _do(guest: Guest, what: str, by: Actor) -> None:
    if what == "confirm":
        confirm(guest, by=by)
    elif what == "appeal":
        appeal(guest, "Please look again.", by=by)
    else:
        decide(guest, what, by=by, reason="Why", told="What")


@given(steps=st.sets(st.sampled_from(list(Step))), after=st.sampled_from(list(Step)))
def test_every_step_leads_on_by_the_table(steps, after):
    category = Category(steps=[step.value for step in Step if step in steps])
    to = onward(category, after)
    assert to in (G.SUBMITTED, G.SCREENING, G.DECIDING, G.APPROVED, G.CONFIRMED)
    for kind, rule in RULES.items():
        for state in rule.states:
            guest = Guest(category=category, state=state)
            assert GUEST.allows(state, rule.to(guest)) or kind == K.COMPLETE, (kind, state)
