"""A forum goes from its institution to the secretariat and back, and neither overwrites the other unseen."""

from __future__ import annotations

import datetime as dt

import pytest

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline
from summitry.editions.permissions import EDITOR
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, Scope
from summitry.foundation.errors import (
    InvalidInput,
    PermissionRefused,
    StaleState,
    TransitionRefused,
)
from summitry.foundation.i18n import Text
from summitry.programme.actions.appearance import set_appearances
from summitry.programme.actions.forum import update_forum
from summitry.programme.actions.session import add_contribution, remove_contribution, update_session
from summitry.programme.actions.sign_off import (
    return_forum,
    sign_forum,
    submit_forum,
    take_back_forum,
)
from summitry.programme.actions.tenancy import acknowledge_corrections
from summitry.programme.enums import ForumState
from summitry.programme.errors import DeadlinePassed, ForumHandedIn, ForumIncomplete
from summitry.programme.models import Forum
from summitry.programme.permissions import FORUM_EDITOR
from summitry.programme.queries.corrections import corrections_of
from tests.directory.make import make_person
from tests.editions.make import make_edition, make_room
from tests.programme.make import SYSTEM, appear, at, in_forum, make_forum, make_session, place, publish

pytestmark = pytest.mark.django_db


def secretariat(forum: Forum) -> Actor:
    grants = frozenset({(EDITOR.code, Scope("edition", forum.edition_id))})
    return Actor(ActorKind.PERSON, "secretariat", account_id=None, grants=grants)


def institution(forum: Forum) -> Actor:
    return in_forum(FORUM_EDITOR.code, forum)


def make_complete_forum() -> Forum:
    forum = make_forum(make_edition(), abstract=Text.of("What it is about."))
    session = make_session(forum, spoken=["en"])
    appear(session, make_person())
    return forum


def test_forum_goes_the_whole_way():
    forum = make_complete_forum()
    submit_forum(forum, by=institution(forum))
    return_forum(forum, by=secretariat(forum), remarks=" Please name the chair. ")
    assert (forum.state, forum.remarks) == (ForumState.RETURNED, "Please name the chair.")
    submit_forum(forum, by=institution(forum))
    sign_forum(forum, by=secretariat(forum))
    assert (forum.state, forum.remarks) == (ForumState.SIGNED, "")
    session = forum.sessions.get()
    place(session, make_room(forum.edition), at(9))
    publish(forum.edition)
    forum.refresh_from_db()
    assert forum.state == ForumState.PUBLISHED


def test_unsigned_forum_is_not_counted_as_published():
    forum = make_complete_forum()
    place(forum.sessions.get(), make_room(forum.edition), at(9))
    publish(forum.edition)
    forum.refresh_from_db()
    assert forum.state == ForumState.DRAFT


def test_incomplete_forum_names_what_is_missing():
    forum = make_forum(make_edition())
    with pytest.raises(ForumIncomplete) as refusal:
        submit_forum(forum, by=institution(forum))
    assert set(refusal.value.fields) == {"abstract", "sessions"}
    make_session(forum, "Morning")
    with pytest.raises(ForumIncomplete) as refusal:
        submit_forum(forum, by=institution(forum))
    assert refusal.value.fields["spoken"] == ["“Morning” does not say which language is spoken."]
    assert set(refusal.value.fields) == {"abstract", "spoken", "appearances"}


def test_institution_can_not_sign_or_return():
    forum = make_complete_forum()
    submit_forum(forum, by=institution(forum))
    for step in (lambda: sign_forum(forum, by=institution(forum)),
                 lambda: return_forum(forum, by=institution(forum), remarks="x")):  # fmt: skip
        with pytest.raises(PermissionRefused):
            step()


def test_return_needs_remarks():
    forum = make_complete_forum()
    submit_forum(forum, by=institution(forum))
    with pytest.raises(InvalidInput) as refusal:
        return_forum(forum, by=secretariat(forum), remarks="  ")
    assert list(refusal.value.fields) == ["remarks"]


def test_handed_in_forum_is_closed_to_its_institution():
    forum = make_complete_forum()
    session = forum.sessions.get()
    submit_forum(forum, by=institution(forum))
    by = institution(forum)
    for change in (
        lambda: update_forum(forum, by=by, title=Text.of("Other")),
        lambda: update_session(session, by=by, title=Text.of("Other")),
        lambda: add_contribution(session, by=by, title=Text.of("More")),
        lambda: set_appearances(session, [], by=by),
        lambda: make_session(forum, by=by),
    ):
        with pytest.raises(ForumHandedIn):
            change()
    take_back_forum(forum, by=by)
    update_forum(forum, by=by, title=Text.of("Other"))
    assert Forum.objects.get(pk=forum.pk).title == Text.of("Other")


