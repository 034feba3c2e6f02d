"""What people are written to when they are asked to join a jury."""

from __future__ import annotations

from summitry.calls.models import Juror
from summitry.calls.queries.jurors import own_address
from summitry.foundation.access import Actor
from summitry.mailing.notices import NoticeKey, person_recipient, post_notice


def send_invitation(juror: Juror, *, by: Actor) -> bool:
    """Ask somebody whether she joins a jury; False where no such letters are written."""
    one = person_recipient(juror.person, context={"call": juror.call.name, "link": own_address(juror.call)})
    return post_notice(juror.call.edition, NoticeKey.JURY_INVITATION, [one], by=by) is not None
