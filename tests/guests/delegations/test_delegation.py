"""Delegations, their places and their focal points."""

from __future__ import annotations

import pytest

from summitry.directory.actions.naming import EntityNameGiven
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import Grant
from summitry.guests.actions.delegation import (
    NewDelegation,
    create_delegation,
    remove_delegation,
    update_delegation,
)
from summitry.guests.actions.focal_points import (
    appoint_focal_point,
    dismiss_focal_point,
    focal_points_of,
    welcome_again,
)
from summitry.guests.actions.quota import QuotaGiven, set_quotas
from summitry.guests.models import Delegation, Quota
from summitry.guests.permissions import GUEST_OFFICE
from summitry.mailing.models import Letter
from tests.directory.make import make_entity, make_organisation, make_profile
from tests.editions.make import in_edition, make_edition
from tests.guests.delegations.make import focal, make_delegation, named
from tests.guests.make import SYSTEM, make_category

pytestmark = pytest.mark.django_db


def test_delegation_of_an_entity_is_called_as_the_stylebook_says() -> None:
    norway = make_entity("NO")
    names = (
        EntityNameGiven(norway, "en", "Norway"),
        EntityNameGiven(norway, "zh-hans", "挪威"),
        EntityNameGiven(norway, "fr", "Norvège"),
    )
    edition = make_edition(naming_profile=make_profile(names=names))
    first = create_delegation(edition, NewDelegation(entity=norway), by=SYSTEM)
    second = create_delegation(edition, NewDelegation(entity=norway, name=Text.of("Youth")), by=SYSTEM)
    third = create_delegation(edition, NewDelegation(entity=norway), by=SYSTEM)
    assert [(row.slug, row.name.texts) for row in (first, second, third)] == [
        ("norway", {"en": "Norway", "zh-hans": "挪威"}),
        ("youth", {"en": "Youth"}),
        ("norway-2", {"en": "Norway", "zh-hans": "挪威"}),
    ]


def test_delegation_needs_somebody_who_sends_it_and_known_words() -> None:
    edition = make_edition()
    given = NewDelegation(name=Text.of("Nobody"), language="xx", zone_name="Moon/Base")
    with pytest.raises(InvalidInput) as refused:
        create_delegation(edition, given, by=SYSTEM)
    assert sorted(refused.value.fields) == ["entity", "language", "zone_name"]
    given = NewDelegation(organisation=make_organisation("Water Board"), slug="new")
    with pytest.raises(InvalidInput) as refused:
        create_delegation(edition, given, by=SYSTEM)
    assert sorted(refused.value.fields) == ["slug"]


def test_only_the_office_keeps_delegations() -> None:
    edition = make_edition()
    office = in_edition(GUEST_OFFICE.code, edition)
    delegation = make_delegation(edition)
    update_delegation(delegation, by=office, language="fr", zone_name="Europe/Oslo")
    with pytest.raises(PermissionRefused):
        update_delegation(delegation, by=focal(delegation), language="en")
    with pytest.raises(PermissionRefused):
        appoint_focal_point(delegation, "me@example.org", by=focal(delegation))
    with pytest.raises(PermissionRefused):
        set_quotas(delegation, [], by=focal(delegation))
    delegation.refresh_from_db()
    assert (delegation.language, delegation.zone_name) == ("fr", "Europe/Oslo")


def test_head_is_one_of_its_guests() -> None:
    edition = make_edition()
    category = make_category(edition)
    delegation = make_delegation(edition, "Riverland", (category, 2))
    other = make_delegation(edition, "Hillland", (category, 2))
    mine, theirs = named(delegation, category, "Ada"), named(other, category, "Bo")
    update_delegation(delegation, by=SYSTEM, head=mine)
    with pytest.raises(InvalidInput):
        update_delegation(delegation, by=SYSTEM, head=theirs)
    assert Delegation.objects.get(pk=delegation.pk).head_id == mine.pk


def test_delegation_with_guests_stays() -> None:
    edition = make_edition()
    category = make_category(edition)
    delegation, empty = make_delegation(edition, "Riverland", (category, 2)), make_delegation(edition)
    named(delegation, category, "Ada")
    with pytest.raises(InvalidInput):
        remove_delegation(delegation, by=SYSTEM)
    remove_delegation(empty, by=SYSTEM)
    assert list(Delegation.objects.filter(edition=edition)) == [delegation]


def test_quotas_are_replaced_as_a_whole_and_compared_with_what_was_seen() -> None:
    edition = make_edition()
    delegate, aide = make_category(edition), make_category(edition)
    delegation = make_delegation(edition, "Riverland", (delegate, 2))
    seen = {delegate.pk: (2, None, False)}
    wanted = [QuotaGiven(delegate, 3, overflow=aide, waits=True), QuotaGiven(aide, 1)]
    set_quotas(delegation, wanted, by=SYSTEM, expected=seen)
    with pytest.raises(StaleState):
        set_quotas(delegation, [], by=SYSTEM, expected=seen)
    rows = Quota.objects.filter(delegation=delegation).order_by("category")
    assert list(rows.values_list("category", "places", "overflow", "waits")) == [
        (delegate.pk, 3, aide.pk, True),
        (aide.pk, 1, None, False),
    ]


def test_quotas_are_for_categories_of_the_edition() -> None:
    edition = make_edition()
    mine, other = make_category(edition), make_category(make_edition())
    delegation = make_delegation(edition)
    for given in (
        QuotaGiven(other, 1),
        QuotaGiven(mine, 1, overflow=other),
        QuotaGiven(mine, 1, overflow=mine),
        QuotaGiven(mine, -1),
        QuotaGiven(mine, 10_000),
    ):
        with pytest.raises(InvalidInput):
            set_quotas(delegation, [given], by=SYSTEM)
    assert not Quota.objects.filter(delegation=delegation).exists()


def grants(delegation: Delegation) -> set[tuple[str, str, str, int]]:
    rows = Grant.objects.values_list("account__email", "role", "scope_kind", "scope_id")
    return set(rows)


def test_focal_point_is_let_in_written_to_and_let_out() -> None:
    edition = make_edition()
    one, two = make_delegation(edition, "Riverland", language="fr"), make_delegation(edition, "Hillland")
    account = appoint_focal_point(one, "fp@example.org", by=SYSTEM, name="Ana Ruiz")
    appoint_focal_point(one, "FP@example.org", by=SYSTEM)
    appoint_focal_point(two, "fp@example.org", by=SYSTEM)
    door = ("fp@example.org", "partner", "edition", edition.pk)
    assert grants(one) == {
        door,
        ("fp@example.org", "focal_point", "delegation", one.pk),
        ("fp@example.org", "focal_point", "delegation", two.pk),
    }
    letters = Letter.objects.order_by("pk")
    assert [(row.address, row.lang) for row in letters] == [
        ("fp@example.org", "fr"),
        ("fp@example.org", "en"),
    ]
    assert f"/fr/console/{edition.slug}/guests/delegations/riverland/" in letters[0].text
    assert focal_points_of([one.pk, two.pk]) == {one.pk: [account], two.pk: [account]}
    dismiss_focal_point(one, account, by=SYSTEM)
    assert door in grants(one)
    assert not welcome_again(one, account, by=SYSTEM)
    dismiss_focal_point(two, account, by=SYSTEM)
    assert grants(one) == set()


def test_focal_point_needs_an_address() -> None:
    with pytest.raises(InvalidInput):
        appoint_focal_point(make_delegation(make_edition()), "nobody", by=SYSTEM)
