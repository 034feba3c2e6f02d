"""Taking note of letters that came back, from the mail server's reports or from a provider's call."""

from __future__ import annotations

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require, system
from summitry.foundation.audit import record, recording
from summitry.mailing.actions.handing import came_back
from summitry.mailing.dsn import Fate, Report, read_report
from summitry.mailing.enums import LetterState
from summitry.mailing.models import Letter


def take_report(data: bytes) -> Letter | None:
    """Read a mail server's report and mark the letter that it says came back; None where there is nothing to mark.

    Whoever knows the letter's token is believed: it is only in the letter itself and its return path.
    """
    report = read_report(data)
    return note_bounce(report) if report is not None else None


def note_bounce(report: Report, *, edition: Edition | None = None, by: Actor | None = None) -> Letter | None:
    """Mark the letter of a report as come back, once; with `by` as that person, who must be allowed to resend letters.

    A report of a delay changes nothing. Announces LetterBounced.
    """
    rows = Letter.objects.select_related("mailing__edition").filter(token=report.token)
    if edition is not None:
        rows = rows.filter(mailing__edition=edition)
    letter = rows.first()
    if letter is None or report.fate is not Fate.FAILED:
        return None
    if by is not None:
        require(by, "resend", letter)
    with recording():
        # A server may report before our own worker has marked the letter as sent; a lost one was found.
        known = (LetterState.SENT, LetterState.CLAIMED, LetterState.FAILED)
        if not Letter.objects.filter(pk=letter.pk, state__in=known).update(
            state=LetterState.BOUNCED, error=report.detail[:500]
        ):
            return None
        record(
            "mailing.letter.bounced", by=by or system("mail server"), obj=letter, mailing=letter.mailing.name
        )
        came_back(letter, report.detail)
    letter.state, letter.error = LetterState.BOUNCED, report.detail[:500]
    return letter
