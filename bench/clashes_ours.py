"""Find what clashes in our draft of the synthetic summit, and print the CPU time (see bench.clashes)."""

import json
from statistics import median
from time import process_time

import django

from bench.ours import EDITION

django.setup()

from summitry.algorithms.clashes import find_clashes  # noqa: E402
from summitry.programme.models import Version  # noqa: E402
from summitry.programme.queries.clash_lines import clashes_of  # noqa: E402
from tests.algorithms.clashes.plans import summit  # noqa: E402

REPEATS = 5


def main() -> None:
    """Measure a few times after one that warms up."""
    draft = Version.objects.select_related("edition").get(edition__slug=EDITION, number=None)
    clashes_of(draft, "en")
    spent = []
    for _ in range(REPEATS):
        draft = Version.objects.select_related("edition").get(pk=draft.pk)
        started = process_time()
        clashes_of(draft, "en")
        spent.append(process_time() - started)
    plan, alone = summit(), []
    for _ in range(REPEATS):
        started = process_time()
        found = find_clashes(plan)
        alone.append(process_time() - started)
    print(
        json.dumps(
            {"milliseconds": median(spent) * 1000, "alone": median(alone) * 1000, "clashes": len(found)}
        )
    )


if __name__ == "__main__":
    main()
