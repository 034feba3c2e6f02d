"""The last place goes to one, on either database, whoever else asks for it at the same moment."""

from __future__ import annotations

import pytest

from summitry.editions.models import Edition
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.guests.actions.companion import name_companion
from summitry.guests.actions.meeting import accept_meeting, propose_meeting, set_meeting_desk
from summitry.guests.actions.moving import move
from summitry.guests.actions.nomination import nominate, substitute, take_from_waiting, withdraw
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.enums import HOLDS_SEAT, Capacity, GuestState
from summitry.guests.errors import QuotaFull, SlotTaken, TooManyCompanions
from summitry.guests.models import Category, Delegation, DiaryEntry, Guest, Meeting
from summitry.guests.queries.busy import slots_of
from tests.at_once import at_once
from tests.editions.make import make_edition
from tests.guests.delegations.make import make_delegation, named, nominee
from tests.guests.make import SYSTEM, make_category

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def category(edition: Edition) -> Category:
    return make_category(edition, companions=1)


@pytest.fixture
def delegation(category: Category) -> Delegation:
    return make_delegation(category.edition, "Riverland", (category, 1))


def seats(delegation: Delegation) -> int:
    return Guest.objects.filter(delegation=delegation, principal=None, state__in=HOLDS_SEAT).count()


def test_last_place_is_nominated_for_once(delegation: Delegation, category: Category) -> None:
    refused = at_once(
        *(lambda n=n: nominate(delegation, category, nominee(f"Guest {n}"), by=SYSTEM) for n in range(4))
    )
    assert sorted(refused, key=str) == sorted([None, QuotaFull, QuotaFull, QuotaFull], key=str)
    assert seats(delegation) == 1


def test_guest_is_replaced_once(delegation: Delegation, category: Category) -> None:
    ada = named(delegation, category, "Ada")
    copies = [Guest.objects.select_related("delegation", "category").get(pk=ada.pk) for _ in range(2)]
    refused = at_once(
        lambda: substitute(copies[0], nominee("Bo"), by=SYSTEM),
        lambda: substitute(copies[1], nominee("Cy"), by=SYSTEM),
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
    assert seats(delegation) == 1


def test_substitute_and_newcomer_do_not_share_the_place(delegation: Delegation, category: Category) -> None:
    ada = named(delegation, category, "Ada")
    refused = at_once(
        lambda: substitute(ada, nominee("Bo"), by=SYSTEM),
        lambda: nominate(delegation, category, nominee("Cy"), by=SYSTEM),
    )
    assert refused == [None, QuotaFull]
    assert seats(delegation) == 1


def test_free_place_goes_to_one_of_those_who_wait_come_back_or_are_new(
    delegation: Delegation, category: Category
) -> None:
    ada = withdraw(named(delegation, category, "Ada"), by=SYSTEM)
    set_quotas(delegation, [QuotaGiven(category, 0, waits=True)], by=SYSTEM)
    bo = named(delegation, category, "Bo")
    set_quotas(delegation, [QuotaGiven(category, 1)], by=SYSTEM)
    refused = at_once(
        lambda: take_from_waiting(bo, by=SYSTEM),
        lambda: move(ada, GuestState.APPLYING, by=SYSTEM),
        lambda: nominate(delegation, category, nominee("Cy"), by=SYSTEM),
    )
    assert sorted(refused, key=str) == sorted([None, QuotaFull, QuotaFull], key=str)
    assert seats(delegation) == 1


def test_slot_is_given_away_once(category: Category) -> None:
    river = make_delegation(category.edition, "Lakeland", (category, 9))
    people = [named(river, category, f"Guest {n}") for n in range(4)]
    for one in people:
        move(one, GuestState.SUBMITTED, by=SYSTEM)
        move(one, GuestState.CONFIRMED, by=SYSTEM)
        set_meeting_desk(one, by=SYSTEM, is_open=True)
    slot = slots_of(category.edition)[0]
    hub, *others = people
    asked = [propose_meeting(one, hub, slot, by=SYSTEM) for one in others[:2]]
    asked.append(propose_meeting(hub, others[2], slot, by=SYSTEM))
    refused = at_once(*(lambda one=one: accept_meeting(one, by=SYSTEM) for one in asked))
    assert sorted(refused, key=str) == sorted([None, SlotTaken, SlotTaken], key=str)
    assert sorted(Meeting.objects.values_list("state", flat=True)) == ["accepted", "proposed", "proposed"]
    assert DiaryEntry.objects.filter(guest=hub).count() == 1


def test_companion_never_stays_without_her_principal(delegation: Delegation, category: Category) -> None:
    make_category(category.edition, capacity=Capacity.COMPANION)
    ada = named(delegation, category, "Ada")
    copy = Guest.objects.get(pk=ada.pk)
    refused = at_once(
        lambda: withdraw(ada, by=SYSTEM),
        lambda: name_companion(copy, nominee("Eve"), by=SYSTEM),
        lambda: name_companion(copy, nominee("Flo"), by=SYSTEM),
    )
    assert refused[0] is None
    assert {str(one) for one in refused[1:]} & {str(TooManyCompanions), str(TransitionRefused)} or any(
        refused[1:]
    )
    assert not Guest.objects.filter(principal=ada).exclude(state="withdrawn").exists()
