"""`summitry export-record`: it asks the database, which `summitry verify` does not."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rich.console import Console

from summitry.calls.models import Call
from summitry.calls.queries.record_export import record_parts
from summitry.calls.record.lines import Grade, written
from summitry.foundation.access import system

DONE, REFUSED = 0, 1
ACTOR = system("command line")


def export_record(
    edition: str, call: str, path: Path, *, grade: str = Grade.AUDITOR, stderr: Console | None = None
) -> int:
    """Write the record of a call to `path`, whole or not at all. Returns 0 where it is done, 1 where there is no such call."""
    err = stderr or Console(stderr=True, soft_wrap=True)
    found = Call.objects.filter(edition__slug=edition, slug=call).select_related("edition").first()
    if found is None:
        err.print(f"There is no call {call} in the edition {edition}.", markup=False, highlight=False)
        return REFUSED
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as made:
            for line in written(record_parts(found, Grade(grade), ACTOR)):
                made.write(line)
        Path(made.name).replace(path)
    except OSError as error:
        err.print(f"{path}: {os.strerror(error.errno or 0)}.", markup=False, highlight=False)
        return REFUSED
    return DONE
