"""The discussion of an entry among those who have reviewed it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.calls.models import Entry, Juror, Remark, Round
from summitry.calls.queries.discussion import may_discuss, topic_of
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.live import hint

LONGEST = 4000


def say(round_: Round, entry: Entry, words: str, *, by: Actor) -> Remark:
    """Say something about an entry. The log notes that, not what, was said.

    Raises PermissionRefused for whoever may not see the discussion (see `queries.discussion`), InvalidInput for no words.
    """
    if not by.is_signed_in or not may_discuss(by, round_, entry.pk):
        raise PermissionRefused
    words = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise InvalidInput(fields={"words": [_("Write something first.")]})
    if len(words) > LONGEST:
        raise InvalidInput(fields={"words": [_("At most %(most)s characters.") % {"most": LONGEST}]})
    with recording():
        remark = Remark.objects.create(
            round=round_,
            entry=entry,
            juror=Juror.objects.filter(call=round_.call_id, account=by.account_id).first(),
            author_id=by.account_id,
            words=words,
            said_at=clock.now(),
        )
        record("calls.remark.said", by=by, edition_id=round_.edition_id, entry=entry.number)
        hint(topic_of(round_.pk, entry.pk), "said")
    return remark
