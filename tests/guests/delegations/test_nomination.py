"""Nomination within places and windows, substitution in the same place, and companions who go with their principal."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.actions.phase import PhaseGiven, set_phases
from summitry.editions.enums import PhaseKind
from summitry.foundation import bus, clock
from summitry.foundation.bus import Event
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.guests.actions.companion import name_companion
from summitry.guests.actions.delegation import update_delegation
from summitry.guests.actions.moving import move
from summitry.guests.actions.nomination import (
    nominate,
    nominate_many,
    substitute,
    take_from_waiting,
    withdraw,
)
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.enums import Capacity, GuestState
from summitry.guests.errors import AlreadyGuest, QuotaFull, TooManyCompanions, WindowClosed
from summitry.guests.events import GuestMoved, GuestsChanged
from summitry.guests.models import Category, Delegation, Guest
from summitry.guests.queries.guest_links import Opened
from tests.editions.make import make_edition
from tests.guests.delegations.conftest import NOW
from tests.guests.delegations.make import focal, make_delegation, named, nominee
from tests.guests.make import SYSTEM, in_scope, make_category

pytestmark = pytest.mark.django_db
S = GuestState


@pytest.fixture
def delegate() -> Category:
    return make_category(make_edition(), "Delegate")


@pytest.fixture
def delegation(delegate: Category) -> Delegation:
    return make_delegation(
        delegate.edition, "Riverland", (delegate, 2), language="fr", zone_name="Europe/Oslo"
    )


def states(delegation: Delegation) -> list[tuple[str, str]]:
    rows = Guest.objects.filter(delegation=delegation).order_by("pk")
    return [(row.person.reference_name, row.state) for row in rows.select_related("person")]


def test_nominated_guest_takes_a_place_with_the_delegation_s_language(
    delegation: Delegation, delegate: Category
) -> None:
    guest = nominate(delegation, delegate, nominee("Ada Lim", "ada@example.org"), by=focal(delegation))
    row = Guest.objects.get(pk=guest.pk)
    assert (row.state, row.source, row.language, row.zone_name, row.category, row.delegation) == (
        S.NOMINATED,
        "nominated",
        "fr",
        "Europe/Oslo",
        delegate,
        delegation,
    )
    with pytest.raises(PermissionRefused):
        nominate(
            delegation, delegate, nominee("Bo"), by=in_scope("focal_point", "delegation", delegation.pk + 1)
        )


def test_full_quota_refuses_overflows_or_waits(delegation: Delegation, delegate: Category) -> None:
    aide = make_category(delegate.edition, "Aide")
    for who in ("Ada", "Bo"):
        named(delegation, delegate, who)
    with pytest.raises(QuotaFull) as refused:
        named(delegation, delegate, "Cy")
    assert str(refused.value).startswith("All 2 places")
    with pytest.raises(InvalidInput):
        named(delegation, aide, "Cy")
    quotas = [QuotaGiven(delegate, 2, overflow=aide, waits=True), QuotaGiven(aide, 1)]
    set_quotas(delegation, quotas, by=SYSTEM)
    third, fourth = named(delegation, delegate, "Cy"), named(delegation, delegate, "Di")
    assert (third.category, third.state) == (aide, S.NOMINATED)
    assert (fourth.category, fourth.state) == (delegate, S.WAITING)
    with pytest.raises(QuotaFull):
        take_from_waiting(fourth, by=focal(delegation))
    withdraw(Guest.objects.get(person__reference_name="Ada"), by=focal(delegation))
    assert take_from_waiting(fourth, by=focal(delegation)).state == S.APPLYING
    assert states(delegation)[0] == ("Ada", "withdrawn")


def test_guest_who_comes_back_needs_a_place(delegation: Delegation, delegate: Category) -> None:
    ada = named(delegation, delegate, "Ada")
    withdraw(ada, by=SYSTEM)
    named(delegation, delegate, "Bo")
    named(delegation, delegate, "Cy")
    with pytest.raises(QuotaFull):
        move(ada, S.APPLYING, by=SYSTEM)
    ada.refresh_from_db()
    assert ada.state == S.WITHDRAWN


def test_somebody_withdrawn_is_nominated_again(delegation: Delegation, delegate: Category) -> None:
    ada = named(delegation, delegate, "Ada", email="ada@example.org")
    withdraw(ada, by=SYSTEM)
    again = named(delegation, delegate, "Ada L.", email="ADA@example.org")
    assert (again.pk, again.state) == (ada.pk, S.NOMINATED)


def test_nobody_is_nominated_twice_and_nothing_is_said_of_other_delegations(
    delegation: Delegation, delegate: Category
) -> None:
    other = make_delegation(delegate.edition, "Hillland", (delegate, 2))
    named(delegation, delegate, "Ada", email="ada@example.org")
    with pytest.raises(AlreadyGuest):
        named(delegation, delegate, "Ada Lim", email="Ada@example.org", by=focal(delegation))
    named(delegation, delegate, "Bo")
    with pytest.raises((AlreadyGuest, QuotaFull)):
        named(delegation, delegate, "bo", by=focal(delegation))
    named(other, delegate, "Ada", email="ada@example.org", by=focal(other))
    assert states(other) == [("Ada", "nominated")]


def test_window_is_the_delegation_s_own_or_the_edition_s(delegation: Delegation, delegate: Category) -> None:
    day = dt.timedelta(days=1)
    update_delegation(delegation, by=SYSTEM, closes_at=NOW)
    with pytest.raises(WindowClosed):
        named(delegation, delegate, "Ada", by=focal(delegation))
    update_delegation(delegation, by=SYSTEM, closes_at=None)
    for opens, closes in ((NOW - day, NOW), (NOW + day, None)):
        set_phases(delegate.edition, [PhaseGiven(PhaseKind.REGISTRATION, opens, closes)], by=SYSTEM)
        with pytest.raises(WindowClosed):
            named(delegation, delegate, "Ada", by=focal(delegation))
    set_phases(delegate.edition, [PhaseGiven(PhaseKind.REGISTRATION, NOW - day, None)], by=SYSTEM)
    office = in_scope("guest_office", "edition", delegate.edition.pk)
    ada = named(delegation, delegate, "Ada", by=office)
    update_delegation(delegation, by=SYSTEM, closes_at=NOW + day)
    named(delegation, delegate, "Bo", by=focal(delegation))
    update_delegation(delegation, by=SYSTEM, closes_at=NOW - day)
    cy = substitute(ada, nominee("Cy"), by=focal(delegation))
    with clock.frozen(NOW + 365 * day), pytest.raises(WindowClosed):
        substitute(cy, nominee("Di"), by=focal(delegation))
    assert withdraw(cy, by=focal(delegation)).state == S.WITHDRAWN


def test_category_whose_guests_apply_themselves_needs_an_address(
    delegation: Delegation, delegate: Category
) -> None:
    Category.objects.filter(pk=delegate.pk).update(on_behalf=False)
    delegate.refresh_from_db()
    for wrong in (nominee("Ada"), nominee("Ada", "ada"), nominee("  "), nominee("A" * 201, "a@example.org")):
        with pytest.raises(InvalidInput):
            nominate(delegation, delegate, wrong, by=focal(delegation))
    assert named(delegation, delegate, "Ada", email="ada@example.org").state == S.NOMINATED


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What is announced inside transactions, from the beginning of the test on."""
    events: list[Event] = []
    for kind in (GuestMoved, GuestsChanged):
        monkeypatch.setitem(bus._inside, kind, [*bus._inside[kind], events.append])
    return events


