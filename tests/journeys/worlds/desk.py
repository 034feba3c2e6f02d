"""An edition with a desk, a gate and many guests, beside the demo edition of a running server.

`python -m tests.journeys.worlds.desk build 2500` writes it into the database that the environment names, and prints codes and tokens.
`revoke <guest> …` revokes badges there; `again` gives the second device a new code, `shut` shuts it out.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

import django

django.setup()

from summitry.directory.models import Person, PersonName  # noqa: E402 - needs Django set up
from summitry.editions.models import Edition  # noqa: E402 - needs Django set up
from summitry.foundation import clock  # noqa: E402 - needs Django set up
from summitry.foundation.i18n import Text  # noqa: E402 - needs Django set up
from summitry.gates.actions.credentials import issue_many, revoke  # noqa: E402 - needs Django set up
from summitry.gates.actions.devices import invite_again, invite_device, revoke_device  # noqa: E402 - needs Django set up
from summitry.gates.models import Credential, Device  # noqa: E402 - needs Django set up
from summitry.guests.models import Category, Guest  # noqa: E402 - needs Django set up
from tests.editions.make import make_edition, make_summit  # noqa: E402 - needs Django set up
from tests.gates.make import SYSTEM, make_gate, make_rule, make_zone  # noqa: E402 - needs Django set up
from tests.guests.make import make_category  # noqa: E402 - needs Django set up

SLUG = "desk-journey"
NAMED = ("Leïla Benslimane", "陈思涵", "Анна Кузнецова", "يوسف حداد", "Thabo Mokoena")
CLOSED = 20
ENDED = 10


def build(count: int) -> dict[str, Any]:
    """Make `count` accredited guests. The last `CLOSED` may not enter; the `ENDED` before them have revoked badges."""

    today = clock.now().date()
    edition = make_edition(
        SLUG,
        make_summit(slug="desk-journey"),
        name=Text.of("Desk journey"),
        starts_on=today - dt.timedelta(days=1),
        ends_on=today + dt.timedelta(days=1),
        is_public=False,
    )
    open_, closed = (make_category(edition, title, counts=True) for title in ("Delegate", "Online guest"))
    zone = make_zone(edition, "Venue")
    make_rule(zone, open_)
    gates = [make_gate(zone, "Main gate"), make_gate(zone, "Registration desk", kind="desk")]
    guests = _guests(edition, open_, closed, count)
    issue_many(guests, by=SYSTEM)
    tokens = dict(Credential.objects.filter(edition=edition).values_list("guest_id", "token"))
    for guest in guests[-CLOSED - ENDED : -CLOSED]:
        revoke(guest, by=SYSTEM, reason="lost")
    codes = [invite_device(gate, f"Tablet {place}", by=SYSTEM)[1] for place, gate in enumerate(gates, 1)]
    return {
        "edition": edition.pk,
        "codes": codes,
        "guests": [[guest.pk, guest.person.reference_name, tokens[guest.pk]] for guest in guests],
    }


def revoke_all(ids: list[int]) -> None:
    """Revoke the accreditation's badges of some guests."""

    for guest in Guest.objects.filter(pk__in=ids).select_related("edition"):
        revoke(guest, by=SYSTEM, reason="withdrawn")


def second_device(word: str) -> str:
    """Give the second device a new code and return it, or shut it out."""

    device = Device.objects.filter(edition__slug=SLUG).order_by("-pk")[0]
    if word == "again":
        return invite_again(device, by=SYSTEM)
    revoke_device(device, by=SYSTEM)
    return ""


def _guests(edition: Edition, open_: Category, closed: Category, count: int) -> list[Guest]:

    names = [*NAMED, *(f"Guest Number {place:04}" for place in range(len(NAMED), count))]
    people = Person.objects.bulk_create(
        [Person(slug=f"desk-journey-{place}", reference_name=name) for place, name in enumerate(names)],
        batch_size=500,
    )
    langs = {"陈思涵": "zh-hans", "Анна Кузнецова": "ru", "يوسف حداد": "ar"}
    PersonName.objects.bulk_create(
        [
            PersonName(person=one, lang=langs.get(one.reference_name, "en"), text=one.reference_name)
            for one in people
        ],
        batch_size=500,
    )
    notes = {"Thabo Mokoena": "The escort waits at gate B."}
    return Guest.objects.bulk_create(
        [
            Guest(
                edition=edition,
                person=person,
                category=closed if place >= count - CLOSED else open_,
                state="confirmed",
                deskword=notes.get(person.reference_name, ""),
            )
            for place, person in enumerate(people)
        ],
        batch_size=500,
    )


def main() -> None:
    """Run from a command line."""
    if sys.argv[1] == "revoke":
        revoke_all([int(pk) for pk in sys.argv[2:]])
    elif sys.argv[1] in {"again", "shut"}:
        sys.stdout.write(second_device(sys.argv[1]))
    else:
        sys.stdout.write(json.dumps(build(int(sys.argv[2]))))


if __name__ == "__main__":
    main()
