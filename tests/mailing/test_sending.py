"""Sending through a real mail server: at its pace, tried again where that helps, and never twice knowingly."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from summitry.foundation import clock
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text
from summitry.mailing.actions.handing import hand_over, mail_server
from summitry.mailing.actions.release import recall_mailing
from summitry.mailing.actions.resending import resend_letters
from summitry.mailing.actions.sending import batch_of, send_letters, watch_outbox
from summitry.mailing.answers import LOST
from summitry.mailing.audiences import audience_of
from summitry.mailing.enums import LetterState, MailingState
from summitry.mailing.models import Letter, Suppression
from summitry.mailing.queries.recipients import reach_of
from summitry.mailing.queries.writing import letter_for
from tests.editions.make import make_edition
from tests.mailing.conftest import PostOffice
from tests.mailing.make import FRIENDS, NOW, SYSTEM, friend, make_mailing, release_and_start, send_all, states

pytestmark = pytest.mark.django_db


def test_what_was_previewed_is_what_arrives(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org", "fr", name="Ànne **x**", town="São <i>")]
    mailing = make_mailing(make_edition(), sender_name="Büro", reply_to="answers@x.org", kind="news")
    (addressee,) = reach_of(mailing).addressees
    previewed = letter_for(mailing, addressee, audience_of("friends"))
    send_all(release_and_start(mailing))

    (mail,) = post_office.letters
    text, html = [part for part in mail.walk() if not part.is_multipart()]
    words = [
        bytes(part.get_payload(decode=True) or b"").decode().replace("\r\n", "\n").strip()
        for part in (text, html)
    ]
    assert words == [previewed.text.strip(), previewed.html.strip()]
    letter = Letter.objects.get()
    assert (letter.state, letter.attempts) == (LetterState.SENT, 1)
    assert mail["Message-ID"] == f"<{letter.token}@summit.example>"
    assert mail["From"] == "=?utf-8?b?QsO8cm8=?= <office@summit.example>"
    assert (mail["Reply-To"], mail["Content-Language"]) == ("answers@x.org", "fr")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().strip("<>") in previewed.text
    assert post_office.envelopes == [(f"bounces+{letter.token}@summit.example", "a@x.org")]


def test_operational_mail_offers_no_unsubscribing(post_office: PostOffice):
    FRIENDS[:] = [friend()]
    send_all(release_and_start(make_mailing(make_edition())))
    assert post_office.letters[0]["List-Unsubscribe"] is None


def test_outcomes_differ_by_recipient(post_office: PostOffice):
    FRIENDS[:] = [friend("fine@x.org"), friend("gone@x.org"), friend("later@x.org")]
    mailing = send_all(release_and_start(make_mailing(make_edition())))

    assert mailing.state == MailingState.SENT
    assert states(mailing) == {"fine@x.org": "sent", "gone@x.org": "bounced", "later@x.org": "sent"}
    assert Letter.objects.get(address="gone@x.org").error == "550 5.1.1 No such mailbox"
    assert Letter.objects.get(address="later@x.org").attempts == 3
    assert list(Suppression.objects.values_list("address", "reason")) == [("gone@x.org", "bounced")]


def test_a_letter_refused_for_its_words_fails_without_blame_on_its_address(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org")]
    words: dict[str, Any] = {"subject": Text.of("spam"), "body": Text.of("x")}
    mailing = send_all(release_and_start(make_mailing(make_edition(), **words)))
    assert (states(mailing), Suppression.objects.count()) == ({"a@x.org": "failed"}, 0)
    assert Letter.objects.get().error == "554 5.7.1 Rejected by policy"


def test_what_is_refused_for_the_time_being_is_tried_with_growing_pauses(post_office: PostOffice):
    FRIENDS[:] = [friend("later@x.org")]
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition()))
        send_letters.func(mailing.pk)
    waits = []
    for _round in range(2):
        letter = Letter.objects.get()
        assert letter.not_before
        waits.append((letter.state, letter.not_before - NOW))
        with clock.frozen(letter.not_before):
            send_letters.func(mailing.pk)
    minute = dt.timedelta(minutes=1)
    assert waits == [("queued", minute), ("queued", 3 * minute)]
    assert Letter.objects.get().state == LetterState.SENT


def test_letters_are_given_up_after_the_last_attempt(post_office: PostOffice):
    FRIENDS[:] = [friend("later@x.org")]
    mailing = release_and_start(make_mailing(make_edition()))
    Letter.objects.update(attempts=7)
    send_all(mailing)
    assert states(mailing) == {"later@x.org": "failed"}


def test_while_the_server_is_away_no_attempt_counts(settings: Settings, post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org")]
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition()))
        send_letters.func(mailing.pk)
        mailing.refresh_from_db()
    assert (mailing.problem, mailing.next_batch_at) == ("server-away", NOW + dt.timedelta(minutes=1))
    assert (Letter.objects.get().attempts, states(mailing)) == (0, {"a@x.org": "queued"})

    settings.EMAIL_PORT = port
    with clock.frozen(NOW + dt.timedelta(minutes=1)):
        send_letters.func(mailing.pk)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.problem) == (MailingState.SENT, "")


def test_letters_leave_at_the_mailings_pace(post_office: PostOffice):
    FRIENDS[:] = [friend() for _ in range(7)]
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition(), pace=18))
    sent = []
    for second in range(0, 40, 5):
        with clock.frozen(NOW + dt.timedelta(seconds=second)):
            send_letters.func(mailing.pk)
        sent.append(len(post_office.letters))
    assert sent == [3, 3, 6, 6, 7, 7, 7, 7]


@pytest.mark.parametrize(
    ("pace", "cap", "size", "seconds"),
    [(60, 120, 10, 10), (1, 120, 1, 60), (600, 30, 5, 10), (9, 120, 2, 13.333)],
)
def test_pace_stays_within_what_the_installation_may_send(settings: Settings, pace, cap, size, seconds):
    settings.MAIL_PER_MINUTE = cap
    found_size, interval = batch_of(make_mailing(make_edition(), pace=pace))
    assert (found_size, round(interval.total_seconds(), 3)) == (size, seconds)


def test_a_batch_taken_twice_at_once_leaves_once(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org")]
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition()))
        send_letters.func(mailing.pk)
        send_letters.func(mailing.pk)
    assert len(post_office.letters) == 1


def test_a_letter_in_dead_hands_is_not_sent_again_by_itself(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org"), friend("b@x.org")]
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition()))
        first = Letter.objects.get(address="a@x.org")
        # A worker claims the letter and is killed.
        Letter.objects.filter(pk=first.pk).update(state=LetterState.CLAIMED, claimed_at=NOW)
        send_letters.func(mailing.pk)
    assert [mail["To"] for mail in post_office.letters] == ["b@x.org"]
    with clock.frozen(NOW + dt.timedelta(minutes=20)):
        watch_outbox.func()
        send_letters.func(mailing.pk)
    mailing.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, first.error, mailing.state) == (LetterState.FAILED, LOST, MailingState.SENT)

    resend_letters(mailing, [first], by=SYSTEM)
    send_all(mailing)
    assert [mail["Message-ID"] for mail in post_office.letters if mail["To"] == "a@x.org"] == [
        first.message_id
    ]
    assert mailing.state == MailingState.SENT


def test_what_stands_still_is_taken_up_again():
    FRIENDS[:] = [friend()]
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition()))
    DBTaskResult.objects.all().delete()
    with clock.frozen(NOW + dt.timedelta(minutes=2)):
        watch_outbox.func()
    (job,) = DBTaskResult.objects.all()
    assert (job.task_path.rpartition(".")[2], job.args_kwargs["args"]) == ("send_letters", [mailing.pk])


def test_stopping_keeps_back_what_has_not_left(post_office: PostOffice):
    FRIENDS[:] = [friend() for _ in range(3)]
    with clock.frozen(NOW):
        mailing = release_and_start(make_mailing(make_edition(), pace=6))
        send_letters.func(mailing.pk)
        mailing.refresh_from_db()
        assert recall_mailing(mailing, by=SYSTEM) == 2
    send_all(mailing)
    assert len(post_office.letters) == 1
    assert sorted(states(mailing).values()) == ["recalled", "recalled", "sent"]


def test_a_recalled_letter_is_not_handed_over(post_office: PostOffice):
    FRIENDS[:] = [friend()]
    mailing = release_and_start(make_mailing(make_edition()))
    recall_mailing(mailing, by=SYSTEM)
    with mail_server() as connection:
        assert hand_over(Letter.objects.get().pk, connection) is None
    assert post_office.letters == []


def test_sending_again_allows_the_address_and_keeps_who_declined(post_office: PostOffice):
    FRIENDS[:] = [friend("gone@x.org"), friend("fine@x.org")]
    mailing = send_all(release_and_start(make_mailing(make_edition())))
    gone, fine = Letter.objects.order_by("address").reverse()
    assert resend_letters(mailing, [gone], by=SYSTEM) == 1
    assert not Suppression.objects.exists()
    mailing.refresh_from_db()
    with pytest.raises(InvalidInput):
        resend_letters(mailing, [Letter.objects.get(pk=gone.pk)], by=SYSTEM)
    assert fine.state == LetterState.SENT


def test_a_header_cannot_be_smuggled_in(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org", name="Ada\r\nBcc: all@x.org")]
    send_all(release_and_start(make_mailing(make_edition(), sender_name="Us\nBcc: all@x.org")))
    letter = Letter.objects.get()
    assert "\n" not in letter.subject
    assert all(mail["Bcc"] is None for mail in post_office.letters)


def test_a_connection_closed_between_two_letters_is_opened_again(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org"), friend("b@x.org")]
    mailing = release_and_start(make_mailing(make_edition()))
    first, second = Letter.objects.order_by("address").values_list("pk", flat=True)
    with mail_server() as connection:
        hand_over(first, connection)
        connection.connection.close()  # type: ignore[attr-defined]
        hand_over(second, connection)
    assert set(states(mailing).values()) == {"sent"}
