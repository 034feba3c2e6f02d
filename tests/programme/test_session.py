from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from summitry.foundation.access import PUBLIC, policy_for, visible
from summitry.foundation.audit import sentence
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.session import (
    add_contribution,
    create_sessions,
    remove_contribution,
    update_contribution,
    update_session,
)
from summitry.programme.enums import ContributionKind, Delivery, SpeakerRole
from summitry.programme.errors import AddressTaken, ForeignObject
from summitry.programme.models import Appearance, Contribution, Session
from tests.directory.make import make_person
from tests.editions.make import in_edition, make_edition
from tests.programme.make import (
    AUDIT_LOCK,
    SYSTEM,
    appear,
    at,
    in_forum,
    make_forum,
    make_session,
    place,
    publish,
)


@pytest.mark.django_db
def test_code_is_made_of_the_title_and_numbered_where_taken() -> None:
    forum = make_forum(make_edition(), slug="memory")
    codes = [
        make_session(forum, title).code
        for title in ("Open archives", "Open archives", Text.of({"zh-hans": "档案"}))
    ]
    assert codes == ["open-archives", "open-archives-2", "memory-session"]


@pytest.mark.django_db
def test_taken_code_is_refused() -> None:
    forum = make_forum(make_edition())
    make_session(forum, code="one")
    with pytest.raises(AddressTaken):
        make_session(forum, code="one")


@pytest.mark.django_db
def test_many_sessions_with_people_cost_few_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    edition = make_edition()
    forum = make_forum(edition)
    for count in (1, 3):
        people = [make_person() for _ in range(3)]
        sessions = [Session(forum=forum, title=Text.of(f"Session {count} {n}")) for n in range(count)]
        talks = [Contribution(session=session, title=Text.of("Talk")) for session in sessions]
        parts = [
            Appearance(session=talk.session, contribution=talk, person=person)
            for talk in talks
            for person in people
        ]
        # Savepoints, codes, three inserts, audit entry, content version; records of speakers (four), webhooks, the forum held.
        with django_assert_num_queries(20 + AUDIT_LOCK * 2):
            create_sessions(edition, sessions, contributions=talks, appearances=parts, by=SYSTEM)
    assert (Session.objects.count(), Contribution.objects.count(), Appearance.objects.count()) == (4, 4, 12)
    assert sentence(AuditEntry.objects.latest("pk")) == "tests created 3 sessions."


@pytest.mark.django_db
def test_rows_of_sessions_outside_the_batch_are_refused() -> None:
    edition = make_edition()
    forum = make_forum(edition)
    other = make_session(forum)
    with pytest.raises(ForeignObject):
        create_sessions(
            edition,
            [Session(forum=forum)],
            appearances=[Appearance(session=other, person=make_person())],
            by=SYSTEM,
        )
    with pytest.raises(ForeignObject):
        create_sessions(make_edition(), [Session(forum=forum)], by=SYSTEM)
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_session_moves_only_to_a_forum_of_its_edition_that_the_editor_may_edit() -> None:
    edition = make_edition()
    forum, other = make_forum(edition), make_forum(edition)
    session = make_session(forum)
    with pytest.raises(PermissionRefused):
        update_session(session, by=in_forum("forum_editor", forum), forum=other)
    with pytest.raises(ForeignObject):
        update_session(session, by=SYSTEM, forum=make_forum(make_edition()))
    assert update_session(session, by=in_edition("editor", edition), forum=other).forum == other


@pytest.mark.django_db
def test_contributions_follow_each_other_and_leave_their_text_in_the_log() -> None:
    session = make_session(make_forum(make_edition()), "Opening")
    first = add_contribution(session, by=SYSTEM, title=Text.of("Welcome"))
    second = add_contribution(session, by=SYSTEM, title=Text.of("Keynote"), kind=ContributionKind.KEYNOTE)
    assert [first.position, second.position] == [0, 1]
    update_contribution(second, by=SYSTEM, minutes=20)
    remove_contribution(first, by=SYSTEM)
    entry = AuditEntry.objects.latest("pk")
    assert sentence(entry) == "tests removed the contribution “Welcome” from “Opening”."
    assert entry.before["title"]["en"] == "Welcome"
    assert [(str(row.title), row.minutes) for row in session.contributions.all()] == [("Keynote", 20)]


@pytest.mark.django_db
def test_appearances_are_replaced_as_a_whole_and_apart_for_each_contribution() -> None:
    session = make_session(make_forum(make_edition()))
    talk = add_contribution(session, by=SYSTEM, title=Text.of("Talk"))
    chair, speaker = make_person(), make_person()
    set_appearances(session, [Appearance(person=chair, role=SpeakerRole.CHAIR)], by=SYSTEM)
    set_appearances(
        session, [Appearance(person=speaker, delivery=Delivery.LIVE_LINK, fallback=Delivery.RECORDED)], by=SYSTEM,
        contribution=talk,
    )  # fmt: skip
    appear(session, speaker)
    rows = session.appearances.order_by("pk").values_list("person", "contribution", "delivery", "fallback")
    assert list(rows) == [(speaker.pk, talk.pk, "live_link", "recorded"), (speaker.pk, None, "in_person", "")]


@pytest.mark.django_db
def test_same_role_twice_is_refused() -> None:
    session, person = make_session(make_forum(make_edition())), make_person()
    with pytest.raises(AddressTaken):
        appear(session, person, person)
    assert session.appearances.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("session_public", "forum_public", "edition_public", "seen"),
    [
        (True, True, True, True),
        (False, True, True, False),
        (True, False, True, False),
        (True, True, False, False),
    ],
)
def test_public_sees_only_published_public_sessions(
    session_public: bool, forum_public: bool, edition_public: bool, seen: bool
) -> None:
    edition = make_edition(is_public=edition_public)
    forum = make_forum(edition, is_public=forum_public)
    session = make_session(forum, is_public=session_public)
    place(session, None, at(9))
    policy = policy_for(Session)
    assert (list(visible(PUBLIC, Session.objects.all())), policy.may(PUBLIC, "view", session)) == ([], False)
    publish(edition)
    assert list(visible(PUBLIC, Session.objects.all())) == ([session] if seen else [])
    assert policy.may(PUBLIC, "view", session) is seen
    viewer = in_edition("viewer", edition)
    assert (list(visible(viewer, Session.objects.all())), policy.may(viewer, "view", session)) == (
        [session],
        True,
    )
    assert policy.may(in_edition("viewer", make_edition()), "view", session) is seen
