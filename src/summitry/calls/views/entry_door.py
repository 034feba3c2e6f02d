"""The doors of an entry's pages and of a member's confirmation, which their links open."""

from __future__ import annotations

from django.urls import reverse

from summitry.calls.actions.beginning import send_entry_link_again
from summitry.calls.queries.entry_links import OpenedEntry, OpenedMember, entry_by, member_by
from summitry.editions.views.by_link import LinkDoor

by_entry: LinkDoor[OpenedEntry] = LinkDoor(
    key="calls.entry",
    open=entry_by,
    edition=lambda found: found.entry.call.edition,
    is_current=lambda found: found.is_current,
    again=lambda _found, secret: reverse("entry:again", args=[secret]),
    closed="calls/entry/closed.html",
)
by_member: LinkDoor[OpenedMember] = LinkDoor(
    key="calls.member",
    open=member_by,
    edition=lambda found: found.member.entry.call.edition,
    is_current=lambda found: found.is_current,
    again=lambda _found, _secret: "",
    closed="calls/entry/closed.html",
)


@by_entry.sending_again
def send_again(found: OpenedEntry) -> None:
    """Have the present link written to the address we know."""
    send_entry_link_again(found.entry, email=found.entry.contact_email)
