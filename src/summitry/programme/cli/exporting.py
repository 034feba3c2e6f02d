"""`summitry export-schedule`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from summitry.editions.models import Edition
from summitry.foundation.access import system
from summitry.programme.cli.report import refused, say, waiting
from summitry.programme.queries.export_formats import FORMATS
from summitry.programme.queries.export_rows import latest_version, schedule_rows

DONE = 0
STANDARD_OUTPUT = "-"
ACTOR = system("command line")


def export_schedule(
    edition_slug: str,
    format_key: str,
    output: Path,
    *,
    stdout: Console | None = None,
    stderr: Console | None = None,
) -> int:
    """Write the published schedule of an edition to the file `output`, which appears whole or not at all.

    `-` is standard output. Returns 0 where it is done, 1 where it was refused.
    """
    out, err = stdout or Console(), stderr or Console(stderr=True)
    edition = Edition.objects.filter(slug=edition_slug).first()
    if edition is None:
        return refused(err, f"There is no edition “{edition_slug}”.")
    version = latest_version(edition, ACTOR)
    if version is None:
        return refused(err, f"Nothing of the schedule of {edition_slug} is published yet.")
    with waiting(err, "Writing …"):
        data = FORMATS[format_key].write(schedule_rows(edition, actor=ACTOR, version=version), "")
    if str(output) == STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        return DONE
    try:
        _write(output, data)
    except OSError as error:
        return refused(err, f"{output} cannot be written: {error.strerror}.")
    size = f"{len(data):,} bytes"
    say(out, f"Wrote version {version.number} of {edition_slug} to {output}, {size}.")
    return DONE


def _write(output: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=output.absolute().parent, prefix=".export-")
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        partial.chmod(0o666 & ~mask)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
