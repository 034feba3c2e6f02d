"""Sending single letters again: one, or all that failed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput
from summitry.mailing.actions.sending import begin
from summitry.mailing.enums import LETTER, LetterState, MailingState, SuppressionReason
from summitry.mailing.models import Letter, Mailing, Suppression

AGAIN = frozenset(state for state, after in LETTER.steps.items() if LetterState.QUEUED in after) - {
    LetterState.CLAIMED
}


def resend_letters(mailing: Mailing, letters: Iterable[Letter], *, by: Actor) -> int:
    """Send letters of a mailing again, in the same words and under the same Message-ID; return how many.

    Letters that wait, were recalled, or belong to somebody who unsubscribed from news are passed over; an address whose
    letter had come back is allowed again. Raises InvalidInput where the mailing has not been sent or none is left.
    """
    chosen = [letter for letter in letters if letter.mailing_id == mailing.pk]
    for letter in chosen:
        require(by, "resend", letter)
    if mailing.state not in {MailingState.SENDING, MailingState.SENT}:
        raise InvalidInput(_("Only letters of a mailing that was sent can be sent again."))
    with recording():
        declined = set(
            Suppression.objects.filter(
                edition=mailing.edition_id, reason=SuppressionReason.UNSUBSCRIBED
            ).values_list("address", flat=True)
        )
        rows = Letter.objects.filter(pk__in=[letter.pk for letter in chosen], state__in=AGAIN)
        wanted = [
            row
            for row in rows
            if not (row.state == LetterState.SUPPRESSED and row.address.lower() in declined)
        ]
        addresses = [row.address.lower() for row in wanted]
        Suppression.objects.filter(
            edition=mailing.edition_id, address__in=addresses, reason=SuppressionReason.BOUNCED
        ).delete()
        count = Letter.objects.filter(pk__in=[row.pk for row in wanted], state__in=AGAIN).update(
            state=LetterState.QUEUED, attempts=0, not_before=None, sent_at=None, error=""
        )
        if not count:
            raise InvalidInput(_("There is no letter that could be sent again."))
        record("mailing.letters.resent", by=by, obj=mailing, count=count)
        if mailing.state == MailingState.SENT:
            begin(mailing, audit="mailing.mailing.started")
    return count
