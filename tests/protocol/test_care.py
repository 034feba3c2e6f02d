"""Addresses, meals, diets and health: the kitchen hears numbers, sealed things are opened on the record, and their time ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.test import Client

from summitry.directory.models import Person
from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.guests.actions.consent import withdraw_consent
from summitry.guests.actions.defaults import install_defaults
from summitry.guests.actions.moving import move
from summitry.guests.enums import GuestState
from summitry.guests.models import Answer, Field, Purpose
from summitry.guests.queries.consents import holds, wording
from summitry.guests.queries.guest_links import page_path
from summitry.mailing.actions.notices import preview_notice
from summitry.mailing.enums import NoticeKey
from summitry.mailing.queries.people import person_recipient
from summitry.protocol.actions.courtesy import set_courtesy, set_greeting
from summitry.protocol.actions.forgetting import forget_guest, forget_sealed
from summitry.protocol.actions.health import look_at_result, record_result, set_health_step
from summitry.protocol.actions.meal import create_meal, except_guest, look_at_diet, set_diet, update_meal
from summitry.protocol.actions.precedence import move_entry
from summitry.protocol.actions.proof import give_proof
from summitry.protocol.actions.seating import seat_guest, update_seating
from summitry.protocol.enums import DietNeed, HealthOutcome, Rank
from summitry.protocol.errors import HealthOff
from summitry.protocol.models import Courtesy, Diet, Greeting, HealthResult, Leg, SeatingPlan
from summitry.protocol.queries.flags import check_flags
from summitry.protocol.queries.health import Standing, standings
from summitry.protocol.queries.kitchen import entitled, meals_of
from summitry.protocol.queries.logistics import logistics_of
from summitry.protocol.queries.people import whos
from tests.guests.make import in_scope
from tests.protocol.make import SYSTEM, House, at, make_leg, make_list, make_plan


def test_courtesy_is_kept_per_language(house: House) -> None:
    guest = house.guests["wanjiru"]
    style = Text.of({"en": "H.E.", "zh-hans": "阁下"})
    set_courtesy(guest, by=house.actor("protocol"), rank=Rank.HEAD_OF_STATE, style=style)
    set_courtesy(guest, by=house.actor("protocol"), pronunciation="wan-JEE-roo")
    row = Courtesy.objects.get(guest=guest)
    assert (row.rank, row.style, row.pronunciation) == ("head_of_state", style, "wan-JEE-roo")
    assert whos(house.edition, [guest.pk])[guest.pk].style == style
    with pytest.raises(PermissionRefused):
        set_courtesy(guest, by=house.actor("office"), pronunciation="x")
    with pytest.raises(InvalidInput):
        set_courtesy(guest, by=SYSTEM, rank="emperor")


def test_guests_see_what_is_arranged_for_them_and_nothing_of_others(house: House) -> None:
    make_leg(house, "martin")
    set_greeting(house.guests["martin"], by=SYSTEM, greeter="Li Na", place="Gate 3", at=at(14, 30, day=-1))
    create_meal(
        house.edition,
        by=SYSTEM,
        name=Text.of("Lunch"),
        starts_at=at(12),
        categories=[house.categories["ministers"]],
    )
    martin = in_scope("guest_self", "guest", house.guests["martin"].pk)
    own = logistics_of(house.guests["martin"], martin)
    assert [line.leg.code for line in own.legs] == ["RV 128"]
    assert [one.greeter for one in own.greetings] == ["Li Na"]
    assert [str(meal.name) for meal in own.meals] == ["Lunch"]
    other = logistics_of(house.guests["martin"], in_scope("guest_self", "guest", house.guests["zhou"].pk))
    assert (other.legs, other.greetings, other.rides, other.stays) == ((), (), (), ())


def test_kitchen_is_told_numbers(house: House) -> None:
    ministers, guests = house.categories["ministers"], house.categories["guests"]
    lunch = create_meal(
        house.edition, by=SYSTEM, name=Text.of("Lunch"), starts_at=at(12), categories=[ministers]
    )
    set_diet(house.guests["zayed"], [DietNeed.HALAL], by=house.actor("protocol"))
    set_diet(house.guests["aide"], [DietNeed.VEGAN], by=SYSTEM, words="No mushrooms")
    except_guest(lunch, house.guests["zhou"], by=SYSTEM, may=False)
    except_guest(lunch, house.guests["aide"], by=SYSTEM, may=True)
    (line,) = meals_of(house.edition, house.actor("office"))
    assert (line.guests, line.needs, line.with_words) == (3, ((DietNeed.VEGAN, 1), (DietNeed.HALAL, 1)), 1)
    assert entitled(lunch).count() == 3
    update_meal(lunch, by=SYSTEM, categories=[guests])
    except_guest(lunch, house.guests["aide"], by=SYSTEM, may=None)
    (line,) = meals_of(house.edition, SYSTEM)
    assert (line.guests, line.needs) == (1, ((DietNeed.VEGAN, 1),))
    assert meals_of(house.edition, house.actor("officer")) == []


def test_diets_are_sealed_and_each_look_is_recorded(house: House) -> None:
    guest = house.guests["zayed"]
    set_diet(guest, ["halal"], by=SYSTEM, words="No nuts, please")
    assert "halal" not in Diet.objects.get().sealed
    assert look_at_diet(guest, by=house.actor("protocol")) == (["halal"], "No nuts, please")
    assert AuditEntry.objects.filter(action="protocol.diet.seen").count() == 1
    for who in ("director", "office", "officer"):
        with pytest.raises(PermissionRefused):
            look_at_diet(guest, by=house.actor(who))
    with pytest.raises(InvalidInput):
        set_diet(guest, ["stones"], by=SYSTEM)
    set_diet(guest, [], by=SYSTEM)
    assert not Diet.objects.exists()
    assert not any("nuts" in str((e.params, e.before, e.after)) for e in AuditEntry.objects.all())


def test_health_is_asked_only_where_an_edition_switched_it_on(house: House) -> None:
    guest = house.guests["martin"]
    now = clock.now()
    with pytest.raises(HealthOff):
        record_result(guest, HealthOutcome.CLEAR, now, by=house.actor("protocol"))
    assert standings(house.edition, [guest.pk])[guest.pk].standing == Standing.NOT_ASKED
    set_health_step(house.edition, by=house.actor("director"), is_on=True, hours=48)
    assert standings(house.edition, [guest.pk])[guest.pk].standing == Standing.MISSING
    with pytest.raises(InvalidInput):
        record_result(guest, HealthOutcome.CLEAR, now + dt.timedelta(hours=1), by=SYSTEM)
    record_result(guest, HealthOutcome.CLEAR, now - dt.timedelta(hours=40), by=house.actor("protocol"))
    assert standings(house.edition, [guest.pk])[guest.pk].standing == Standing.CLEAR
    later = now + dt.timedelta(hours=9)
    assert standings(house.edition, [guest.pk], later)[guest.pk].standing == Standing.OLD
    result = record_result(guest, HealthOutcome.NOT_CLEAR, now, by=SYSTEM, words="Fever")
    assert standings(house.edition, [guest.pk])[guest.pk].standing == Standing.NOT_CLEAR
    assert look_at_result(result, by=house.actor("protocol")) == ("not_clear", "Fever")
    with pytest.raises(PermissionRefused):
        look_at_result(result, by=house.actor("director"))
    with pytest.raises(PermissionRefused):
        set_health_step(house.edition, by=house.actor("protocol"), is_on=False)


def test_sealed_entries_are_erased_when_their_purpose_ends(house: House) -> None:
    set_health_step(house.edition, by=SYSTEM, is_on=True)
    Purpose.objects.filter(slug="health").update(keep_days=2)
    record_result(house.guests["zhou"], HealthOutcome.CLEAR, clock.now(), by=SYSTEM)
    set_diet(house.guests["zhou"], [DietNeed.VEGAN], by=SYSTEM)
    ends = dt.datetime(2026, 11, 11, 23, tzinfo=dt.UTC)
    left = []
    for days in (1, 3, 6, 8):
        with clock.frozen(ends + dt.timedelta(days=days)):
            forget_sealed.func()
        left.append((HealthResult.objects.count(), Diet.objects.count()))
    assert left == [(1, 1), (0, 1), (0, 1), (0, 0)]


def test_flags_and_names_are_checked_and_proved(house: House) -> None:
    lines = {line.code: line for line in check_flags(house.edition)}
    assert list(lines) == ["CN", "FR", "KE", "AE"]
    assert lines["CN"].problems == ()
    assert lines["FR"].problems == ()
    give_proof(house.edition, house.entities["FR"], lines["FR"].mark, by=house.actor("protocol"))
    proved = {line.code: line.is_proved for line in check_flags(house.edition)}
    assert proved == {"AE": False, "CN": False, "FR": True, "KE": False}
    house.entities["FR"].names.filter(lang="ar").delete()
    (france,) = [line for line in check_flags(house.edition) if line.code == "FR"]
    assert france.problems == ("The naming profile has no name in: Arabic.",)
    assert not france.is_proved


def test_flags_that_end_or_have_no_drawing_are_named(house: House) -> None:
    house.entities["KE"].flags.update(valid_to=dt.date(2026, 11, 10))
    house.entities["FR"].flags.update(asset="vendor/flags/none.svg")
    house.entities["CN"].flags.update(valid_to=dt.date(2026, 11, 1))
    house.entities["AE"].flags.update(ratio="2:3")
    problems = {line.code: line.problems for line in check_flags(house.edition)}
    assert problems == {
        "AE": ("The drawing does not have the official ratio 2:3.",),
        "CN": ("No flag is approved for the days of the edition.",),
        "FR": ("The drawing vendor/flags/none.svg is not there.",),
        "KE": ("The flag changes during the edition, on 10 Nov 2026.",),
    }


def test_erased_guest_leaves_no_trace_of_how_she_came(house: House) -> None:
    guest = house.guests["zayed"]
    made = make_list(house)
    entry = made.entries.get(guest=guest)
    move_entry(entry, 1, by=SYSTEM, seen=1, reason="Cousin of the host")
    make_leg(house, "zayed")
    set_courtesy(guest, by=SYSTEM, note="Does not shake hands")
    set_greeting(guest, by=SYSTEM, greeter="Li Na", place="Gate 3", at=at(14))
    set_diet(guest, [DietNeed.HALAL], by=SYSTEM)
    forget_guest(guest.pk)
    left = (Courtesy, Greeting, Leg, Diet)
    assert [model._default_manager.filter(guest=guest).count() for model in left] == [0, 0, 0, 0]
    assert [(one.guest, one.reason) for one in made.versions.all()] == [(None, ""), (None, "")]


def test_check_of_flags_costs_the_same_at_one_entity_and_at_four(
    house: House, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(8):
        assert len(check_flags(house.edition)) == 4
    for key in ("zhou", "zayed", "wanjiru"):
        move(house.guests[key], GuestState.WITHDRAWN, by=SYSTEM)
    with django_assert_num_queries(8):
        assert len(check_flags(house.edition)) == 1


def test_kitchen_counts_what_an_application_answers_until_protocol_says_otherwise(house: House) -> None:
    zayed, aide = house.guests["zayed"], house.guests["aide"]
    everybody = list(house.categories.values())
    create_meal(house.edition, by=SYSTEM, name=Text.of("Lunch"), starts_at=at(12), categories=everybody)
    install_defaults(house.edition, by=SYSTEM)
    for guest, slug, value in (
        (zayed, "diet", "halal"),
        (aide, "diet", "other"),
        (aide, "diet_words", "No mushrooms"),
        (house.guests["martin"], "diet", "any"),
    ):
        field = Field.objects.get(edition=house.edition, slug=slug)
        Answer.objects.create(guest=guest, field=field, value=value)
    (line,) = meals_of(house.edition, SYSTEM)
    assert (line.guests, line.needs, line.with_words) == (5, ((DietNeed.HALAL, 1),), 1)
    assert look_at_diet(zayed, by=house.actor("protocol")) == (["halal"], "")
    set_diet(zayed, [DietNeed.VEGAN], by=house.actor("protocol"))
    (line,) = meals_of(house.edition, SYSTEM)
    assert (line.needs, line.with_words) == (((DietNeed.VEGAN, 1),), 1)
    assert Answer.objects.get(guest=zayed).value == "halal"


def test_guest_reads_what_is_asked_and_hands_in_her_result_with_her_consent(house: House) -> None:
    guest, client = house.guests["martin"], Client()
    page = page_path(guest, page="care:health")
    assert client.get(page).status_code == 404
    asked = Text.of({"en": "A negative test of the last two days.", "fr": "Un test négatif."}, source="en")
    set_health_step(house.edition, by=house.actor("director"), is_on=True, hours=48, asked=asked)
    purpose = Purpose.objects.get(edition=house.edition, slug="health")
    assert sorted(purpose.name.texts) == sorted(purpose.reason.texts) == sorted(dict(settings.LANGUAGES))
    hub = client.get(page_path(guest)).content.decode()
    assert ["A negative test of the last two days." in hub, page in hub] == [True, True]
    shown = client.get(page).content.decode()
    assert ["A negative test of the last two days." in shown, "deleted 7 days after" in shown] == [True] * 2
    taken = (clock.now() - dt.timedelta(hours=3)).astimezone(house.edition.zone).strftime("%Y-%m-%dT%H:%M")
    result = {"outcome": "clear", "taken_at": taken, "seen": wording(purpose, "en").digest}
    assert client.post(page, result).status_code == 422
    assert client.post(page, {**result, "consent": "on", "seen": "old"}).status_code == 422
    assert client.post(page, {**result, "consent": "on", "taken_at": "2040-01-01T08:00"}).status_code == 422
    assert (HealthResult.objects.count(), holds(guest, purpose)) == (0, False)
    assert client.post(page, {**result, "consent": "on"}).status_code == 302
    assert (HealthResult.objects.get().guest, holds(guest, purpose)) == (guest, True)
    assert standings(house.edition, [guest.pk])[guest.pk].standing == Standing.CLEAR
    assert client.post(page, result).status_code == 302
    assert "A negative test of the last two days." not in client.get(page_path(guest)).content.decode()
    withdraw_consent(guest, purpose, by=in_scope("guest_self", "guest", guest.pk), lang="en")
    assert (HealthResult.objects.exists(), holds(guest, purpose)) == (False, False)


def test_guest_sees_her_own_seat_once_the_plan_is_published(house: House) -> None:
    plan = make_plan(house)
    martin = house.guests["martin"]
    chosen = plan.seats.order_by("pk")[0]
    seat_guest(chosen, martin, by=SYSTEM, seen=SeatingPlan.objects.get(pk=plan.pk).number)
    own, other = page_path(martin), page_path(house.guests["zhou"])
    assert "Your seat" not in Client().get(own).content.decode()
    update_seating(SeatingPlan.objects.get(pk=plan.pk), by=SYSTEM, is_published=True)
    assert ["Your seat" in Client().get(page).content.decode() for page in (own, other)] == [True, False]


def test_letters_open_with_protocols_salutation_in_their_own_language(house: House) -> None:
    words = Text.of({"en": "Excellency,", "fr": "Madame la Ministre,"}, source="en")
    set_courtesy(house.guests["martin"], by=SYSTEM, salutation=words)
    opened = {}
    for lang in ("en", "fr", "zh-hans"):
        Person.objects.filter(pk=house.guests["martin"].person_id).update(
            email="martin@example.org", languages=[lang]
        )
        person = Person.objects.get(pk=house.guests["martin"].person_id)
        link = {"link": "https://example.org/x"}
        recipient = person_recipient(person, language=lang, context=link)
        text = preview_notice(house.edition, NoticeKey.GUEST_PAGE, recipient).text
        opened[lang] = text.strip().splitlines()[0]
    assert opened == {"en": "Excellency,", "fr": "Madame la Ministre,", "zh-hans": "尊敬的Élise Martin："}
