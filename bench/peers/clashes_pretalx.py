"""Compute pretalx's warnings of its draft schedule, and print the CPU time. Runs in pretalx's environment (see bench.clashes)."""

import json
from statistics import median
from time import process_time

import django

django.setup()

from django_scopes import scope, scopes_disabled  # type: ignore[import-not-found]  # noqa: E402
from pretalx.event.models import Event  # type: ignore[import-not-found]  # noqa: E402

EVENT = "summit"
REPEATS = 3


def main() -> None:
    """Measure a few times after one that warms up; the event is read anew each time, since it keeps what it has read."""
    spent = []
    for number in range(REPEATS + 1):
        with scopes_disabled():
            event = Event.objects.get(slug=EVENT)
        with scope(event=event):
            schedule = event.wip_schedule
            started = process_time()
            schedule.get_all_talk_warnings()
            if number:
                spent.append(process_time() - started)
    print(json.dumps({"milliseconds": median(spent) * 1000}))


if __name__ == "__main__":
    main()
