"""Two people act at once, on either database: one wins, the other is told, nothing is half-done."""

from __future__ import annotations

import uuid
from functools import partial

import pytest

from summitry.editions.models import Edition
from summitry.foundation.errors import StaleState
from summitry.foundation.models import BulkRun
from summitry.guests.actions.deciding import agree, decide, reject
from summitry.guests.actions.deciding_many import decide_many
from summitry.guests.actions.screening import make_screening_list
from summitry.guests.actions.visa import issue_letter
from summitry.guests.enums import DecisionKind, FieldKind, GuestState, Step
from summitry.guests.errors import QuotaFull
from summitry.guests.models import Answer, Decision, Proposal, ScreeningEntry, VisaLetter
from summitry.guests.queries.answers import sealed_value
from summitry.mailing.models import Letter
from tests.at_once import at_once
from tests.editions.make import make_edition
from tests.guests.accreditation.make import fresh, make_applicant, officer
from tests.guests.delegations.make import make_delegation
from tests.guests.make import make_category, make_field, make_purpose

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

G, K = GuestState, DecisionKind
SHORT = [Step.APPLICATION, Step.DECISION]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def test_one_decision_twice_and_two_at_once_give_one(edition):
    category = make_category(edition, steps=SHORT)
    one, other = officer(edition), officer(edition, "second")
    for kinds in ((K.APPROVE, K.APPROVE), (K.APPROVE, K.REFUSE)):
        guest = make_applicant(edition, G.DECIDING, category, email="")
        seen = [fresh(guest), fresh(guest)]
        refused = at_once(
            partial(decide, seen[0], kinds[0], by=one, reason="One"),
            partial(decide, seen[1], kinds[1], by=other, reason="Other"),
        )
        assert sorted(str(each) for each in refused) == sorted([str(None), str(StaleState)])
        rows = Decision.objects.filter(guest=guest)
        assert [row.now for row in rows] == [fresh(guest).state]


def test_two_proposals_at_once_are_one_or_agree(edition):
    guest = make_applicant(edition, G.DECIDING, make_category(edition, steps=SHORT, needs_two=True), email="")
    one, other = officer(edition), officer(edition, "second")
    seen = [fresh(guest), fresh(guest)]
    refused = at_once(
        lambda: decide(seen[0], K.APPROVE, by=one), lambda: decide(seen[1], K.APPROVE, by=other)
    )
    assert refused == [None, None]
    assert (fresh(guest).state, Proposal.objects.count()) == (G.CONFIRMED, 0)


def test_agreeing_and_rejecting_at_once_settle_once(edition):
    guest = make_applicant(edition, G.DECIDING, make_category(edition, steps=SHORT, needs_two=True), email="")
    one, other, third = (officer(edition, who) for who in ("one", "other", "third"))
    decide(guest, K.APPROVE, by=one)
    seen = [Proposal.objects.select_related("guest__category", "guest__edition").get() for _n in range(2)]
    refused = at_once(lambda: agree(seen[0], by=other), lambda: reject(seen[1], by=third))
    assert sorted(str(each) for each in refused) == sorted([str(None), str(StaleState)])
    assert fresh(guest).state == (G.CONFIRMED if refused[0] is None else G.DECIDING)


def test_deciding_about_many_twice_writes_one_letter_each(edition):
    category, by, key = make_category(edition, steps=SHORT), officer(edition), uuid.uuid4()
    guests = [make_applicant(edition, G.DECIDING, category, email=f"g{n}@example.org") for n in range(3)]
    seen = [[fresh(guest) for guest in guests] for _n in range(2)]
    refused = at_once(
        lambda: decide_many(edition, seen[0], K.APPROVE, by=by, key=key),
        lambda: decide_many(edition, seen[1], K.APPROVE, by=by, key=key),
    )
    assert refused == [None, None]
    assert (BulkRun.objects.count(), Letter.objects.count(), Decision.objects.count()) == (1, 3, 3)


def test_visa_letters_are_numbered_without_a_gap(edition):
    category = make_category(edition, steps=SHORT)
    field = make_field(
        edition, "passport", kind=FieldKind.IDENTITY, purpose=make_purpose(edition, sealed=True)
    )
    by = officer(edition)
    guests = [make_applicant(edition, G.CONFIRMED, category, email="") for _n in range(4)]
    for guest in guests:
        Answer.objects.create(
            guest=guest, field=field, sealed=sealed_value({"number": "E123", "name": "Ada Guest"})
        )
    again = fresh(guests[0])
    refused = at_once(
        *(partial(issue_letter, guest, by=by, sends=False) for guest in guests),
        lambda: issue_letter(again, by=by, sends=False),
    )
    assert refused == [None] * 5
    assert sorted(VisaLetter.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert VisaLetter.objects.filter(withdrawn_at=None).count() == 4


def test_two_screening_lists_at_once_take_everybody_once(edition):
    category = make_category(edition)
    for _n in range(3):
        make_applicant(edition, G.SCREENING, category, email="")
    by = officer(edition)
    refused = at_once(
        lambda: make_screening_list(edition, by=by), lambda: make_screening_list(edition, by=by)
    )
    assert refused.count(None) == 1
    assert ScreeningEntry.objects.count() == 3


@pytest.mark.parametrize("of_delegation", [True, False])
def test_the_last_place_is_given_to_one_of_two_who_come_back(edition, of_delegation):
    category = make_category(edition, steps=SHORT, places=None if of_delegation else 1)
    delegation = make_delegation(edition, "Riverland", (category, 1)) if of_delegation else None
    by = [officer(edition), officer(edition, "second")]
    guests = [
        make_applicant(edition, G.REFUSED, category, delegation=delegation, who=who, email="") for who in "AB"
    ]
    refused = at_once(
        *(
            partial(decide, guest, K.RESET, by=one, reason="A late letter")
            for guest, one in zip(guests, by, strict=True)
        )
    )
    assert sorted(str(each) for each in refused) == sorted([str(None), str(QuotaFull)])
    assert sorted(fresh(guest).state for guest in guests) == [G.DECIDING, G.REFUSED]
