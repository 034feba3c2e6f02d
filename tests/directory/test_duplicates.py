from __future__ import annotations

import pytest

from summitry.directory.actions.merge import merge_people, undo_merge
from summitry.directory.queries.duplicates import (
    Candidate,
    Reason,
    duplicate_organisations,
    duplicate_people,
    likeness,
)
from summitry.foundation.errors import PermissionRefused
from tests.directory.make import STRANGER, SYSTEM, actor_with, make_organisation, make_person, name


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Houlin Zhao", "ZHAO Houlin", True),
        ("Houlin Zhao", "Zhao, Houlin", True),
        ("María José García", "Maria Jose Garcia", True),
        ("Jean-Luc Picard", "Picard Jean Luc", True),
        ("Mohammed Al-Fulani", "Mohamed Al-Fulani", True),
        ("Ali Hassan", "Ali Hussein", False),
        ("Wei Zhang", "Wei Zheng", False),
        ("Suharto", "Sukarno", False),
        ("赵厚麟", "赵 厚麟", True),
        ("赵厚麟", "赵厚林", False),
        ("Shen Yi", "Шэнь И", False),
    ],
)
def test_likeness_forgives_order_accents_and_a_slip(one, other, alike):
    assert (likeness(one, other) >= 0.9) == alike
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.django_db
def test_people_are_proposed_by_address_then_by_name():
    one = make_person(name("display", "en", "Houlin Zhao"), email="Zhao@example.org")
    two = make_person(name("latin", "en", "Zhao Houlin"), name("native", "zh-hans", "赵厚麟"))
    three = make_person(name("native", "zh-hans", "赵厚麟"))
    four = make_person(name("display", "en", "Somebody Else"), email="zhao@example.org")
    make_person(name("display", "en", "Nobody"))
    assert duplicate_people(actor_with("directory_editor")) == [
        Candidate(one.pk, four.pk, Reason.EMAIL, 1.0),
        Candidate(one.pk, two.pk, Reason.NAME, 1.0),
        Candidate(two.pk, three.pk, Reason.NAME, 1.0),
    ]


@pytest.mark.django_db
def test_pair_that_was_parted_again_is_not_proposed():
    one, two = (make_person(name("display", "en", "Wei Wang")) for _ in range(2))
    assert len(duplicate_people(SYSTEM)) == 1
    undo_merge(merge_people(one, two, by=SYSTEM), by=SYSTEM)
    assert duplicate_people(SYSTEM) == []


@pytest.mark.django_db
def test_namesakes_are_found_in_a_crowd_too():
    people = [make_person(name("display", "en", f"{given} Wang")) for given in map(chr, range(65, 91))] * 1
    crowd = [make_person(name("display", "en", f"Wei{n} Wang{n // 100}")) for n in range(70)]
    twin = make_person(name("display", "en", "Wang0 Wei5"))
    assert duplicate_people(SYSTEM) == [Candidate(crowd[5].pk, twin.pk, Reason.NAME, 1.0)]
    assert len(people) == 26


@pytest.mark.django_db
def test_organisations_are_proposed_by_website_and_name():
    one = make_organisation("University of Rivertown", website="https://www.rivertown.example/")
    two = make_organisation("Rivertown University", website="http://rivertown.example")
    three = make_organisation("Université de Rivertown")
    four = make_organisation("Universite de  Rivertown")
    assert duplicate_organisations(SYSTEM) == [
        Candidate(one.pk, two.pk, Reason.WEBSITE, 1.0),
        Candidate(three.pk, four.pk, Reason.NAME, 1.0),
    ]


@pytest.mark.django_db
def test_proposals_are_the_keepers():
    for actor in (STRANGER, actor_with("directory_contributor")):
        with pytest.raises(PermissionRefused):
            duplicate_people(actor)
        with pytest.raises(PermissionRefused):
            duplicate_organisations(actor)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_proposals_take_three_queries(count, django_assert_num_queries):
    for _ in range(count):
        make_person(name("display", "en", "Wei Wang"))
    with django_assert_num_queries(3):
        assert len(duplicate_people(SYSTEM)) == count * (count - 1) // 2
