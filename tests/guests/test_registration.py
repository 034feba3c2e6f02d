"""Public registration: nobody is stored before she confirms, nobody learns who is known, places go by the line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django_tasks_db.models import DBTaskResult

from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.errors import NotFound, PermissionRefused
from summitry.guests.actions.category import update_category
from summitry.guests.actions.moving import move
from summitry.guests.actions.registration import (
    Registering,
    confirm_registration,
    drop_registrations,
    register,
)
from summitry.guests.actions.waiting_list import admit_from, admit_waiting
from summitry.guests.enums import GuestState
from summitry.guests.errors import WindowClosed
from summitry.guests.models import Category, Guest, Registration
from summitry.guests.permissions import ACCREDITATION, GUEST_OFFICE
from summitry.guests.queries.registering import confirm_address, opening_of, place_in_line
from summitry.mailing.models import Letter
from tests.directory.make import make_account, make_person, name
from tests.editions.make import in_edition, make_edition
from tests.guests.make import SYSTEM, make_category, make_guest

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 9, 1, 8, tzinfo=dt.UTC)
G = GuestState
PAGE = "/en/rivertown/register/visitor/"
GIVEN = {"name": "Ada Reyes", "email": "Ada@Example.org", "attendance": "on_site", "language": "fr"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def open_category(edition: Edition | None = None, **facts: Any) -> Category:
    """Make a category "visitor" of "rivertown" that is open to everybody."""
    edition = edition or make_edition("rivertown")
    return make_category(edition, "Visitors", slug="visitor", is_open=True, **facts)


def registered(category: Category, email: str, who: str = "Ada Reyes") -> Guest:
    """Register and confirm."""
    register(category, Registering(name=who, email=email))
    return confirm_registration(Registration.objects.select_related("category__edition").latest("pk"))


def link() -> str:
    registration = Registration.objects.select_related("category__edition").latest("pk")
    return confirm_address(registration, "en").partition("//")[2].partition("/")[2]


def test_nothing_is_stored_before_the_link_is_followed(client: Client):
    open_category()
    shown = client.post(PAGE, GIVEN)
    assert shown.status_code == 200
    assert "A letter is on its way to ada@example.org" in shown.content.decode().replace("Ada@E", "ada@e")
    assert (Person.objects.count(), Guest.objects.count()) == (0, 0)
    letter = Letter.objects.get()
    assert (letter.mailing.notice, letter.lang, letter.address) == (
        "registration_confirm",
        "fr",
        "ada@example.org",
    )
    registration = Registration.objects.get()
    assert "example" not in registration.sealed
    address = "/" + link()
    assert client.get(address).status_code == 200
    assert Guest.objects.count() == 0
    done = client.post(address)
    assert done.status_code == 302
    guest = Guest.objects.select_related("person").get()
    assert done["Location"].startswith("/en/guest/")
    assert (guest.state, guest.source, guest.language) == (G.APPLYING, "registered", "fr")
    assert (guest.person.reference_name, guest.person.email) == ("Ada Reyes", "ada@example.org")
    assert client.post(address).status_code == 404
    assert Guest.objects.count() == 1


def test_nobody_learns_whose_address_is_known(client: Client):
    category = open_category()
    known = make_person(name("display", "en", "Ada Reyes"), email="ada@example.org")
    make_guest(category.edition, category, known)

    def answer(email: str) -> str:
        response = client.post(PAGE, {**GIVEN, "email": email})
        body = response.content.decode().split("<main")[1]
        return f"{response.status_code} {body.replace(email, '')}"

    assert answer("ada@example.org") == answer("ann@example.org")
    notices = Letter.objects.order_by("pk").values_list("address", "mailing__notice")
    assert list(notices) == [
        ("ada@example.org", "registration_known"),
        ("ann@example.org", "registration_confirm"),
    ]
    assert Registration.objects.count() == 1


def test_an_address_gets_three_letters_a_day_and_a_network_twenty_forms(client: Client):
    open_category()
    for _ in range(5):
        assert client.post(PAGE, GIVEN).status_code == 200
    assert Letter.objects.count() == 3
    codes = [client.post(PAGE, {**GIVEN, "email": f"a{n}@example.org"}).status_code for n in range(16)]
    assert (codes[:15], codes[15]) == ([200] * 15, 429)
    cache.clear()


def test_two_links_to_one_address_make_one_guest():
    category = open_category()
    for _ in range(2):
        register(category, Registering(name="Ada", email="ada@example.org"))
    first, second = Registration.objects.select_related("category__edition").order_by("pk")
    assert confirm_registration(first) == confirm_registration(second)
    with pytest.raises(NotFound):
        confirm_registration(first)
    assert (Person.objects.count(), Guest.objects.count()) == (1, 1)


def test_a_person_who_is_known_but_no_guest_is_not_merged():
    category = open_category()
    make_person(name("display", "en", "Ada Reyes"), email="ada@example.org")
    guest = registered(category, "ada@example.org")
    assert Person.objects.filter(email="ada@example.org").count() == 2
    assert guest.category == category


def test_the_window_is_kept(client: Client):
    category = open_category(opens_at=NOW + dt.timedelta(hours=1), closes_at=NOW + dt.timedelta(hours=3))
    assert client.post(PAGE, GIVEN).status_code == 409
    assert "opens on 1 September 2026, 17:00 (Asia/Shanghai)" in client.get(PAGE).content.decode()
    with pytest.raises(WindowClosed):
        register(category, Registering(name="Ada", email="ada@example.org"))
    with clock.frozen(NOW + dt.timedelta(hours=2)):
        assert client.post(PAGE, GIVEN).status_code == 200
    with clock.frozen(NOW + dt.timedelta(hours=3)):
        assert client.post(PAGE, GIVEN).status_code == 409
    listed = client.get("/en/rivertown/register/").content.decode()
    assert "Visitors" in listed


def test_a_category_that_is_not_open_does_not_exist_for_the_public(client: Client):
    make_category(make_edition("rivertown"), "Heads of state", slug="heads")
    assert client.get("/en/rivertown/register/heads/").status_code == 404
    make_category(make_edition("hidden", is_public=False), slug="visitor", is_open=True)
    assert client.get("/en/hidden/register/visitor/").status_code == 404


def test_what_is_not_confirmed_in_a_day_is_gone(client: Client):
    category = open_category()
    register(category, Registering(name="Ada", email="ada@example.org"))
    address = "/" + link()
    with clock.frozen(NOW + dt.timedelta(hours=25)):
        assert client.get(address).status_code == 404
        drop_registrations.func()
    assert Registration.objects.count() == 0
    assert client.get(PAGE + "confirm/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "Buy at http://spam.example"}, "name"),
        ({"name": "x" * 500}, "name"),
        ({"name": "\x00"}, "name"),
        ({"name": "12345"}, "name"),
        ({"email": "nobody"}, "email"),
        ({"email": "a@b.org\nBcc: c@d.org"}, "email"),
        ({"attendance": "recorded"}, "attendance"),
        ({"language": "tlh"}, "language"),
        ({"native_name": "陈思涵"}, "native_lang"),
    ],
)
def test_hostile_words_are_refused_beside_their_field(client: Client, given: dict[str, str], field: str):
    open_category()
    shown = client.post(PAGE, {**GIVEN, **given})
    assert shown.status_code == 422
    assert set(shown.context["form"].errors) == {field}
    assert Letter.objects.count() == 0


def test_the_waiting_list_is_fair():
    category = open_category(places=1)
    first = registered(category, "a@example.org")
    line = []
    for n, email in enumerate(("b@example.org", "c@example.org", "d@example.org"), 1):
        with clock.frozen(NOW + dt.timedelta(minutes=n)):
            line.append(registered(category, email))
    assert [guest.state for guest in (first, *line)] == [G.APPLYING, *[G.WAITING] * 3]
    assert [place_in_line(guest) for guest in (first, *line)] == [0, 1, 2, 3]
    assert admit_waiting(category, by=SYSTEM) == []
    move(first, G.WITHDRAWN, by=SYSTEM)
    assert [task.task_path.rpartition(".")[2] for task in DBTaskResult.objects.all()][-1:] == ["admit_from"]
    admit_from.func(category.pk)
    states = [Guest.objects.get(pk=guest.pk).state for guest in line]
    assert states == [G.APPLYING, G.WAITING, G.WAITING]
    assert Letter.objects.filter(mailing__notice="registration_place").count() == 1


def test_nobody_passes_those_who_wait():
    category = open_category(places=1)
    first, second = (registered(category, f"{n}@example.org") for n in "ab")
    Guest.objects.filter(pk=first.pk).update(state=G.WITHDRAWN)  # free, and not given on yet
    assert opening_of(category).is_full
    assert registered(category, "c@example.org").state == G.WAITING
    assert [guest.pk for guest in admit_waiting(category, by=SYSTEM)] == [second.pk]


def test_more_places_admit_as_many():
    category = open_category(places=0)
    line = [registered(category, f"{n}@example.org") for n in "abc"]
    assert {guest.state for guest in line} == {G.WAITING}
    Category.objects.filter(pk=category.pk).update(places=2)
    with pytest.raises(PermissionRefused):
        admit_waiting(category, by=in_edition(GUEST_OFFICE.code, category.edition))
    officer = replace(in_edition(ACCREDITATION.code, category.edition), account_id=make_account().pk)
    admitted = admit_waiting(category, by=officer)
    assert [guest.pk for guest in admitted] == [line[0].pk, line[1].pk]


def test_a_category_without_an_application_goes_straight_on():
    category = open_category(steps=[])
    assert registered(category, "a@example.org").state == G.CONFIRMED


def test_public_home_and_menu_lead_to_registration_while_it_is_open(client: Client):
    edition = make_edition("rivertown")

    def leads() -> tuple[int, bool, bool]:
        home = client.get("/en/rivertown/").content.decode()
        timetable = client.get("/en/rivertown/programme/").content.decode()
        link_to = 'href="/en/rivertown/register/"'
        return home.count(link_to), link_to in timetable, "30 September 2026, " in home

    assert leads() == (0, False, False)
    category = open_category(
        edition,
        opens_at=dt.datetime(2026, 9, 10, tzinfo=dt.UTC),
        closes_at=dt.datetime(2026, 9, 30, 10, tzinfo=dt.UTC),
    )
    assert leads() == (0, False, False)
    with clock.frozen(dt.datetime(2026, 9, 11, tzinfo=dt.UTC)):
        assert leads() == (2, True, True)
        home = client.get("/en/rivertown/").content.decode()
        assert ("18:00" in home, 'datetime="2026-09-30T18:00:00+08:00"' in home) == (True, True)
        update_category(category, by=SYSTEM, is_open=False)
        assert leads() == (0, False, False)
        update_category(category, by=SYSTEM, is_open=True)
    with clock.frozen(dt.datetime(2026, 9, 30, 10, tzinfo=dt.UTC)):
        assert leads() == (0, False, False)