def test_substitute_takes_the_same_place_after_the_credential_ended(
    delegation: Delegation, delegate: Category, seen: list[Event]
) -> None:
    ada, _bo = named(delegation, delegate, "Ada"), named(delegation, delegate, "Bo")
    update_delegation(delegation, by=SYSTEM, head=ada)
    move(ada, S.SUBMITTED, by=SYSTEM)
    move(ada, S.CONFIRMED, by=SYSTEM)
    set_quotas(delegation, [QuotaGiven(delegate, 1)], by=SYSTEM)
    seen.clear()
    new = substitute(ada, nominee("Cy", "cy@example.org"), by=focal(delegation))
    facts = [(type(one).__name__, getattr(one, "now", "")) for one in seen]
    assert facts == [("GuestMoved", "replaced"), ("GuestsChanged", "")]
    assert (new.replaces_id, new.category, new.delegation, new.state) == (
        ada.pk,
        delegate,
        delegation,
        S.NOMINATED,
    )
    assert Delegation.objects.get(pk=delegation.pk).head_id == new.pk
    assert states(delegation) == [("Ada", "replaced"), ("Bo", "nominated"), ("Cy", "nominated")]
    with pytest.raises(TransitionRefused):
        substitute(ada, nominee("Di"), by=focal(delegation))


