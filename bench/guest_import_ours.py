"""One side of bench.guest_import, on a fresh database: `bare` inserts, `import` imports; prints its figures last."""

import json
import resource
import sys
import time
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from summitry.directory.actions.naming import (  # noqa: E402
    EntityNameGiven,
    create_entity,
    create_profile,
    set_entity_names,
)
from summitry.directory.models import Person  # noqa: E402
from summitry.editions.actions.edition import create_edition, create_summit  # noqa: E402
from summitry.editions.models import Edition  # noqa: E402
from summitry.foundation import clock  # noqa: E402
from summitry.foundation.access import system  # noqa: E402
from summitry.foundation.i18n import Text  # noqa: E402
from summitry.foundation.tables import Severity, read_table  # noqa: E402
from summitry.guests.actions.category import create_category  # noqa: E402
from summitry.guests.actions.importing import apply_import, guess_targets, plan_import  # noqa: E402
from summitry.guests.enums import Capacity  # noqa: E402
from summitry.guests.models import Category, Guest, Invitation  # noqa: E402

BENCH = system("bench")
_BATCH = 500


class Meter:
    """Wall and CPU time since it was made, the workbook's reader included, and the peak of this process's memory."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._spent()

    @staticmethod
    def _spent() -> float:
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + child.ru_utime + child.ru_stime

    def read(self, prefix: str = "") -> dict[str, float]:
        """Return the figures so far."""
        return {
            f"{prefix}seconds": time.perf_counter() - self._wall,
            f"{prefix}cpu": self._spent() - self._cpu,
            f"{prefix}peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def main(side: str, path: Path) -> None:
    """Measure one side."""
    call_command("migrate", verbosity=0)
    edition = seeded()
    figures = bare(edition, path) if side == "bare" else imported(edition, path)
    print(json.dumps(figures))


def seeded() -> Edition:
    """An edition with three categories and a stylebook of three names."""
    with transaction.atomic():
        profile = create_profile("bench", "Bench", by=BENCH)
        names = [
            EntityNameGiven(create_entity(code, by=BENCH), "en", name)
            for code, name in (("CN", "China"), ("FR", "France"), ("KE", "Kenya"))
        ]
        set_entity_names(profile, names, by=BENCH)
        today = clock.now().date()
        edition = create_edition(
            create_summit("bench", Text.of("Bench summit"), by=BENCH),
            "bench",
            by=BENCH,
            name=Text.of("Bench summit"),
            starts_on=today,
            ends_on=today,
            zone_name="UTC",
            languages=["en", "fr", "zh-hans"],
            naming_profile=profile,
        )
        for name in ("Delegate", "Speaker", "Media"):
            create_category(edition, by=BENCH, name=Text.of(name), capacity=Capacity.DELEGATE)
    return edition


def bare(edition: Edition, path: Path) -> dict[str, float]:
    """Read the file and insert a person and a guest for each row, whatever it says."""
    category = Category.objects.filter(edition=edition).first()
    meter = Meter()
    table = read_table(path.read_bytes(), path.name)
    with transaction.atomic():
        people = [
            Person(slug=f"p{row.number}", reference_name=str(row.cells[0]), email=str(row.cells[2]))
            for row in table.rows
        ]
        Person.objects.bulk_create(people, batch_size=_BATCH)
        guests = [Guest(edition=edition, person=person, category=category) for person in people]
        Guest.objects.bulk_create(guests, batch_size=_BATCH)
    return meter.read()


def imported(edition: Edition, path: Path) -> dict[str, float]:
    """Plan and import, and then do both again."""
    meter = Meter()
    table = read_table(path.read_bytes(), path.name)
    targets = guess_targets(table.columns)
    plan = plan_import(edition, table, targets, by=BENCH)
    figures = meter.read("plan_")
    apply_import(plan, by=BENCH)
    figures |= meter.read()
    figures["named"] = sum(problem.severity is Severity.ERROR for problem in plan.problems)
    figures |= {
        "guests": Guest.objects.count(),
        "people": Person.objects.count(),
        "invitations": Invitation.objects.count(),
    }
    del plan, table
    meter = Meter()
    table = read_table(path.read_bytes(), path.name)
    again = apply_import(plan_import(edition, table, targets, by=BENCH), by=BENCH)
    return {**figures, **meter.read("again_"), "again": again.guests}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