def test_deadline_has_a_grace_and_then_closes():
    forum = make_complete_forum()
    now = clock.now()
    deadline = Deadline.objects.create(
        edition=forum.edition, kind=DeadlineKind.FORUMS, due_at=now - dt.timedelta(hours=2), grace_hours=3
    )
    update_forum(forum, by=institution(forum), title=Text.of("In the grace"))
    Deadline.objects.filter(pk=deadline.pk).update(grace_hours=1)
    with pytest.raises(DeadlinePassed):
        update_forum(forum, by=institution(forum), title=Text.of("Too late"))
    with pytest.raises(DeadlinePassed):
        submit_forum(forum, by=institution(forum))
    update_forum(forum, by=secretariat(forum), title=Text.of("The secretariat may"))


def test_forum_may_have_a_later_date_of_its_own():
    forum = make_complete_forum()
    now = clock.now()
    Deadline.objects.create(
        edition=forum.edition, kind=DeadlineKind.FORUMS, due_at=now - dt.timedelta(days=2)
    )
    update_forum(forum, by=SYSTEM, due_at=now + dt.timedelta(days=1))
    submit_forum(forum, by=institution(forum))


def test_returned_forum_stays_open_after_the_deadline():
    forum = make_complete_forum()
    submit_forum(forum, by=institution(forum))
    return_forum(forum, by=secretariat(forum), remarks="Shorter, please.")
    Deadline.objects.create(
        edition=forum.edition, kind=DeadlineKind.FORUMS, due_at=clock.now() - dt.timedelta(days=2)
    )
    update_forum(forum, by=institution(forum), title=Text.of("Shorter"))
    submit_forum(forum, by=institution(forum))


def test_correction_by_the_secretariat_is_marked_until_acknowledged():
    forum = make_complete_forum()
    session = forum.sessions.get()
    update_session(session, by=secretariat(forum), is_broadcast=True)
    assert forum.corrections.count() == 0
    submit_forum(forum, by=institution(forum))
    old = session.title
    update_session(session, by=secretariat(forum), title=Text.of("Better title"))
    correction = forum.corrections.get()
    assert (correction.object_type, correction.object_id, correction.field) == (
        "programme.session",
        session.pk,
        "title",
    )
    assert (correction.before, correction.after) == (old.to_json(), Text.of("Better title").to_json())
    assert correction.acknowledged_at is None
    assert acknowledge_corrections(forum, by=institution(forum)) == 1
    assert acknowledge_corrections(forum, by=institution(forum)) == 0


def test_second_decision_from_an_outdated_view_is_refused():
    forum = make_complete_forum()
    submit_forum(forum, by=institution(forum))
    other = Forum.objects.get(pk=forum.pk)
    sign_forum(forum, by=secretariat(forum))
    with pytest.raises(StaleState):
        return_forum(other, by=secretariat(forum), remarks="No.")
    with pytest.raises(TransitionRefused):
        sign_forum(forum, by=secretariat(forum))
    assert Forum.objects.get(pk=forum.pk).state == ForumState.SIGNED


def test_other_institution_can_do_nothing():
    forum = make_complete_forum()
    other = make_forum(forum.edition)
    for act in (submit_forum, take_back_forum, acknowledge_corrections):
        with pytest.raises(PermissionRefused):
            act(forum, by=institution(other))


def test_people_and_parts_that_the_secretariat_changes_are_marked_too():
    forum = make_complete_forum()
    session = forum.sessions.get()
    submit_forum(forum, by=institution(forum))
    by = secretariat(forum)
    talk = add_contribution(session, by=by, title=Text.of("A word of welcome"))
    set_appearances(session, [], by=by)
    remove_contribution(talk, by=by)
    marks = [(one.field, one.before, one.after) for one in forum.corrections.order_by("pk")]
    assert [field for field, _before, _after in marks] == ["contributions", "appearances", "contributions"]
    assert (marks[0][2], len(marks[1][1] or []), marks[1][2], marks[2][1]) == (
        "A word of welcome",
        1,
        [],
        "A word of welcome",
    )
    assert {one.field for one in corrections_of(forum)} == {"Contributions", "People"}
