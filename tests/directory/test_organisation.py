from __future__ import annotations

import datetime as dt

import pytest

from summitry.directory.actions.affiliation import (
    add_affiliation,
    end_affiliation,
    remove_affiliation,
    update_affiliation,
)
from summitry.directory.actions.organisation import (
    NewOrganisation,
    create_organisation,
    create_organisations,
    update_organisation,
)
from summitry.directory.enums import OrganisationKind
from summitry.directory.errors import NameMissing
from summitry.directory.events import OrganisationsChanged
from summitry.directory.models import Affiliation, Organisation, Person
from summitry.directory.queries.affiliations import Post, posts_on
from summitry.foundation import bus
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from tests.directory.make import STRANGER, SYSTEM, actor_with, make_organisation, make_person

pytestmark = pytest.mark.django_db
JANUARY, JUNE, DECEMBER = (dt.date(2026, month, 15) for month in (1, 6, 12))


def test_organisation_is_added_and_changed_by_contributors():
    contributor = actor_with("directory_contributor")
    new = NewOrganisation(
        name=Text.of({"zh-hans": "河镇大学", "en": "Rivertown University"}),
        short_name=Text.of({"en": "RTU"}),
        kind=OrganisationKind.ACADEMIA,
    )
    organisation = create_organisation(new, by=contributor)
    assert (organisation.slug, str(organisation.name)) == ("rtu", "Rivertown University")
    update_organisation(
        organisation, by=contributor, website="https://rtu.example/", kind=OrganisationKind.OTHER
    )
    stored = Organisation.objects.get()
    assert (stored.website, stored.kind, stored.name) == ("https://rtu.example/", "other", new.name)
    assert AuditEntry.objects.latest("pk").after == {"website": "https://rtu.example/", "kind": "other"}


def test_many_organisations_are_added_in_few_statements(monkeypatch, django_assert_max_num_queries):
    heard: list[bus.Event] = []
    monkeypatch.setattr(bus, "_inside", {OrganisationsChanged: [heard.append]})
    rows = [NewOrganisation(name=Text.of("Ministry")) for _ in range(70)]
    with django_assert_max_num_queries(12):
        made = create_organisations(rows, by=SYSTEM)
    assert [row.slug for row in made] == ["ministry", *(f"ministry-{n}" for n in range(2, 71))]
    assert heard == [OrganisationsChanged(by=SYSTEM, organisation_ids=tuple(row.pk for row in made))]
    assert AuditEntry.objects.get().params == {"count": 70}
    assert create_organisations([], by=SYSTEM) == []


def test_organisations_are_not_touched_by_others():
    organisation = make_organisation("Old")
    with pytest.raises(PermissionRefused):
        create_organisation(NewOrganisation(name=Text.of("Mine")), by=STRANGER)
    with pytest.raises(PermissionRefused):
        update_organisation(organisation, by=STRANGER, name=Text.of("Mine"))
    assert [str(row.name) for row in Organisation.objects.all()] == ["Old"]


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewOrganisation(name=Text()), NameMissing),
        (NewOrganisation(name=Text.of("x" * 301)), InvalidInput),
        (NewOrganisation(name=Text.of("A"), website="not an address"), InvalidInput),
    ],
)
def test_bad_organisation_is_refused(new, error):
    with pytest.raises(error):
        create_organisations([NewOrganisation(name=Text.of("Good")), new], by=SYSTEM)
    assert not Organisation.objects.exists()


def test_stale_change_of_an_organisation_is_refused():
    organisation = make_organisation("Old")
    update_organisation(Organisation.objects.get(), by=SYSTEM, name=Text.of("New"))
    with pytest.raises(StaleState):
        update_organisation(organisation, by=SYSTEM, name=Text.of("Newer"))
    with pytest.raises(NameMissing):
        update_organisation(organisation, by=SYSTEM, name=Text())


def test_post_is_shown_on_its_days_only():
    person, organisation = make_person(), make_organisation("Ministry")
    old = add_affiliation(person, organisation, by=SYSTEM, title=Text.of("Minister"), ends_on=JUNE)
    add_affiliation(person, organisation, by=SYSTEM, title=Text.of("Adviser"), starts_on=JUNE)
    ministry = (Text.of("Ministry"), organisation.pk)
    assert posts_on([person.pk], JANUARY) == {person.pk: [Post(Text.of("Minister"), *ministry)]}
    assert posts_on([person.pk], JUNE) == {
        person.pk: [Post(Text.of("Minister"), *ministry), Post(Text.of("Adviser"), *ministry)]
    }
    assert posts_on(Person.objects.all(), DECEMBER) == {person.pk: [Post(Text.of("Adviser"), *ministry)]}
    end_affiliation(old, dt.date(2025, 1, 1), by=SYSTEM)
    assert posts_on([person.pk], JANUARY) == {}


def test_posts_are_corrected_and_removed_with_a_trace():
    person, organisation = make_person(), make_organisation("Ministry")
    contributor = actor_with("directory_contributor")
    post = add_affiliation(person, organisation, by=contributor, title=Text.of("Minster"))
    update_affiliation(post, by=contributor, title=Text.of("Minister"), position=3)
    assert AuditEntry.objects.latest("pk").before["title"] == Text.of("Minster").to_json()
    remove_affiliation(post, by=contributor)
    assert not Affiliation.objects.exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.params) == ("directory.affiliation.removed", {"organisation": "Ministry"})


def test_posts_are_not_touched_by_others_nor_put_out_of_order():
    person, organisation = make_person(), make_organisation()
    post = add_affiliation(person, organisation, by=SYSTEM, starts_on=JUNE)
    for attempt in (
        lambda: add_affiliation(person, organisation, by=STRANGER),
        lambda: end_affiliation(post, DECEMBER, by=STRANGER),
        lambda: remove_affiliation(post, by=STRANGER),
    ):
        with pytest.raises(PermissionRefused):
            attempt()
    with pytest.raises(InvalidInput):
        end_affiliation(post, JANUARY, by=SYSTEM)
    with pytest.raises(InvalidInput):
        add_affiliation(person, organisation, by=SYSTEM, starts_on=JUNE, ends_on=JANUARY)
    assert list(Affiliation.objects.values_list("starts_on", "ends_on")) == [(JUNE, None)]


@pytest.mark.parametrize("count", [1, 3])
def test_posts_of_many_people_take_one_query(count, django_assert_num_queries):
    people = [make_person() for _ in range(count)]
    for person in people:
        add_affiliation(person, make_organisation(), by=SYSTEM)
    with django_assert_num_queries(1):
        assert set(posts_on([person.pk for person in people], JUNE)) == {person.pk for person in people}
