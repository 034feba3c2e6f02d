"""Two act at once, in threads with connections of their own, on both databases: each thing is decided once."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from summitry.foundation import clock
from summitry.foundation.errors import StaleState, TransitionRefused
from summitry.mailing.actions.handing import hand_over, mail_server
from summitry.mailing.actions.release import recall_mailing, release_mailing
from summitry.mailing.actions.sending import send_letters, start_mailing
from summitry.mailing.enums import MailingState
from summitry.mailing.models import Letter, Mailing
from tests.at_once import outcomes
from tests.editions.make import make_edition
from tests.mailing.conftest import PostOffice
from tests.mailing.make import FRIENDS, SYSTEM, friend, make_mailing, release_and_start, send_all, states

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 4


def test_recall_against_sending_is_decided_once(post_office: PostOffice):
    edition = make_edition()
    for _round in range(ROUNDS):
        FRIENDS[:] = [friend() for _ in range(3)]
        with clock.frozen(clock.now() - dt.timedelta(minutes=5)):
            mailing = release_mailing(make_mailing(edition), by=SYSTEM)
        copy = Mailing.objects.get(pk=mailing.pk)
        before = len(post_office.letters)
        recalled, _started = outcomes(
            partial(recall_mailing, copy, by=SYSTEM), partial(start_mailing.func, mailing.pk)
        )
        mailing.refresh_from_db()
        if mailing.state == MailingState.RECALLED:
            assert recalled == 3
            assert set(states(mailing).values()) == {"recalled"}
            send_all(mailing)
            assert len(post_office.letters) == before
        else:
            assert (mailing.state, recalled) == (MailingState.SENDING, StaleState)
            send_all(mailing)
            assert len(post_office.letters) == before + 3


def test_a_letter_is_handed_over_by_one_worker(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org")]
    release_and_start(make_mailing(make_edition()))
    pk = Letter.objects.get().pk

    def hand() -> object:
        with mail_server() as line:
            return hand_over(pk, line)

    verdicts = outcomes(hand, hand, hand)
    assert sorted(map(str, verdicts)) == ["None", "None", "sent"]
    assert len(post_office.letters) == 1


def test_stopping_and_sending_part_each_letter_once(post_office: PostOffice):
    FRIENDS[:] = [friend() for _ in range(5)]
    mailing = release_and_start(make_mailing(make_edition(), pace=600))
    copy = Mailing.objects.get(pk=mailing.pk)
    outcomes(lambda: send_letters.func(mailing.pk), lambda: recall_mailing(copy, by=SYSTEM))
    outcome = list(states(mailing).values())
    assert outcome.count("sent") == len(post_office.letters)
    assert outcome.count("sent") + outcome.count("recalled") == 5


def test_two_releases_write_the_letters_once():
    FRIENDS[:] = [friend(), friend()]
    mailing = make_mailing(make_edition())
    copies = [Mailing.objects.get(pk=mailing.pk) for _ in range(2)]
    refused = outcomes(*(lambda copy=copy: release_mailing(copy, by=SYSTEM).state for copy in copies))
    assert sorted(map(str, refused)) == sorted([str(StaleState), MailingState.RELEASED.value])
    assert Letter.objects.count() == 2


def test_recalled_twice_at_once_is_recalled_once():
    FRIENDS[:] = [friend()]
    mailing = release_mailing(make_mailing(make_edition()), by=SYSTEM)
    copies = [Mailing.objects.get(pk=mailing.pk) for _ in range(2)]
    results = outcomes(*(lambda copy=copy: recall_mailing(copy, by=SYSTEM) for copy in copies))
    assert 1 in results
    assert {StaleState, TransitionRefused} & set(results)
