from __future__ import annotations

import datetime as dt

import pytest

from summitry.directory.actions.person import (
    NewPerson,
    PostGiven,
    create_people,
    create_person,
    set_names,
    update_person,
)
from summitry.directory.errors import NameMissing, NameTwice
from summitry.directory.events import PeopleChanged
from summitry.directory.models import Affiliation, Person, PersonName
from summitry.foundation import bus
from summitry.foundation.errors import InvalidInput, NotFound, PermissionRefused, StaleState
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from tests.directory.make import (
    STRANGER,
    SYSTEM,
    actor_with,
    make_account,
    make_organisation,
    make_person,
    name,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch):
    events: list[bus.Event] = []
    monkeypatch.setattr(bus, "_inside", {PeopleChanged: [events.append]})
    return events


def names_in(person):
    return set(PersonName.objects.filter(person=person).values_list("use", "lang", "text", "sort_key"))


@pytest.mark.parametrize("role", ["administrator", "directory_editor", "directory_contributor"])
def test_person_is_added_by_those_who_may(role, heard):
    actor = actor_with(role)
    new = NewPerson(
        names=[name("native", "zh_Hans", "  赵 厚麟 "), name("latin", "EN", "Houlin Zhao", "Zhao")],
        honorific=Text.of({"en": "Mr"}),
        email="zhao@example.org",
        languages=["zh-hans", "en"],
    )
    person = create_person(new, by=actor)
    person.refresh_from_db()
    assert (person.reference_name, person.slug, person.email) == (
        "Houlin Zhao",
        "houlin-zhao",
        "zhao@example.org",
    )
    assert names_in(person) == {("native", "zh-hans", "赵 厚麟", ""), ("latin", "en", "Houlin Zhao", "Zhao")}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_label) == ("directory.person.created", "Houlin Zhao")
    assert heard == [PeopleChanged(by=actor, person_ids=(person.pk,))]


@pytest.mark.parametrize("actor", [STRANGER, actor_with("viewer"), actor_with("translator")])
def test_person_is_not_added_by_others(actor):
    with pytest.raises(PermissionRefused):
        create_person(NewPerson(names=[name("display", "en", "Nobody")]), by=actor)
    assert not Person.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        ([name("latin", "en", "Łukasz Ørsted-Straße")], "lukasz-orsted-strasse"),
        ([name("display", "es", "María José García Márquez")], "maria-jose-garcia-marquez"),
        ([name("native", "ar", "توكل كرمان"), name("latin", "en", "Tawakkol Karman")], "tawakkol-karman"),
        ([name("display", "vi", "Nguyễn Văn Hùng")], "nguyen-van-hung"),
        ([name("display", "ru", "Иванов"), name("display", "en", "Ivanov")], "ivanov"),
    ],
)
def test_slug_comes_from_a_latin_form(names, slug):
    assert make_person(*names).slug == slug


@pytest.mark.parametrize("text", ["曾", "Иванов", "توكل كرمان", "반기문"])
def test_slug_is_a_code_where_no_latin_form_was_given(text):
    slug = make_person(name("native", "und", text)).slug
    assert len(slug) == 8
    assert slug.isascii()


def test_slugs_of_namesakes_are_numbered():
    make_person(name("display", "en", "Wei Zhang"))
    rows = [NewPerson(names=[name("display", "en", "Wei Zhang")]) for _ in range(3)]
    assert [person.slug for person in create_people(rows, by=SYSTEM)] == [
        "wei-zhang-2",
        "wei-zhang-3",
        "wei-zhang-4",
    ]
    assert make_person(name("display", "en", "Wei Zhang")).slug == "wei-zhang-5"


@pytest.mark.parametrize(
    ("new", "error"),
    [
        (NewPerson(), NameMissing),
        (NewPerson(names=[name("display", "en", "A"), name("display", "EN", "B")]), NameTwice),
        (NewPerson(names=[name("display", "en", " ")]), InvalidInput),
        (NewPerson(names=[name("display", "en", "x" * 201)]), InvalidInput),
        (NewPerson(reference_name="A", email="no address"), InvalidInput),
    ],
)
def test_bad_person_is_refused_and_nothing_is_written(new, error):
    with pytest.raises(error):
        create_people([NewPerson(reference_name="Good"), new], by=SYSTEM)
    assert not Person.objects.exists()


