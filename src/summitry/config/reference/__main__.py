"""The command: `python -m summitry.config.reference FOLDER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import django


def main(arguments: Sequence[str]) -> int:
    """Write the pages into the folder given; return 2 without one."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m summitry.config.reference FOLDER\n")
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "summitry.config.settings")
    django.setup()
    from summitry.config.reference import pages  # noqa: PLC0415 - reads models, which exist only after setup

    changed = pages.write(Path(arguments[0]))
    sys.stdout.write(
        "".join(f"wrote {path}\n" for path in changed) or "The reference pages are up to date.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
