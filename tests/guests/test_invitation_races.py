"""Two act at once, in threads with connections of their own, on both databases: each thing is decided once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import NotFound, StaleState
from summitry.foundation.tables import read_table
from summitry.guests.actions.answering import (
    Named,
    accept_invitation,
    decline_invitation,
    pass_on_invitation,
)
from summitry.guests.actions.importing import apply_import, guess_targets, plan_import
from summitry.guests.actions.invitation import send_invitations
from summitry.guests.actions.invitation_reminders import see_to_invitations
from summitry.guests.actions.registration import Registering, confirm_registration, register
from summitry.guests.actions.waiting_list import admit_waiting
from summitry.guests.enums import GuestState, InvitationState
from summitry.guests.models import Category, Guest, Invitation, Registration
from summitry.mailing.models import Letter
from tests.at_once import outcomes
from tests.editions.make import make_edition
from tests.guests.make import SYSTEM, make_category
from tests.guests.test_importing import sheet
from tests.guests.test_invitations import DUE, NOW, invited, link_of, state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 3
HEAD = ("Name", "E-mail", "Category")


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def test_two_answers_at_once_are_one_answer():
    edition = make_edition()
    for _round in range(ROUNDS):
        row = invited(edition)
        me = link_of(row)
        one, two, three = (Invitation.objects.get(pk=row.pk) for _ in range(3))
        results = outcomes(
            partial(accept_invitation, one, by=me),
            partial(decline_invitation, two, by=me),
            partial(pass_on_invitation, three, Named("Bo Li", f"bo{row.pk}@example.org"), by=me),
        )
        assert results.count(StaleState) == 2
        after = {
            InvitationState.ACCEPTED: GuestState.APPLYING,
            InvitationState.DECLINED: GuestState.DECLINED,
            InvitationState.DELEGATED: GuestState.DECLINED,
        }
        invitation, guest = state(row)
        assert guest == after[InvitationState(invitation)]


def test_two_who_send_write_one_letter():
    edition = make_edition()
    for n in range(1, ROUNDS + 1):
        row = invited(edition, sent=False)
        copies = [Invitation.objects.get(pk=row.pk) for _ in range(2)]
        results = outcomes(*(partial(send_invitations, [copy], by=SYSTEM) for copy in copies))
        assert sorted(map(str, results)) == sorted([str(None), str(StaleState)])
        assert Letter.objects.count() == n


def test_two_workers_remind_once():
    edition = make_edition()
    rows = [invited(edition) for _ in range(3)]
    with clock.frozen(DUE - dt.timedelta(days=2)):
        outcomes(see_to_invitations.func, see_to_invitations.func)
    assert Letter.objects.filter(mailing__notice="guest_reminder").count() == len(rows)


def test_the_same_list_imported_twice_at_once_is_imported_once():
    edition = make_edition()
    make_category(edition, slug="delegate")
    for number in range(ROUNDS):
        table = read_table(
            sheet(
                *((f"Ann {number} Li{n}a", f"a{number}-{n}@x.org", "delegate") for n in range(5)), head=HEAD
            ),
            "a.csv",
        )
        targets = guess_targets(table.columns)
        plans = [plan_import(edition, table, targets, by=SYSTEM) for _ in range(2)]
        assert [plan.counts["new"] for plan in plans] == [5, 5]
        results = outcomes(*(partial(apply_import, plan, by=SYSTEM) for plan in plans))
        assert results.count(StaleState) == 1
        assert Guest.objects.count() == 5 * (number + 1)


def test_the_last_place_goes_to_one_and_one_link_makes_one_guest():
    category = make_category(make_edition(), is_open=True, places=1)
    for name in ("ada", "bo"):
        register(category, Registering(name=name, email=f"{name}@example.org"))
    rows = list(Registration.objects.select_related("category__edition").order_by("pk"))
    outcomes(*(partial(confirm_registration, row) for row in rows))
    assert sorted(Guest.objects.values_list("state", flat=True)) == ["applying", "waiting"]
    register(category, Registering(name="cy", email="cy@example.org"))
    row = Registration.objects.select_related("category__edition").get()
    results = outcomes(*(partial(confirm_registration, row) for _ in range(2)))
    assert results.count(NotFound) == 1
    assert Guest.objects.count() == 3


def test_a_free_place_is_given_once():
    category = make_category(make_edition(), is_open=True, places=0)
    for n in range(4):
        register(category, Registering(name=f"Ada {n}", email=f"a{n}@example.org"))
        confirm_registration(Registration.objects.select_related("category__edition").get())
    Category.objects.filter(pk=category.pk).update(places=2)
    outcomes(*(partial(admit_waiting, category, by=SYSTEM) for _ in range(2)))
    assert (
        sorted(Guest.objects.order_by("pk").values_list("state", flat=True))
        == ["applying"] * 2 + ["waiting"] * 2
    )
    assert Letter.objects.filter(mailing__notice="registration_place").count() == 2
