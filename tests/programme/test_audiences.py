"""Who of the programme can be written to: by room and day, by what is missing, by what changed; never beyond one's forum."""

from __future__ import annotations

from typing import Any

import pytest

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, PARTNER
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, Actor
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account, Grant
from summitry.mailing.actions.mailing import create_mailing
from summitry.mailing.audiences import Question, audiences_for
from summitry.mailing.queries.recipients import reach, reach_of
from summitry.mailing.queries.writing import letter_for
from summitry.programme.actions.editors import appoint_editor
from summitry.programme.audiences import FORUMS, SPEAKERS
from summitry.programme.enums import AppearanceState, Delivery, LinkTest, SpeakerRole
from summitry.programme.models import Forum, Speaker
from tests.directory.make import make_person, name
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place, publish

pytestmark = pytest.mark.django_db


class World:
    """Two forums: Ada and Bo speak in the first (day 1, moon; day 2, lotus), Cleo chairs the second (day 2, moon)."""

    def __init__(self) -> None:
        self.edition = make_edition(languages=["en", "fr"])
        self.moon, self.lotus = (make_room(self.edition, code=code) for code in ("moon", "lotus"))
        self.ada, self.bo, self.cleo, self.dan = (
            make_person(name("display", "en", who), email=f"{who.lower()}@x.org")
            for who in ("Ada", "Bo", "Cleo", "Dan")
        )
        self.first = make_forum(self.edition, "First", chair=self.dan)
        self.second = make_forum(self.edition, "Second", chair=self.cleo, is_public=True)
        self.one, self.two = make_session(self.first, "One"), make_session(self.first, "Two")
        self.three = make_session(self.second, "Three")
        appear(self.one, self.ada)
        appear(self.two, self.bo, delivery=Delivery.LIVE_LINK)
        appear(self.three, self.cleo, role=SpeakerRole.CHAIR)
        place(self.one, self.moon, at(9))
        place(self.two, self.lotus, at(9, day=1))
        place(self.three, self.moon, at(10, day=1))
        publish(self.edition)

    def account(self, forum: Forum) -> tuple[Account, Actor]:
        account = Account.objects.create_user(f"editor-{forum.slug}@x.org")
        Grant.objects.create(
            account=account, role=PARTNER.code, scope_kind="edition", scope_id=self.edition.pk
        )
        appoint_editor(forum, account, by=SYSTEM)
        return account, account.actor()


def names(
    edition: Edition, filters: dict[str, Any], *, actor: Actor = SYSTEM, audience: Any = SPEAKERS
) -> list[str]:
    return [one.name for one in reach(audience, edition, actor, filters).addressees]


@pytest.fixture
def world() -> World:
    return World()


def test_everyone_speaking_in_a_room_on_a_day(world: World):
    first, second, _third = (day.isoformat() for day in world.edition.days)
    moon, lotus = str(world.moon.pk), str(world.lotus.pk)
    assert names(world.edition, {"room": [moon]}) == ["Ada", "Cleo"]
    assert names(world.edition, {"room": [moon], "day": [second]}) == ["Cleo"]
    assert names(world.edition, {"room": [moon], "day": [first]}) == ["Ada"]
    assert names(world.edition, {"room": [moon, lotus], "day": [second]}) == ["Bo", "Cleo"]
    assert names(world.edition, {"day": ["nonsense"]}) == []
    assert names(world.edition, {}) == []
    assert names(world.edition, {"everyone": True}) == ["Ada", "Bo", "Cleo"]


def test_by_forum_role_and_delivery(world: World):
    assert names(world.edition, {"forum": [str(world.first.pk)]}) == ["Ada", "Bo"]
    assert names(world.edition, {"role": ["chair"]}) == ["Cleo"]
    assert names(world.edition, {"delivery": ["live_link"], "role": ["chair"]}) == []


def test_who_declined_is_written_to_only_when_asked_for(world: World):
    world.one.appearances.update(state=AppearanceState.DECLINED)
    assert names(world.edition, {"everyone": True}) == ["Bo", "Cleo"]
    assert names(world.edition, {"state": ["declined"]}) == ["Ada"]


