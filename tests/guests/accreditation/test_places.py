"""Places of those who come back: a decision that is reset, or taken back, gives nobody a place that is taken."""

from __future__ import annotations

import uuid

import pytest

from summitry.editions.models import Edition
from summitry.guests.actions.deciding import decide
from summitry.guests.actions.deciding_many import decide_many, plan_decisions, undo_decisions
from summitry.guests.enums import DecisionKind, GuestState
from summitry.guests.errors import QuotaFull
from summitry.guests.models import Category, Delegation, Guest
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, officer
from tests.guests.delegations.make import make_delegation
from tests.guests.make import make_category

pytestmark = pytest.mark.django_db
G, K = GuestState, DecisionKind


def setting(*, of_delegation: bool) -> tuple[Edition, Category, Delegation | None]:
    """One place: of a delegation's quota, or of a category that is open to everybody."""
    edition = make_edition()
    if of_delegation:
        category = make_category(edition)
        return edition, category, make_delegation(edition, "Riverland", (category, 1))
    return edition, make_category(edition, places=1), None


@pytest.mark.parametrize("of_delegation", [True, False])
def test_a_reset_needs_a_place(of_delegation: bool):
    edition, category, delegation = setting(of_delegation=of_delegation)
    by = officer(edition)
    refused = make_applicant(edition, G.REFUSED, category, delegation=delegation)
    holder = make_applicant(edition, G.DECIDING, category, delegation=delegation, who="Bo", email="")
    with pytest.raises(QuotaFull) as full:
        decide(refused, K.RESET, by=by, reason="A late letter")
    assert "All 1 places" in str(full.value)
    assert fresh(refused).state == G.REFUSED
    together = plan_decisions([refused], K.RESET, by=by)
    assert (together.guests, len(together.left_out)) == ([], 1)
    decide(holder, K.REFUSE, by=by, reason="No")
    decide(fresh(refused), K.RESET, by=by, reason="A late letter")
    assert fresh(refused).state == G.DECIDING


@pytest.mark.parametrize("of_delegation", [True, False])
def test_refusals_that_are_taken_back_give_the_places_there_are(of_delegation: bool):
    edition, category, delegation = setting(of_delegation=of_delegation)
    by = officer(edition)
    guests = [
        make_applicant(edition, G.DECIDING, category, delegation=delegation, who=who, email="")
        for who in "AB"
    ]
    if delegation is not None:
        delegation.quotas.update(places=1)
    run = decide_many(edition, guests, K.REFUSE, by=by, key=uuid.uuid4(), reason="No")
    done = undo_decisions(edition, run, by=by)
    assert done.left == [[guests[1].pk, "B", "There is no place for her any more."]]
    states = Guest.objects.filter(pk__in=[guest.pk for guest in guests]).order_by("pk")
    assert list(states.values_list("state", flat=True)) == [G.DECIDING, G.REFUSED]
