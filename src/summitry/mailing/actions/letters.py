"""Single letters: taken back before they leave, and emptied when their reader is erased."""

from __future__ import annotations

from collections.abc import Collection

from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.mailing.enums import LetterState, MailingState
from summitry.mailing.events import MailingChanged
from summitry.mailing.models import Letter, Mailing

WAITING = frozenset({MailingState.HELD, MailingState.RELEASED})


def take_letters_back(mailing_id: int, person_ids: Collection[int], *, by: Actor) -> bool:
    """Remove the letters to these people from a notice that waits; return False, and remove none, where one has left.

    Part of an action that has asked for permission and takes back what the letters say. Announces MailingChanged.
    """
    mailing = Mailing.objects.filter(pk=mailing_id).first()
    if mailing is None:
        return True
    letters = Letter.objects.filter(mailing=mailing, person__in=list(person_ids))
    with recording():
        if mailing.state not in WAITING or letters.exclude(
            state__in=(LetterState.QUEUED, LetterState.SUPPRESSED)
        ):
            return False
        count, _by_model = letters.delete()
        if count:
            record("mailing.letters.taken_back", by=by, obj=mailing, count=count)
            announce(MailingChanged(by=by, edition_id=mailing.edition_id, mailing_id=mailing.pk))
    return True


def forget_letters(edition: Edition, person_id: int) -> int:
    """Empty the letters of an edition to one person: that something was sent remains, to whom and what does not.

    Part of an action that erases her; it has asked for permission and is recorded there.
    """
    return Letter.objects.filter(mailing__edition=edition, person=person_id).update(
        name="", address="", subject="", text="", html="", sealed=""
    )
