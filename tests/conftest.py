"""What all tests share: empty caches, a folder for files, and the folder of real schedules where it is present.

`python -m tests.postgres …` runs the same tests on a real PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped] # no annotations in it

# Playwright's synchronous driver keeps an event loop in the test's thread; Django's guard would refuse its queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from django.core.cache import cache
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from summitry.foundation.web.page_cache import pages

# The suite tries the same examples every time, so that it fails for a change and for nothing else. New examples are for
# those who look for them: HYPOTHESIS_PROFILE=explore. The second database is shown a few.
hypothesis_settings.register_profile(
    "same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("explore", deadline=None, max_examples=2000)
hypothesis_settings.register_profile("few", hypothesis_settings.get_profile("same"), max_examples=10)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# What is costly to start is started once: all tests of such a place run on one worker.
TOGETHER = (
    "tests/journeys/worlds/",
    "tests/journeys/",
    "tests/foundation/live/test_serving.py",
    "tests/architecture/test_packaging.py",
)


class ByPlace(LoadScopeScheduling):  # type: ignore[misc] # no annotations in it
    """Hands single tests to whichever worker is free, and each place of TOGETHER to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByPlace:
    """Let workers share the tests as ByPlace does."""
    return ByPlace(config, log)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real schedules beside the project; tests that need it skip where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("shared data folder is absent")
    return folder


@pytest.fixture(autouse=True)
def _nothing_kept(tmp_path: Path) -> Iterator[None]:
    """Each test starts with empty caches and a folder for files of its own."""
    pages.clear()
    cache.clear()
    # The override tells the storage as well, which remembers its folder; a request leaves its language behind.
    with override_settings(MEDIA_ROOT=tmp_path / "files"), translation.override("en"):
        yield
