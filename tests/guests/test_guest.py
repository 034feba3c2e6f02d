"""Adding guests and changing them: nobody twice, each fact by whom it belongs to."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Actor
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import AuditEntry
from summitry.guests.actions.guest import (
    NewGuest,
    add_guest,
    add_guests,
    change_guest,
    change_guests,
    set_category,
)
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.enums import Attendance, GuestState, Source
from summitry.guests.errors import AlreadyGuest, QuotaFull
from summitry.guests.models import Guest
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE, PROTOCOL
from summitry.guests.queries.guest_links import opened_by, secret_of
from tests.directory.make import make_person
from tests.editions.make import in_edition, make_edition
from tests.guests.delegations.make import make_delegation
from tests.guests.make import SYSTEM, make_category, make_guest

pytestmark = pytest.mark.django_db


def test_guest_begins_as_her_source_says() -> None:
    edition = make_edition()
    category = make_category(edition)
    states = {source: make_guest(edition, category, source=source).state for source in Source}
    assert states == {
        Source.INVITED: GuestState.INVITED,
        Source.IMPORTED: GuestState.INVITED,
        Source.NOMINATED: GuestState.NOMINATED,
        Source.REGISTERED: GuestState.APPLYING,
        Source.DESK: GuestState.APPLYING,
    }


def test_guest_is_added_once_per_edition() -> None:
    edition, person = make_edition(), make_person()
    category = make_category(edition)
    add_guest(edition, person, category, by=SYSTEM)
    with pytest.raises(AlreadyGuest) as refused:
        add_guest(edition, person, category, by=SYSTEM)
    assert str(refused.value) == f"{person} is a guest of this edition already."
    other = make_edition()
    assert add_guest(other, person, make_category(other), by=SYSTEM).person == person


def test_many_guests_are_added_all_or_none() -> None:
    edition = make_edition()
    category, also = make_category(edition), make_category(edition)
    people = [make_person() for _n in range(3)]
    rows = [NewGuest(person, category, {"also": [also]}) for person in people]
    with pytest.raises(AlreadyGuest):
        add_guests(edition, [*rows, rows[0]], by=SYSTEM)
    assert Guest.objects.count() == 0
    made = add_guests(edition, rows, by=SYSTEM)
    assert [guest.person for guest in made] == people
    assert {tuple(guest.also.all()) for guest in Guest.objects.all()} == {(also,)}
    assert AuditEntry.objects.filter(action="guests.guests.added").count() == 1


def test_guest_is_added_by_whom_it_is_for() -> None:
    edition, elsewhere = make_edition(), make_edition()
    category = make_category(edition)
    for actor in (in_edition(GUEST_OFFICE.code, edition), in_edition(DIRECTOR.code, edition)):
        assert make_guest(edition, category, by=actor).category == category
    for actor in (in_edition(GUEST_OFFICE.code, elsewhere), in_edition(PROTOCOL.code, edition)):
        with pytest.raises(PermissionRefused):
            make_guest(edition, category, by=actor)


def test_category_of_another_edition_is_refused() -> None:
    edition = make_edition()
    with pytest.raises(InvalidInput) as refused:
        make_guest(edition, make_category(make_edition()))
    assert refused.value.fields == {"category": ["Choose a category of this edition."]}


def test_each_fact_is_changed_by_whom_it_belongs_to() -> None:
    edition = make_edition()
    guest = make_guest(edition)
    office, protocol = in_edition(GUEST_OFFICE.code, edition), in_edition(PROTOCOL.code, edition)
    herself = opened_by(secret_of(guest))
    assert herself is not None
    change_guest(guest, by=herself.actor, zone_name="Europe/Paris", language="fr")
    change_guest(guest, by=office, attendance=Attendance.ONLINE)
    change_guest(guest, by=protocol, deskword="Greet her in French.")
    guest.refresh_from_db()
    assert (guest.zone_name, guest.language, guest.attendance, guest.deskword) == (
        "Europe/Paris", "fr", "online", "Greet her in French.",
    )  # fmt: skip
    refusals: list[tuple[Actor, dict[str, Any]]] = [
        (herself.actor, {"attendance": "on_site"}),
        (herself.actor, {"deskword": "Let me in."}),
        (protocol, {"language": "en"}),
    ]
    for actor, values in refusals:
        with pytest.raises(PermissionRefused):
            change_guest(guest, by=actor, **values)
    with pytest.raises(InvalidInput) as refused:
        change_guest(guest, by=office, zone_name="Mars/Base", language="xx", attendance="teleported")
    assert sorted(refused.value.fields) == ["attendance", "language", "zone_name"]


def test_category_of_a_decided_guest_is_for_those_who_decide() -> None:
    edition = make_edition()
    one, other = make_category(edition), make_category(edition)
    office, officer = in_edition(GUEST_OFFICE.code, edition), in_edition(ACCREDITATION.code, edition)
    guest = make_guest(edition, one)
    set_category(guest, other, by=office, also=[one, other])
    assert (guest.category, list(guest.also.all())) == (other, [one])
    decided = make_guest(edition, one, state=GuestState.CONFIRMED)
    with pytest.raises(PermissionRefused):
        set_category(decided, other, by=office)
    assert set_category(decided, other, by=officer).category == other


def test_many_guests_are_changed_at_once() -> None:
    edition = make_edition()
    one, other = make_category(edition), make_category(edition)
    guests = [make_guest(edition, one) for _n in range(3)]
    office = in_edition(GUEST_OFFICE.code, edition)
    changed = change_guests(
        edition, [(guest, {"category": other, "deskword": "VIP"}) for guest in guests], by=office
    )
    assert changed == {guest.pk for guest in guests}
    assert set(Guest.objects.values_list("category", "deskword")) == {(other.pk, "VIP")}


def test_guest_moves_into_a_delegation_that_has_a_place() -> None:
    edition = make_edition()
    category = make_category(edition)
    delegation = make_delegation(edition)
    set_quotas(delegation, [QuotaGiven(category, 1)], by=SYSTEM)
    one, two = make_guest(edition, category), make_guest(edition, category)
    change_guest(one, by=SYSTEM, delegation=delegation)
    with pytest.raises(QuotaFull):
        change_guest(two, by=SYSTEM, delegation=delegation)
    two.refresh_from_db()
    assert (one.delegation, two.delegation) == (delegation, None)
    other = make_guest(edition, make_category(edition), delegation=delegation)
    with pytest.raises(QuotaFull):
        set_category(other, category, by=SYSTEM)
    with pytest.raises(QuotaFull):
        change_guests(edition, [(two, {"delegation": delegation}), (one, {"deskword": "x"})], by=SYSTEM)
    one.refresh_from_db()
    assert one.deskword == ""


def test_link_opens_one_record_until_it_is_renewed() -> None:
    guest = make_guest(make_edition())
    secret = secret_of(guest)
    found = opened_by(secret)
    assert found is not None
    assert (found.guest, found.is_current) == (guest, True)
    Guest.objects.update(generation=2)
    old = opened_by(secret)
    assert old is not None
    assert old.is_current is False
    assert [opened_by(wrong) for wrong in ("", "1-1", secret[:-1], "x" * 500, "9999-1.abc")] == [None] * 5