def test_refused_substitute_leaves_the_guest_where_she_was(
    delegation: Delegation, delegate: Category
) -> None:
    ada, _bo = named(delegation, delegate, "Ada"), named(delegation, delegate, "Bo", email="bo@example.org")
    with pytest.raises(AlreadyGuest):
        substitute(ada, nominee("Bo again", "bo@example.org"), by=focal(delegation))
    assert states(delegation) == [("Ada", "nominated"), ("Bo", "nominated")]


def test_substitute_of_a_waiting_guest_keeps_her_place_in_the_line(
    delegation: Delegation, delegate: Category
) -> None:
    set_quotas(delegation, [QuotaGiven(delegate, 0, waits=True)], by=SYSTEM)
    ada = named(delegation, delegate, "Ada")
    with clock.frozen(NOW + dt.timedelta(days=1)):
        new = substitute(ada, nominee("Bo"), by=focal(delegation))
    assert (new.state, new.state_since) == (S.WAITING, NOW)


def test_many_are_nominated_all_or_none(delegation: Delegation, delegate: Category) -> None:
    rows = [(delegate, nominee("Ada")), (delegate, nominee("Bo", "nowhere")), (delegate, nominee("ADA"))]
    with pytest.raises(InvalidInput) as refused:
        nominate_many(delegation, rows, by=focal(delegation))
    assert refused.value.fields == {
        "2": ["This is no e-mail address."],
        "3": ["Ada is a guest of this edition already."],
    }
    assert states(delegation) == []
    nominate_many(delegation, rows[:1], by=focal(delegation))
    assert states(delegation) == [("Ada", "nominated")]


def test_companions_hang_on_a_principal_and_leave_with_her(
    delegation: Delegation, delegate: Category
) -> None:
    Category.objects.filter(pk=delegate.pk).update(companions=2)
    kind = make_category(delegate.edition, "Companion", capacity=Capacity.COMPANION)
    ada = named(delegation, delegate, "Ada")
    own = Opened(ada, is_current=True).actor
    first = name_companion(ada, nominee("Eve"), by=own)
    second = name_companion(ada, nominee("Flo"), by=focal(delegation))
    assert [(one.category, one.principal, one.delegation) for one in (first, second)] == [
        (kind, ada, delegation)
    ] * 2
    with pytest.raises(TooManyCompanions):
        name_companion(ada, nominee("Gil"), by=own)
    with pytest.raises(InvalidInput):
        name_companion(first, nominee("Gil"), by=SYSTEM)
    withdraw(first, by=own)
    third = name_companion(ada, nominee("Gil"), by=own)
    named(delegation, delegate, "Bo")  # companions take no place
    move(ada, S.SUBMITTED, by=SYSTEM)
    for one in (third, ada):
        one.refresh_from_db()
    move(third, S.SUBMITTED, by=SYSTEM)
    move(third, S.CONFIRMED, by=SYSTEM)
    move(ada, S.CONFIRMED, by=SYSTEM)
    move(ada, S.DECIDING, by=SYSTEM)
    third.refresh_from_db()
    assert third.state == S.DECIDING
    move(ada, S.REFUSED, by=SYSTEM)
    assert [state for _name, state in states(delegation)] == [
        "refused", "withdrawn", "withdrawn", "withdrawn", "nominated",
    ]  # fmt: skip


def test_withdrawing_is_the_guest_s_own_and_who_nominates(delegation: Delegation, delegate: Category) -> None:
    ada, bo = named(delegation, delegate, "Ada"), named(delegation, delegate, "Bo")
    with pytest.raises(PermissionRefused):
        withdraw(bo, by=Opened(ada, is_current=True).actor)
    stale = Guest.objects.get(pk=ada.pk)
    assert withdraw(ada, by=Opened(ada, is_current=True).actor).state == S.WITHDRAWN
    with pytest.raises(StaleState):
        withdraw(stale, by=focal(delegation))
