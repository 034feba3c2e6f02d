"""Letting a mailing leave: held, released, scheduled, recalled; and what is decided only once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.editions.permissions import DIRECTOR, PARTNER, VIEWER
from summitry.foundation import clock
from summitry.foundation.access import Scope
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from summitry.mailing.actions.mailing import copy_mailing, discard_mailing, update_mailing
from summitry.mailing.actions.release import (
    fingerprint,
    hold_mailing,
    recall_mailing,
    release_mailing,
    unschedule_mailing,
    withdraw_mailing,
)
from summitry.mailing.actions.sending import start_mailing
from summitry.mailing.actions.suppression import suppress
from summitry.mailing.enums import LetterState, MailingState, SuppressionReason
from summitry.mailing.errors import NotEditable, NothingWritten, RecipientsChanged
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.outbox import movement
from summitry.mailing.queries.recipients import reach_of
from tests.editions.make import make_edition
from tests.mailing.make import FRIENDS, NOW, SYSTEM, account_with, friend, make_mailing, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    FRIENDS[:] = [friend("a@x.org", name="Ada"), friend("b@x.org", "fr", name="Bruno")]
    with clock.frozen(NOW):
        yield


def test_released_letters_are_written_down_and_wait_five_minutes():
    mailing = make_mailing(make_edition())
    suppress(mailing.edition_id, "b@x.org", SuppressionReason.BOUNCED)
    release_mailing(mailing, by=SYSTEM)

    assert (mailing.state, mailing.release_at) == (MailingState.RELEASED, NOW + dt.timedelta(minutes=5))
    letter, left_out = Letter.objects.order_by("pk")
    assert (letter.name, letter.lang, letter.subject, letter.state) == (
        "Ada",
        "en",
        "Hello Ada",
        LetterState.QUEUED,
    )
    assert letter.text == "Dear Ada of Lyon,\n\n**welcome**."
    assert (left_out.address, left_out.state, left_out.error) == (
        "b@x.org",
        LetterState.SUPPRESSED,
        "A letter came back",
    )
    start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.RELEASED


def test_a_letter_no_longer_changes_once_released():
    mailing = make_mailing(make_edition())
    release_mailing(mailing, by=SYSTEM)
    with pytest.raises(NotEditable):
        update_mailing(mailing, by=SYSTEM, subject=Text.of("Other"), body=Text.of("Other"))
    with pytest.raises(NotEditable):
        discard_mailing(mailing, by=SYSTEM)


def test_what_was_seen_is_what_leaves_or_nothing_does():
    mailing = make_mailing(make_edition())
    seen = fingerprint(mailing, reach_of(mailing).keys)
    FRIENDS.append(friend("c@x.org"))
    with pytest.raises(RecipientsChanged):
        release_mailing(mailing, by=SYSTEM, seen=seen)
    assert not Letter.objects.exists()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.DRAFT

    release_mailing(mailing, by=SYSTEM, seen=fingerprint(mailing, reach_of(mailing).keys))
    assert Letter.objects.count() == 3


def test_other_words_than_were_seen_do_not_leave():
    mailing = make_mailing(make_edition())
    seen = fingerprint(mailing, reach_of(mailing).keys)
    update_mailing(Mailing.objects.get(), by=SYSTEM, subject=Text.of("Ha"), body=Text.of("Ha"))
    with pytest.raises(RecipientsChanged):
        release_mailing(Mailing.objects.get(), by=SYSTEM, seen=seen)


def test_recalled_letters_never_leave():
    mailing = make_mailing(make_edition())
    release_mailing(mailing, by=SYSTEM)
    assert recall_mailing(mailing, by=SYSTEM) == 2
    assert set(states(mailing).values()) == {LetterState.RECALLED}
    with clock.frozen(NOW + dt.timedelta(hours=1)):
        start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.RECALLED


def test_a_decision_is_taken_once():
    mailing = make_mailing(make_edition())
    release_mailing(mailing, by=SYSTEM)
    stale = Mailing.objects.get()
    recall_mailing(mailing, by=SYSTEM)
    with pytest.raises(StaleState):
        recall_mailing(stale, by=SYSTEM)
    with pytest.raises(TransitionRefused):
        recall_mailing(mailing, by=SYSTEM)
    with pytest.raises(TransitionRefused):
        release_mailing(mailing, by=SYSTEM)


def test_a_scheduled_mailing_asks_its_audience_again_when_its_time_comes():
    mailing = make_mailing(make_edition())
    at = NOW + dt.timedelta(days=1)
    release_mailing(mailing, by=SYSTEM, at=at)
    assert (mailing.state, mailing.confirmed) == (MailingState.SCHEDULED, ["a@x.org", "b@x.org"])
    assert not Letter.objects.exists()

    FRIENDS[:] = [FRIENDS[0], friend("c@x.org", name="Cleo")]
    assert movement(mailing, reach_of(mailing)).joined == ["Cleo"]
    assert movement(mailing, reach_of(mailing)).left == 1
    with clock.frozen(at):
        start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    assert mailing.state == MailingState.SENDING
    assert states(mailing) == {"a@x.org": "queued", "c@x.org": "queued"}


def test_a_scheduled_mailing_that_would_reach_nobody_waits_for_people():
    mailing = make_mailing(make_edition())
    release_mailing(mailing, by=SYSTEM, at=NOW + dt.timedelta(days=1))
    FRIENDS.clear()
    with clock.frozen(NOW + dt.timedelta(days=1)):
        start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.problem) == (MailingState.HELD, "nobody")


def test_a_time_that_has_passed_is_refused():
    with pytest.raises(InvalidInput) as refused:
        release_mailing(make_mailing(make_edition()), by=SYSTEM, at=NOW)
    assert set(refused.value.fields) == {"at"}


def test_a_scheduled_mailing_can_be_taken_back():
    mailing = make_mailing(make_edition())
    release_mailing(mailing, by=SYSTEM, at=NOW + dt.timedelta(days=1))
    unschedule_mailing(mailing, by=SYSTEM)
    with clock.frozen(NOW + dt.timedelta(days=2)):
        start_mailing.func(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.release_at) == (MailingState.HELD, None)


def test_nothing_leaves_without_words():
    mailing = make_mailing(make_edition(), subject=Text(), body=Text())
    for act in (hold_mailing, release_mailing):
        with pytest.raises(NothingWritten):
            act(mailing, by=SYSTEM)


def test_a_partner_drafts_and_hands_over_and_the_secretariat_releases():
    edition = make_edition()
    scope = Scope("edition", edition.pk)
    _account, partner = account_with(PARTNER.code, scope)
    _other, stranger = account_with(PARTNER.code, scope)
    _viewer, viewer = account_with(VIEWER.code, scope)
    _director, director = account_with(DIRECTOR.code, scope)
    mailing = make_mailing(edition, by=partner)
    hold_mailing(mailing, by=partner)
    withdraw_mailing(mailing, by=partner)
    hold_mailing(mailing, by=partner)
    for actor in (partner, stranger, viewer):
        with pytest.raises(PermissionRefused):
            release_mailing(mailing, by=actor)
    for actor in (stranger, viewer):
        with pytest.raises(PermissionRefused):
            update_mailing(mailing, by=actor, name="Mine")
    with pytest.raises(PermissionRefused):
        make_mailing(edition, by=viewer)
    release_mailing(mailing, by=director)
    with pytest.raises(PermissionRefused):
        recall_mailing(mailing, by=partner)
    assert recall_mailing(mailing, by=director) == 2


def test_another_like_this_is_a_draft_of_its_own():
    mailing = make_mailing(make_edition(), pace=7)
    release_mailing(mailing, by=SYSTEM)
    copied = copy_mailing(mailing, by=SYSTEM)
    assert (copied.state, copied.pace, copied.body, copied.filters) == (
        MailingState.DRAFT,
        7,
        mailing.body,
        {"everyone": True},
    )


def test_the_log_tells_what_happened_and_holds_no_address():
    mailing = make_mailing(make_edition())
    release_mailing(mailing, by=SYSTEM)
    recall_mailing(mailing, by=SYSTEM)
    entries = AuditEntry.objects.filter(action__startswith="mailing.").order_by("pk")
    assert [entry.action.rpartition(".")[2] for entry in entries] == ["created", "released", "recalled"]
    assert not any("@x.org" in str([entry.params, entry.before, entry.after]) for entry in entries)
