from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.foundation import clock
from tests.programme.make import at, forget


@pytest.fixture(autouse=True)
def _no_programme_kept() -> Iterator[None]:
    """Row numbers start again with each test's database, so nothing may be left of the last one."""
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _before_the_summit() -> Iterator[None]:
    """Tests happen a month before the summit, unless they say otherwise."""
    with clock.frozen(at(9, day=-30).astimezone(dt.UTC)):
        yield
