"""Writing the letters of a mailing down: from then on their words and recipients no longer change."""

from __future__ import annotations

from summitry.mailing.audiences import audience_of
from summitry.mailing.enums import LetterState, SuppressionReason
from summitry.mailing.models import Letter, Mailing
from summitry.mailing.queries.recipients import Addressee, Reach
from summitry.mailing.queries.writing import stored_letter_for

CHUNK = 200


def freeze_letters(mailing: Mailing, reach: Reach) -> int:
    """Write a letter for everybody whom the mailing reaches, in the caller's transaction; return how many.

    Those who decline mail, or whose letters came back, have a letter as well, which says why it stays here.
    """
    audience = audience_of(mailing.audience)

    def written(addressee: Addressee, reason: SuppressionReason | None = None) -> Letter:
        message, sealed = stored_letter_for(mailing, addressee, audience)
        return Letter(
            mailing=mailing,
            key=addressee.key,
            person_id=addressee.recipient.person_id,
            name=addressee.name[:200],
            address=addressee.recipient.address.strip(),
            lang=message.lang,
            subject=message.subject[:1000],
            text=message.text,
            html=message.html,
            sealed=sealed,
            state=LetterState.SUPPRESSED if reason else LetterState.QUEUED,
            error=str(reason.label) if reason else "",
        )

    letters = [
        *(written(addressee) for addressee in reach.addressees),
        *(written(addressee, reason) for addressee, reason in reach.suppressed),
    ]
    Letter.objects.bulk_create(letters, batch_size=CHUNK)
    return reach.count
