"""Enter 2,500 tickets, a check-in list and a device into pretix, and print what scans them (see bench.checkin).

Runs in pretix's own environment; nothing of it is imported elsewhere. `verify SECRET` prints how often a ticket was let in.
"""

import datetime as dt
import json
import sys
from decimal import Decimal

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.utils.timezone import now  # noqa: E402
from django_scopes import scope, scopes_disabled  # type: ignore[import-not-found] # noqa: E402
from pretix.base.models import (  # type: ignore[import-not-found] # noqa: E402
    Checkin,
    Device,
    Event,
    Order,
    OrderPosition,
    Organizer,
)

TICKETS = 2500
CATEGORIES = ("Delegate", "Speaker", "Media", "Exhibitor", "Staff")
ORGANISATIONS = 300
TOKEN = "benchdevicetoken"


def main() -> None:
    """Seed, or verify."""
    if sys.argv[1:2] == ["verify"]:
        with scopes_disabled():
            print(Checkin.all.filter(position__secret=sys.argv[2], successful=True, type="entry").count())
        return
    with scopes_disabled(), transaction.atomic():
        organiser = Organizer.objects.create(name="Bench", slug="bench")
        event = Event.objects.create(
            organizer=organiser,
            name="Bench summit",
            slug="summit",
            currency="EUR",
            live=True,
            date_from=now() - dt.timedelta(days=1),
            date_to=now() + dt.timedelta(days=1),
            plugins="pretix.plugins.checkinlists",
        )
    with scope(organizer=organiser), transaction.atomic():
        event.settings.timezone = "UTC"
        items = [
            event.items.create(name=name, default_price=Decimal("0.00"), admission=True, personalized=True)
            for name in CATEGORIES
        ]
        event.quotas.create(name="all", size=None).items.add(*items)
        gate = event.checkin_lists.create(name="Main gate", all_products=True)
        Device.objects.create(
            organizer=organiser,
            all_events=True,
            name="gate",
            api_token=TOKEN,
            initialized=now(),
            security_profile="full",
        )
        channel = organiser.sales_channels.get(identifier="web")
        for number in range(TICKETS):
            order = Order.objects.create(
                event=event,
                email=f"a{number}@example.org",
                status=Order.STATUS_PAID,
                locale="en",
                datetime=now(),
                expires=now() + dt.timedelta(days=30),
                total=Decimal("0.00"),
                sales_channel=channel,
            )
            OrderPosition.objects.create(
                order=order,
                item=items[number % len(items)],
                price=Decimal("0.00"),
                attendee_name_parts={"_scheme": "full", "full_name": f"Guest Number {number}"},
                company=f"Organisation {number % ORGANISATIONS}",
            )
        secrets = list(OrderPosition.objects.order_by("pk").values_list("secret", flat=True))
    print(json.dumps({"list": gate.pk, "authorization": f"Device {TOKEN}", "tokens": secrets}))


if __name__ == "__main__":
    main()
