"""Whom a mailing reaches: the same answer for the count, the sample and the sending."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry.foundation.access import PUBLIC
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.mailing.actions.mailing import create_mailing, update_mailing
from summitry.mailing.actions.release import release_mailing
from summitry.mailing.actions.suppression import suppress, unsubscribe
from summitry.mailing.enums import SuppressionReason
from summitry.mailing.errors import NobodyChosen
from summitry.mailing.models import Letter
from summitry.mailing.queries.recipients import author_of, language_for, reach_of
from tests.directory.make import make_person, name
from tests.editions.make import make_edition
from tests.mailing.make import FRIENDS, SYSTEM, friend, make_mailing, register_friends

pytestmark = pytest.mark.django_db


def test_nothing_chosen_is_nobody():
    FRIENDS[:] = [friend(), friend()]
    mailing = make_mailing(make_edition(), filters={})

    assert reach_of(mailing).count == 0
    with pytest.raises(NobodyChosen):
        release_mailing(mailing, by=SYSTEM)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("filters", [{"town": []}, {"town": [""]}, {"everyone": False}, {"unknown": ["x"]}])
def test_empty_and_unknown_choices_are_nobody_or_refused(filters):
    FRIENDS[:] = [friend()]
    mailing = make_mailing(make_edition(), filters={})
    try:
        update_mailing(mailing, by=SYSTEM, filters=filters)
    except InvalidInput:
        mailing.refresh_from_db()
    assert reach_of(mailing).count == 0


def test_filters_narrow_and_everyone_is_a_choice_of_its_own():
    FRIENDS[:] = [friend("a@x.org", town="Lyon"), friend("b@x.org", town="Cairo")]
    edition = make_edition()

    assert reach_of(make_mailing(edition, filters={"town": ["Cairo"]})).keys == ["b@x.org"]
    assert reach_of(make_mailing(edition, filters={"town": ["Cairo", "Lyon"]})).keys == ["a@x.org", "b@x.org"]
    assert reach_of(make_mailing(edition, filters={"everyone": True})).keys == ["a@x.org", "b@x.org"]


def test_a_choice_that_is_not_offered_is_refused_beside_its_filter():
    with pytest.raises(InvalidInput) as refused:
        make_mailing(make_edition(), filters={"town": ["Atlantis"]})
    assert set(refused.value.fields) == {"town"}


def test_who_is_left_out_is_named():
    FRIENDS[:] = [
        friend("A@x.org", name="Ada"),
        friend("a@X.org ", name="Ada again"),
        friend(" ", name="Without"),
        friend("came-back@x.org", name="Returned"),
        friend("declined@x.org", name="Declined"),
    ]
    edition = make_edition()
    suppress(edition.pk, "CAME-BACK@x.org", SuppressionReason.BOUNCED, "550")
    unsubscribe(edition, "declined@x.org")

    operational = reach_of(make_mailing(edition))
    news = reach_of(make_mailing(edition, kind="news"))

    assert [one.name for one in operational.addressees] == ["Ada", "Declined"]
    assert operational.without_address == ("Without",)
    assert operational.sharing == ("Ada again <a@x.org>",)
    assert [(one.name, str(reason)) for one, reason in operational.suppressed] == [("Returned", "bounced")]
    assert [one.name for one in news.addressees] == ["Ada"]
    assert [(one.name, str(reason)) for one, reason in news.suppressed] == [
        ("Returned", "bounced"),
        ("Declined", "unsubscribed"),
    ]


def test_unsubscribing_from_one_edition_leaves_others_alone():
    FRIENDS[:] = [friend("a@x.org")]
    first, second = make_edition(), make_edition()
    unsubscribe(first, "a@x.org")

    assert reach_of(make_mailing(first, kind="news")).count == 0
    assert reach_of(make_mailing(second, kind="news")).count == 1


def test_a_personal_audience_writes_to_each_person_behind_one_address():
    register_friends(is_personal=True)
    one, two = friend("office@x.org", name="One"), friend("office@x.org", name="Two")
    FRIENDS[:] = [one, two, one]

    found = reach_of(make_mailing(make_edition()))

    assert [addressee.name for addressee in found.addressees] == ["One", "Two"]
    assert found.sharing == ("One <office@x.org>",)


def test_people_are_called_as_they_wish_in_the_letters_language():
    person = make_person(name("display", "en", "Chen Sihan"), name("native", "zh-hans", "陈思涵"))
    FRIENDS[:] = [friend("c@x.org", "zh-hans")]
    FRIENDS[0] = type(FRIENDS[0])(person.pk, "?", "c@x.org", "zh-hans", context=FRIENDS[0].context)
    edition = make_edition()
    words: dict[str, Any] = {"subject": Text.of({"zh-hans": "你好"}), "body": Text.of({"zh-hans": "{name}"})}

    assert [one.name for one in reach_of(make_mailing(edition, **words)).addressees] == ["陈思涵"]
    assert [one.name for one in reach_of(make_mailing(edition)).addressees] == ["Chen Sihan"]


def test_missing_languages_are_counted_with_what_their_readers_get():
    FRIENDS[:] = [
        friend(lang="ar"),
        friend(lang="ar"),
        friend(lang="fr"),
        friend(lang="pt-br", also=("fr",)),
        friend(lang=""),
    ]

    found = reach_of(make_mailing(make_edition()))

    assert found.missing_languages == [("ar", "en", 2), ("pt-br", "fr", 1)]


@pytest.mark.parametrize(
    ("wanted", "also", "expected"),
    [
        ("fr", (), "fr"),
        ("fr-ca", (), "fr"),
        ("zh", (), "zh-hans"),
        ("ar", (), "en"),
        ("ar", ("fr",), "fr"),
        ("", (), "en"),
    ],
)
def test_language_is_the_readers_or_a_variant_or_the_next_in_the_chain(wanted, also, expected):
    assert language_for(wanted, ["fr", "zh-hans", "en"], ["en"], also=also) == expected


def test_the_audience_is_what_the_author_may_see_today():
    mailing = make_mailing(make_edition())
    assert author_of(mailing).is_system
    mailing.by_system = False
    assert author_of(mailing) == PUBLIC


@given(
    st.lists(
        st.tuples(st.sampled_from(["a@x.org", "A@X.org", "b@x.org", " ", "c@x.org"]), st.sampled_from("PQR")),
        max_size=12,
    ),
    st.booleans(),
)
def test_everybody_is_written_to_once_or_named(people, is_personal):
    register_friends(is_personal=is_personal)
    FRIENDS[:] = [friend(address, name=who) for address, who in people]
    edition = make_edition()
    found = reach_of(make_mailing(edition))

    assert found.count + len(found.without_address) + len(found.sharing) == len(people)
    addresses = [one.recipient.address.strip().lower() for one in found.addressees]
    if not is_personal:
        assert len(set(addresses)) == len(addresses)
    assert len(set(found.keys)) == found.count


def test_the_answer_costs_the_same_for_one_and_for_three(django_assert_num_queries):
    edition = make_edition()
    FRIENDS[:] = [friend()]
    mailing = make_mailing(edition)
    counts = []
    for _size in (1, 3):
        with django_assert_num_queries(1):  # left-out addresses; these friends are not in the directory
            counts.append(reach_of(mailing).count)
        FRIENDS.extend([friend(), friend()])
    assert counts == [1, 3]


def test_a_mailing_needs_an_audience():
    with pytest.raises(InvalidInput) as refused:
        create_mailing(make_edition(), by=SYSTEM, name="To whom?")
    assert set(refused.value.fields) == {"audience"}
