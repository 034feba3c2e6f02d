"""Speakers are reminded of what they owe: in time, once, and of nothing they have done."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from summitry.directory.models import Person
from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline
from summitry.foundation import clock
from summitry.mailing.models import Letter
from summitry.programme.actions.speaker import name_assistant, report_link_test
from summitry.programme.actions.speaker_reminders import remind_of_speaking
from summitry.programme.enums import LinkTest
from summitry.programme.models import Speaker
from tests.programme.console import House, make_house
from tests.programme.speaking.make import holder, speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    """The small house; Chen Sihan speaks by live link and has an address."""
    house = make_house()
    Person.objects.filter(pk=house.people["chen"].pk).update(email="chen@example.org")
    return house


def due(house: House, kind: DeadlineKind, left: dt.timedelta) -> None:
    Deadline.objects.create(edition=house.edition, kind=kind, due_at=clock.now() + left, grace_hours=24)


def remind() -> list[str]:
    remind_of_speaking.call()
    return list(Letter.objects.order_by("pk").values_list("address", flat=True))


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (dt.timedelta(days=8), []),
        (dt.timedelta(days=6), ["chen@example.org"]),
        (dt.timedelta(days=1, hours=12), ["chen@example.org"]),
        (dt.timedelta(hours=3), ["chen@example.org"]),
        (dt.timedelta(hours=-1), []),
    ],
)
def test_speakers_are_reminded_in_time_and_once(house: House, left: dt.timedelta, told: list[str]):
    due(house, DeadlineKind.LINK_TESTS, left)
    remind()
    assert remind() == told


def test_each_of_the_three_reminders_is_one_letter(house: House):
    due(house, DeadlineKind.LINK_TESTS, dt.timedelta(days=6))
    remind()
    Deadline.objects.update(due_at=clock.now() + dt.timedelta(days=1, hours=12))
    remind()
    assert len(remind()) == 2


def test_letter_lists_all_that_is_open_with_dates_in_her_language(house: House):
    due(house, DeadlineKind.LINK_TESTS, dt.timedelta(days=1))
    due(house, DeadlineKind.BIOGRAPHIES, dt.timedelta(days=1))
    Speaker.objects.filter(pk=speaker(house).pk).update(language="fr")
    remind()
    letter = Letter.objects.get()
    lines = re.findall(r"^- (.+)$", letter.text, re.MULTILINE)
    assert (letter.lang, len(lines)) == ("fr", 6)
    assert sum("Asia/Shanghai" in line for line in lines) == 3
    assert "speak/" not in letter.text


def test_done_is_not_asked_for(house: House):
    due(house, DeadlineKind.LINK_TESTS, dt.timedelta(days=1))
    one = speaker(house)
    report_link_test(one, by=holder(one), state=LinkTest.PASSED, details={})
    assert remind() == []


def test_assistant_is_reminded_by_a_link_of_her_own(house: House):
    due(house, DeadlineKind.LINK_TESTS, dt.timedelta(days=1))
    one = speaker(house)
    name_assistant(one, by=holder(one), name="Wu", email="wu@example.org")
    Letter.objects.all().delete()
    assert remind() == ["chen@example.org", "wu@example.org"]
