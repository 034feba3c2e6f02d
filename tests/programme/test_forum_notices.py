"""Who hears of a forum's steps, and the reminders before it is due: each once, and nobody else's."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline
from summitry.editions.permissions import EDITOR
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.accounts import create_account
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.mailing.models import Letter
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.actions.forum_notices import remind_of_forums
from summitry.programme.actions.sign_off import return_forum, sign_forum, submit_forum
from summitry.programme.models import Forum
from tests.directory.make import make_person
from tests.editions.make import make_edition
from tests.programme.make import SYSTEM, appear, make_forum, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum() -> Forum:
    forum = make_forum(make_edition(), "Digital memory", abstract=Text.of("About memory."))
    appear(make_session(forum, spoken=["en"]), make_person())
    secretary = create_account("secretary@example.org", by=SYSTEM, name="Secretary")
    put_grant(secretary, EDITOR.code, Scope("edition", forum.edition_id), by=SYSTEM)
    appoint_editor(forum, create_account("institute@example.org", by=SYSTEM, name="Institute"), by=SYSTEM)
    other = make_forum(forum.edition, "Another forum")
    appoint_editor(other, create_account("others@example.org", by=SYSTEM), by=SYSTEM)
    return forum


def letters() -> list[tuple[str, str]]:
    return list(Letter.objects.order_by("pk").values_list("address", "subject"))


def test_each_step_is_told_to_the_other_party(forum: Forum):
    submit_forum(forum, by=SYSTEM)
    return_forum(forum, by=SYSTEM, remarks="Name the chair.")
    submit_forum(forum, by=SYSTEM)
    sign_forum(forum, by=SYSTEM)
    assert letters() == [
        ("secretary@example.org", "Handed in: Digital memory"),
        ("institute@example.org", "Returned with remarks: Digital memory"),
        ("secretary@example.org", "Handed in: Digital memory"),
        ("institute@example.org", "Signed off: Digital memory"),
    ]
    assert "Name the chair." in Letter.objects.get(subject__startswith="Returned").text


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (dt.timedelta(days=8), 0),
        (dt.timedelta(days=6), 1),
        (dt.timedelta(days=1, hours=12), 1),
        (dt.timedelta(hours=3), 1),
        (dt.timedelta(hours=-1), 0),
    ],
)
def test_institutions_are_reminded_in_time_and_once(forum: Forum, left: dt.timedelta, told: int):
    Deadline.objects.create(
        edition=forum.edition, kind=DeadlineKind.FORUMS, due_at=clock.now() + left, grace_hours=24
    )
    remind_of_forums.call()
    remind_of_forums.call()
    reminded = [address for address, subject in letters() if "remember" in subject]
    assert reminded.count("institute@example.org") == told


def test_handed_in_forum_is_not_reminded(forum: Forum):
    Deadline.objects.create(
        edition=forum.edition, kind=DeadlineKind.FORUMS, due_at=clock.now() + dt.timedelta(days=1)
    )
    submit_forum(forum, by=SYSTEM)
    remind_of_forums.call()
    assert [address for address, subject in letters() if "remember" in subject] == ["others@example.org"]


def test_later_date_of_a_forum_is_reminded_anew(forum: Forum):
    Deadline.objects.create(
        edition=forum.edition, kind=DeadlineKind.FORUMS, due_at=clock.now() + dt.timedelta(days=1)
    )
    remind_of_forums.call()
    Forum.objects.filter(pk=forum.pk).update(due_at=clock.now() + dt.timedelta(days=5))
    remind_of_forums.call()
    assert [address for address, _subject in letters()].count("institute@example.org") == 2