def test_many_people_are_added_in_few_statements_with_one_entry(heard, django_assert_max_num_queries):
    organisation = make_organisation()
    AuditEntry.objects.all().delete()
    rows = [
        NewPerson(
            names=[name("display", "en", f"Person {n}"), name("native", "zh-hans", f"人{n}")],
            posts=[
                PostGiven(organisation=organisation, title=Text.of("Director"), starts_on=dt.date(2026, 1, 1))
            ],
        )
        for n in range(300)
    ]
    with django_assert_max_num_queries(20):
        people = create_people(rows, by=SYSTEM)
    ids = [person.pk for person in people]
    assert (Person.objects.count(), PersonName.objects.count(), Affiliation.objects.count()) == (
        300,
        600,
        300,
    )
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.params, entry.after) == (
        "directory.people.created",
        {"count": 300},
        {"people": ids},
    )
    assert heard == [PeopleChanged(by=SYSTEM, person_ids=tuple(ids))]


def test_no_people_leave_no_trace():
    assert create_people([], by=SYSTEM) == []
    assert not AuditEntry.objects.exists()


def test_names_are_replaced_as_a_whole(heard):
    person = make_person(name("display", "en", "Old"), name("native", "ar", "قديم"))
    set_names(
        person,
        [name("display", "en", "New"), name("passport", "en", "NEW<<")],
        by=actor_with("directory_editor"),
    )
    assert names_in(person) == {("display", "en", "New", ""), ("passport", "en", "NEW<<", "")}
    entry = AuditEntry.objects.latest("pk")
    assert entry.before == {"display:en": "Old", "native:ar": "قديم"}
    assert entry.after == {"display:en": "New", "passport:en": "…"}
    assert len(heard) == 2


def test_same_names_change_nothing(heard):
    given = [name("display", "en", "Same", "Key")]
    person = make_person(*given)
    set_names(person, given, by=SYSTEM)
    assert AuditEntry.objects.count() == 1
    assert len(heard) == 1


def test_names_are_not_replaced_by_others_nor_by_nothing():
    person = make_person()
    with pytest.raises(PermissionRefused):
        set_names(person, [name("display", "en", "Mallory")], by=STRANGER)
    with pytest.raises(NameMissing):
        set_names(person, [], by=SYSTEM)
    assert names_in(person) == {("display", "en", person.reference_name, "")}


def test_facts_are_changed_and_private_ones_kept_out_of_the_log(heard):
    person = make_person(email="old@example.org")
    update_person(person, by=SYSTEM, email="new@example.org", biography=Text.of("A life."))
    stored = Person.objects.get()
    assert (stored.email, stored.biography) == ("new@example.org", Text.of("A life."))
    assert (person.email, person.biography) == (stored.email, stored.biography)
    entry = AuditEntry.objects.latest("pk")
    assert entry.before == {"email": "…", "biography": {}}
    assert entry.after == {"email": "…", "biography": Text.of("A life.").to_json()}
    assert len(heard) == 2


def test_facts_that_somebody_changed_first_are_not_overwritten():
    person = make_person(email="first@example.org")
    other = Person.objects.get()
    update_person(other, by=SYSTEM, email="second@example.org")
    with pytest.raises(StaleState):
        update_person(person, by=SYSTEM, email="third@example.org")
    update_person(person, by=SYSTEM, reference_name="Somebody")
    stored = Person.objects.get()
    assert (stored.email, stored.reference_name) == ("second@example.org", "Somebody")


def test_facts_expected_by_a_form_are_compared():
    person = make_person(email="first@example.org")
    with pytest.raises(StaleState):
        update_person(person, by=SYSTEM, email="new@example.org", expected={"email": "seen@example.org"})
    update_person(person, by=SYSTEM, email="new@example.org", expected={"email": "first@example.org"})
    assert Person.objects.get().email == "new@example.org"


def test_bad_facts_are_refused_by_field():
    person = make_person()
    with pytest.raises(InvalidInput) as caught:
        update_person(person, by=SYSTEM, email="no address")
    assert list(caught.value.fields) == ["email"]
    account = make_account()
    make_person(account=account)
    with pytest.raises(InvalidInput) as caught:
        update_person(person, by=SYSTEM, account=account)
    assert list(caught.value.fields) == ["account"]


def test_facts_are_not_changed_by_others_nor_of_nobody():
    person = make_person()
    with pytest.raises(PermissionRefused):
        update_person(person, by=STRANGER, email="x@example.org")
    Person.objects.all().delete()
    with pytest.raises(NotFound):
        update_person(person, by=SYSTEM, email="x@example.org")
