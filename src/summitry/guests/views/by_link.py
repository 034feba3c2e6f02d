"""The door of a guest's own pages, which her link opens."""

from __future__ import annotations

from django.urls import reverse

from summitry.editions.views.by_link import LinkDoor, once_an_hour
from summitry.guests.actions.links import send_link_again
from summitry.guests.queries.guest_links import Opened, opened_by

by_link: LinkDoor[Opened] = LinkDoor(
    key="guests",
    open=opened_by,
    edition=lambda found: found.guest.edition,
    is_current=lambda found: found.is_current,
    again=lambda _found, secret: reverse("guest:again", args=[secret]),
    closed="guests/page/closed.html",
)


@by_link.sending_again
def send_again(found: Opened) -> None:
    """Have the present link written to the address we know; once an hour."""
    if once_an_hour(f"guests.again.{found.guest.pk}"):
        send_link_again(found.guest, by=found.actor)
