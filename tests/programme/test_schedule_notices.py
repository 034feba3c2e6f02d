"""Who hears of a published version: those whose own sessions it moves, adds or cancels, each in her language."""

from __future__ import annotations

import pytest

from summitry.mailing.models import Letter
from summitry.programme.actions.schedule import draft_of, unplace_session
from summitry.programme.enums import AppearanceState
from summitry.programme.models import Appearance, Speaker
from tests.directory.make import make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish

pytestmark = pytest.mark.django_db


def told() -> dict[str, str]:
    return {letter.address: letter.text for letter in Letter.objects.all()}


def test_only_those_whose_sessions_changed_are_written_to():
    edition = make_edition("rivertown", zone_name="Asia/Shanghai")
    forum, room, other = make_forum(edition), make_room(edition, "Moon Bridge"), make_room(edition, "Lotus")
    moved, same, gone = (make_session(forum, title) for title in ("Morning", "Noon", "Evening"))
    for session, key in ((moved, "moved"), (same, "same"), (gone, "gone")):
        appear(session, make_person(name("display", "en", key.title()), email=f"{key}@example.org"))
    declined = make_person(email="declined@example.org")
    appear(moved, *[row.person for row in moved.appearances.all()], declined)
    Appearance.objects.filter(person=declined).update(state=AppearanceState.DECLINED)
    for hour, session in enumerate((moved, same, gone), 9):
        place(session, room, at(hour))
    publish(edition)
    assert told() == {}

    place(moved, other, at(14))
    unplace_session(draft_of(edition), gone, by=SYSTEM)
    publish(edition)

    letters = told()
    assert set(letters) == {"moved@example.org", "gone@example.org"}
    assert (
        "Morning: Moved from Mon 9 Nov, 09:00, Moon Bridge to Mon 9 Nov, 14:00, Lotus"
        in letters["moved@example.org"]
    )
    assert (
        "Evening: Cancelled; it was planned for Mon 9 Nov, 11:00, Moon Bridge" in letters["gone@example.org"]
    )


def test_letter_is_in_the_language_that_the_speaker_chose():
    edition = make_edition("rivertown")
    session = make_session(make_forum(edition), "Morning")
    person = make_person(email="zh@example.org")
    appear(session, person)
    Speaker.objects.update_or_create(edition=edition, person=person, defaults={"language": "zh-hans"})
    place(session, None, at(9))
    publish(edition)
    place(session, None, at(10))
    publish(edition)
    assert Letter.objects.get().lang == "zh-hans"
