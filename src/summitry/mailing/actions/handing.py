"""Handing one letter to the mail server: claimed, handed over, marked."""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F

from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.bus import announce
from summitry.foundation.mail import Message, parcel
from summitry.foundation.mail.sealing import opened_message
from summitry.mailing.actions.suppression import suppress
from summitry.mailing.answers import Answer, Verdict, answer_of
from summitry.mailing.enums import LetterState, MailingKind, SuppressionReason
from summitry.mailing.events import LetterBounced
from summitry.mailing.models import Letter
from summitry.mailing.queries.writing import unsubscribe_headers, unsubscribe_url

ATTEMPTS = 8
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(minutes=30)
_STATES = {
    Verdict.SENT: LetterState.SENT,
    Verdict.LATER: LetterState.QUEUED,
    Verdict.FAILED: LetterState.FAILED,
    Verdict.BOUNCED: LetterState.BOUNCED,
}


@contextmanager
def mail_server() -> Iterator[BaseEmailBackend]:
    """Keep one connection to the mail server open. Raises OSError or SMTPException where it does not answer."""
    connection = get_connection()
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def hand_over(letter_id: int, connection: BaseEmailBackend) -> Verdict | None:
    """Claim a waiting letter, hand it over and mark it; None where somebody else claimed or recalled it.

    Raises OSError or SMTPException, with nothing claimed, where the server has gone.
    """
    _refresh(connection)
    now = clock.now()
    if not Letter.objects.filter(pk=letter_id, state=LetterState.QUEUED).update(
        state=LetterState.CLAIMED, claimed_at=now, attempts=F("attempts") + 1
    ):
        return None
    letter = Letter.objects.select_related("mailing__edition").get(pk=letter_id)
    try:
        mail = parcel(
            opened_message(Message(letter.subject, letter.text, letter.html, letter.lang), letter.sealed),
            letter.address,
            reply_to=[letter.mailing.reply_to] if letter.mailing.reply_to else (),
            sender_name=letter.mailing.sender_name,
            return_path=return_path(letter),
            headers=_headers(letter),
        )
        mail.connection = connection
        mail.send()
        answer = Answer(Verdict.SENT)
    except Exception as error:  # noqa: BLE001 - whatever went wrong concerns this letter only, and is written on it
        answer = answer_of(error)
    return _mark(letter, answer)


def return_path(letter: Letter) -> str:
    """Return where the mail server reports that this letter cannot be delivered: an address that names it."""
    local, at, domain = settings.MAIL_BOUNCES.rpartition("@")
    return f"{local}+{letter.token}@{domain}" if at else ""


def _headers(letter: Letter) -> dict[str, str]:
    headers = {"Message-ID": letter.message_id}
    if letter.mailing.notice:
        headers["Auto-Submitted"] = "auto-generated"
    if letter.mailing.kind == MailingKind.NEWS:
        headers |= unsubscribe_headers(unsubscribe_url(letter.mailing.edition, letter.address))
    return headers


def _mark(letter: Letter, answer: Answer) -> Verdict | None:
    """Write the outcome on the letter, unless it was taken from us meanwhile."""
    now = clock.now()
    if answer.verdict is Verdict.LATER and letter.attempts >= ATTEMPTS:
        answer = Answer(Verdict.FAILED, answer.text)
    pause = min(FIRST_PAUSE * 2 ** (letter.attempts - 1), LONGEST_PAUSE)
    with transaction.atomic():
        marked = Letter.objects.filter(
            pk=letter.pk, state=LetterState.CLAIMED, claimed_at=letter.claimed_at
        ).update(
            state=_STATES[answer.verdict],
            sent_at=now if answer.verdict is Verdict.SENT else None,
            not_before=now + pause if answer.verdict is Verdict.LATER else None,
            error=answer.text[:500],
        )
        if marked and answer.verdict is Verdict.BOUNCED:
            came_back(letter, answer.text)
    return answer.verdict if marked else None


def came_back(letter: Letter, detail: str) -> None:
    """Leave the address of a letter that came back out from now on, and tell; in the caller's transaction."""
    suppress(letter.mailing.edition_id, letter.address, SuppressionReason.BOUNCED, detail)
    announce(
        LetterBounced(
            by=system("mail"),
            edition_id=letter.mailing.edition_id,
            mailing_id=letter.mailing_id,
            letter_id=letter.pk,
            address=letter.address,
        )
    )


def _refresh(connection: BaseEmailBackend) -> None:
    """Connect anew where the server closed the line between two letters: then nothing of a letter is under way."""
    line = getattr(connection, "connection", None)
    if not isinstance(line, smtplib.SMTP):
        return
    try:
        alive = line.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        alive = False
    if not alive:
        connection.close()
        connection.open()
