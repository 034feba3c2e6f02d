"""Letters that come back: reports of mail servers, honest and hostile, and providers' calls."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summitry.mailing.actions.bounce import take_report
from summitry.mailing.cli import bounce
from summitry.mailing.dsn import LIMIT, Fate, Report, read_report
from summitry.mailing.enums import LetterState
from summitry.mailing.models import Letter, Suppression
from tests.editions.make import make_edition
from tests.mailing.conftest import PostOffice
from tests.mailing.make import FRIENDS, friend, make_mailing, release_and_start, send_all

TOKEN = "0123456789abcdef01234567"


def dsn(
    token: str = TOKEN,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    to: str = "bounces@summit.example",
    returned: str = "message/rfc822",
    diagnostic: str = "smtp; 550 5.1.1 <a@x.org>: no such user",
) -> bytes:
    """A report as mail servers write it (RFC 3464)."""
    head = f"Message-ID: <{token}@summit.example>\r\nSubject: Hello\r\n"
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; a@x.org\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: {diagnostic}\r\n"
        f"--b\r\nContent-Type: {returned}\r\n\r\n{head}\r\n"
        "--b--\r\n"
    ).encode()


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_letter_fate_and_reason(returned):
    assert read_report(dsn(returned=returned)) == Report(
        TOKEN, Fate.FAILED, "5.1.1 550 5.1.1 <a@x.org>: no such user"
    )


def test_the_return_path_names_the_letter_without_the_letter_itself():
    report = dsn("f" * 24, to=f"bounces+{TOKEN}@summit.example")
    assert (read_report(report) or Report("", Fate.OTHER, "")).token == TOKEN


@pytest.mark.parametrize(
    ("action", "status", "fate"),
    [
        ("failed", "5.0.0", Fate.FAILED),
        ("FAILED", "4.4.7", Fate.FAILED),
        ("delayed", "4.4.1", Fate.DELAYED),
        ("delivered", "2.0.0", Fate.OTHER),
        ("relayed", "2.1.9", Fate.OTHER),
        ("", "5.7.1", Fate.FAILED),
        ("", "4.7.1", Fate.DELAYED),
    ],
)
def test_fates_are_told_apart(action, status, fate):
    report = read_report(dsn(action=action, status=status))
    assert report is not None
    assert report.fate is fate


def test_what_is_no_report_is_none():
    answer = EmailMessage()
    answer["To"], answer["In-Reply-To"] = f"bounces+{TOKEN}@summit.example", f"<{TOKEN}@summit.example>"
    answer.set_content("I am out of the office.")
    assert read_report(answer.as_bytes()) is None
    assert read_report(dsn("no-token")) is None
    assert read_report(b"") is None


@given(st.binary(max_size=2000))
@example(b"Content-Type: multipart/report; boundary=\r\n\r\n--\r\n")
@example(
    b"Content-Type: message/delivery-status\r\nMessage-ID: <" + TOKEN.encode() + b"@x>\r\n\r\n\xff\xfe: \x00"
)
def test_no_bytes_upset_the_reader(data):
    assert read_report(data) is None or isinstance(read_report(data), Report)


@given(st.binary(max_size=200), st.integers(0, 900))
def test_no_damage_to_a_report_upsets_the_reader(junk, place):
    whole = dsn()
    report = read_report(whole[:place] + junk + whole[place + len(junk) :])
    assert report is None or report.token == TOKEN or len(report.token) == 24


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=900))
def test_the_reason_is_one_short_printable_line(words):
    report = read_report(dsn(diagnostic=f"smtp; {words}"))
    assert report is None or (report.detail.isprintable() and len(report.detail) <= 500)


def test_deep_and_large_mail_costs_little():
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(5000)
    )
    assert read_report(deep) is None
    nested = b"Content-Type: message/rfc822\r\n\r\n" * 20000
    assert read_report(nested) is None
    assert read_report(dsn().replace(b"Sorry.", b"x" * 3 * LIMIT)) is None


@pytest.mark.django_db
def test_a_bounced_letter_is_marked_once_and_its_address_left_out(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org")]
    send_all(release_and_start(make_mailing(make_edition())))
    token = Letter.objects.get().token

    assert take_report(dsn(token, action="delayed", status="4.4.1")) is None
    assert take_report(dsn("f" * 24)) is None
    assert Letter.objects.get().state == LetterState.SENT
    assert take_report(dsn(token)) is not None
    assert take_report(dsn(token)) is None
    letter = Letter.objects.get()
    assert (letter.state, letter.error) == (LetterState.BOUNCED, "5.1.1 550 5.1.1 <a@x.org>: no such user")
    assert list(Suppression.objects.values_list("address", flat=True)) == ["a@x.org"]


@pytest.mark.django_db
def test_the_pipe_never_answers_with_an_error(post_office: PostOffice):
    FRIENDS[:] = [friend("a@x.org")]
    send_all(release_and_start(make_mailing(make_edition())))
    assert bounce(io.BytesIO(b"whatever")) == 0
    assert bounce(io.BytesIO(b"x" * (2 * LIMIT))) == 0
    assert bounce(io.BytesIO(dsn(Letter.objects.get().token))) == 0
    assert Letter.objects.get().state == LetterState.BOUNCED


@pytest.mark.django_db
def test_a_letter_that_was_never_sent_cannot_come_back():
    FRIENDS[:] = [friend("a@x.org")]
    release_and_start(make_mailing(make_edition()))
    assert take_report(dsn(Letter.objects.get().token)) is None
    assert Letter.objects.get().state == LetterState.QUEUED
