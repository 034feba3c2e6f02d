"""All of these tests happen some weeks before the summit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.foundation import clock

NOW = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _before_the_summit() -> Iterator[None]:
    with clock.frozen(NOW):
        yield
