"""Journeys that build a small summit of their own need no demo edition: an empty server is up at once, on another worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.conftest import served
from tests.journeys.pages import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An empty installation."""
    with served(tmp_path_factory, "serve") as running:
        yield running
