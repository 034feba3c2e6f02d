"""What entrants are written to about eligibility."""

from __future__ import annotations

from summitry.calls.models import Entry
from summitry.calls.queries.entry_links import entry_address
from summitry.editions.actions.reminding import moment
from summitry.foundation.access import Actor
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, post_notice


def send_returned(entry: Entry, *, by: Actor) -> bool:
    """Write what has to be completed, and until when; False where no such letters are written."""
    until = entry.late_until or entry.call.closes_at
    facts: dict[str, Fact] = {
        "remarks": entry.remarks,
        "due": moment(entry.call.edition, until, entry.zone_name),
        "link": lambda lang: entry_address(entry, lang),
    }
    return _send(entry, NoticeKey.ENTRY_RETURNED, facts, by)


def send_ineligible(entry: Entry, *, by: Actor) -> bool:
    """Write why an entry cannot take part; as a rule it is held until somebody releases it."""
    return _send(entry, NoticeKey.ENTRY_INELIGIBLE, {"reason": entry.reason}, by)


def _send(entry: Entry, key: NoticeKey, facts: dict[str, Fact], by: Actor) -> bool:
    everything: dict[str, Fact] = {
        "call": entry.call.name,
        "entry": entry.title or str(entry.number),
        "number": str(entry.number),
        **facts,
    }
    one = Recipient(None, entry.contact_name, entry.contact_email, entry.language, "", everything)
    return post_notice(entry.call.edition, key, [one], by=by) is not None