def test_what_is_still_missing(world: World):
    Speaker.objects.filter(person=world.ada).update(signed={"en": "x"}, seen_at=clock.now())
    assert names(world.edition, {"lacking": ["biography"]}) == ["Bo", "Cleo"]
    assert names(world.edition, {"lacking": ["link_test"]}) == ["Bo"]
    assert names(world.edition, {"lacking": ["visit"]}) == ["Bo", "Cleo"]
    Speaker.objects.filter(person=world.bo).update(link_test=LinkTest.PASSED)
    assert names(world.edition, {"lacking": ["link_test"]}) == []


def test_people_whose_slot_a_version_moved(world: World):
    place(world.two, world.moon, at(15, day=1))
    publish(world.edition)
    assert names(world.edition, {"changed": ["2"]}) == ["Bo"]
    assert [value for value, _label in SPEAKERS.filters[8].choices(Question(world.edition, SYSTEM))] == ["2"]


def test_chairs_of_unsigned_forums(world: World):
    world.account(world.first)
    Forum.objects.filter(pk=world.second.pk).update(state="signed")
    assert names(world.edition, {"who": ["chair"], "state": ["unsigned"]}, audience=FORUMS) == ["Dan"]
    assert names(world.edition, {"state": ["unsigned"]}, audience=FORUMS) == [
        "Dan",
        f"editor-{world.first.slug}@x.org",
    ]
    assert names(world.edition, {"state": ["signed"]}, audience=FORUMS) == ["Cleo"]


def test_a_forum_editor_writes_to_her_forums_people_only(world: World):
    account, editor = world.account(world.first)
    assert names(world.edition, {"everyone": True}, actor=editor) == ["Ada", "Bo"]
    assert names(world.edition, {"forum": [str(world.second.pk)]}, actor=editor) == []
    assert names(world.edition, {"room": [str(world.moon.pk)]}, actor=editor) == ["Ada"]
    assert names(world.edition, {"everyone": True}, actor=editor, audience=FORUMS) == ["Dan", account.email]
    offered = [label for _value, label in SPEAKERS.filters[0].choices(Question(world.edition, editor))]
    assert offered == ["First"]
    with pytest.raises(InvalidInput):
        create_mailing(
            world.edition, by=editor, name="x", audience="speakers", filters={"forum": [str(world.second.pk)]}
        )

    mailing = create_mailing(
        world.edition, by=editor, name="x", audience="speakers", filters={"everyone": True}
    )
    assert [one.name for one in reach_of(mailing).addressees] == ["Ada", "Bo"]
    Grant.objects.filter(account=account, role="forum_editor").delete()
    mailing.created_by = Account.objects.get(pk=account.pk)
    assert reach_of(mailing).count == 0


def test_the_public_and_other_editions_are_told_nothing(world: World):
    other = make_edition()
    foreign = Account.objects.create_user("foreign@x.org")
    Grant.objects.create(account=foreign, role=DIRECTOR.code, scope_kind="edition", scope_id=other.pk)
    for actor in (PUBLIC, foreign.actor()):
        assert audiences_for(actor, world.edition) == []
        assert names(world.edition, {"everyone": True}, actor=actor) == []
        assert names(world.edition, {"everyone": True}, actor=actor, audience=FORUMS) == []


def test_the_letter_tells_each_speaker_her_own_hours(world: World):
    mailing = create_mailing(
        world.edition,
        by=SYSTEM,
        name="x",
        audience="speakers",
        filters={"everyone": True},
        subject=Text.of("{forums}"),
        body=Text.of("{sessions}"),
    )
    ada, _bo, _cleo = reach_of(mailing).addressees
    message = letter_for(mailing, ada, SPEAKERS)
    assert (message.subject, message.text) == (
        "First",
        "- Mon 9 Nov, 09:00–10:00, " + str(world.moon.name) + ": One",
    )


def test_asking_costs_the_same_for_few_and_for_many(world: World, django_assert_num_queries):
    question = Question(world.edition, SYSTEM, {"lacking": frozenset({"biography"})})
    list(SPEAKERS.find(question))
    for _size in (1, 3):
        with django_assert_num_queries(4):  # the version, appearances, speakers, slots
            list(SPEAKERS.find(question))
        with django_assert_num_queries(2):  # forums, who holds the role
            list(FORUMS.find(Question(world.edition, SYSTEM)))
        for _more in range(2):
            forum = make_forum(world.edition, chair=make_person())
            appear(make_session(forum), make_person(), make_person())
