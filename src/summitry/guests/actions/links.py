"""The links of guests' own pages: sent to them, and replaced by new ones."""

from __future__ import annotations

from django.db.models import F

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.guests.models import Guest
from summitry.guests.queries.guest_links import page_address
from summitry.mailing.notices import NoticeKey, person_recipient, post_notice


def renew_link(guest: Guest, *, by: Actor) -> Guest:
    """Close the present link of a guest's page and make a new one."""
    require(by, "link", guest)
    with recording():
        Guest.objects.filter(pk=guest.pk).update(generation=F("generation") + 1)
        guest.refresh_from_db(fields=["generation"])
        record("guests.guest.link_renewed", by=by, obj=guest)
    return guest


def send_link(guest: Guest, *, by: Actor) -> bool:
    """Write the link of her page to a guest's own address; False where there is none, or no letters are written.

    Whoever may send it need not see it.
    """
    require(by, "send", guest)
    return send_link_again(guest, by=by)


def send_link_again(guest: Guest, *, by: Actor) -> bool:
    """Write the present link to its owner, for somebody who has opened a former one of the same record."""
    one = person_recipient(
        guest.person, language=guest.language, context={"link": lambda lang: page_address(guest, lang)}
    )
    with recording():
        posted = post_notice(guest.edition, NoticeKey.GUEST_PAGE, [one], by=by) is not None
        if posted:
            record("guests.guest.link_sent", by=by, obj=guest)
    return posted
