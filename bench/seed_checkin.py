"""Enter 2,500 accredited guests, a gate and its devices into Summitry, and print what scans them (see bench.checkin).

Runs with Summitry's settings in a process of its own.
"""

import json
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from summitry.directory.actions.organisation import NewOrganisation, create_organisations  # noqa: E402
from summitry.directory.actions.person import NewPerson, create_people  # noqa: E402
from summitry.editions.actions.edition import create_edition, create_summit  # noqa: E402
from summitry.foundation import clock  # noqa: E402
from summitry.foundation.access import system  # noqa: E402
from summitry.foundation.i18n import Text  # noqa: E402
from summitry.gates.actions.access import create_rule  # noqa: E402
from summitry.gates.actions.credentials import issue_many  # noqa: E402
from summitry.gates.actions.devices import enrol, invite_device  # noqa: E402
from summitry.gates.actions.zones import create_gate, create_zone  # noqa: E402
from summitry.gates.enums import Again, GateKind  # noqa: E402
from summitry.gates.models import Credential  # noqa: E402
from summitry.guests.actions.category import create_category  # noqa: E402
from summitry.guests.actions.delegation import NewDelegation, create_delegation  # noqa: E402
from summitry.guests.actions.guest import NewGuest, add_guests  # noqa: E402
from summitry.guests.enums import Capacity, GuestState  # noqa: E402

GUESTS = 2500
GATES = 16
CATEGORIES = ("Delegate", "Speaker", "Media", "Exhibitor", "Staff")
ORGANISATIONS = 300
BENCH = system("bench")


def main() -> None:
    """Seed and print."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        today = clock.now().date()
        edition = create_edition(
            create_summit("gates", Text.of("Bench summit"), by=BENCH),
            "gates",
            by=BENCH,
            name=Text.of("Bench summit"),
            starts_on=today - timedelta(days=1),
            ends_on=today + timedelta(days=1),
            zone_name="UTC",
            languages=["en", "zh-hans", "fr", "es", "ru", "ar"],
        )
        categories = [
            create_category(edition, by=BENCH, name=Text.of(name), capacity=Capacity.DELEGATE)
            for name in CATEGORIES
        ]
        organisations = create_organisations(
            [NewOrganisation(name=Text.of(f"Organisation {number}")) for number in range(ORGANISATIONS)],
            by=BENCH,
        )
        delegations = [
            create_delegation(edition, NewDelegation(organisation=one), by=BENCH) for one in organisations
        ]
        people = create_people(
            [NewPerson(reference_name=f"Guest Number {number}") for number in range(GUESTS)], by=BENCH
        )
        guests = add_guests(
            edition,
            [
                NewGuest(
                    person,
                    categories[at % len(categories)],
                    {"state": GuestState.CONFIRMED, "delegation": delegations[at % ORGANISATIONS]},
                )
                for at, person in enumerate(people)
            ],
            by=BENCH,
        )
        venue = create_zone(edition, by=BENCH, name=Text.of("Venue"), again=Again.AFTER_EXIT)
        create_rule(venue, by=BENCH)
        gates = [
            create_gate(venue, by=BENCH, name=f"Gate {number}", kind=GateKind.GATE) for number in range(GATES)
        ]
        issue_many(guests, by=BENCH)
    devices = []
    for gate in gates:
        device, code = invite_device(gate, gate.name, by=BENCH)
        devices.append({"gate": gate.pk, "authorization": f"Device {device.pk}.{enrol(code).key}"})
    tokens = list(Credential.objects.filter(edition=edition).order_by("pk").values_list("token", flat=True))
    print(json.dumps({"devices": devices, "tokens": tokens}))


if __name__ == "__main__":
    main()
