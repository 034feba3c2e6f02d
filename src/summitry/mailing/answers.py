"""What the mail server's answer to a letter means: sent, to be tried again, refused for good, or nobody knows."""

from __future__ import annotations

import smtplib
from enum import StrEnum
from typing import NamedTuple

LOST = "lost-sight"
"""The connection broke while the letter was handed over, or the worker died: it may have left or not."""


class Verdict(StrEnum):
    """How one attempt ended."""

    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    BOUNCED = "bounced"


class Answer(NamedTuple):
    """A verdict with what the server said."""

    verdict: Verdict
    text: str = ""


def answer_of(error: Exception) -> Answer:
    """Return what an error while handing a letter over means (RFC 5321: 4yz for the time being, 5yz for good).

    A recipient who is refused for good counts as come back; a broken connection as lost from sight, for the server may
    have taken the letter: it is not tried again without being asked.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()), (550, b""))
        return _by_code(code, words, Verdict.BOUNCED)
    if isinstance(error, smtplib.SMTPResponseException):
        return _by_code(error.smtp_code, error.smtp_error, Verdict.FAILED)
    if isinstance(error, smtplib.SMTPServerDisconnected | OSError):
        return Answer(Verdict.FAILED, LOST)
    return Answer(Verdict.FAILED, f"{type(error).__name__}: {error}"[:500])


def _by_code(code: int, words: bytes | str, permanent: Verdict) -> Answer:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    said = f"{code} {' '.join(text.split())}"[:500]
    return Answer(Verdict.LATER if 400 <= code < 500 else permanent, said)
