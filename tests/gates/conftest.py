from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from summitry.foundation import clock
from tests.gates.make import Grounds, make_grounds

MORNING = dt.datetime(2026, 11, 9, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _on_the_morning() -> Iterator[None]:
    """Tests happen at nine on the first day, unless they say otherwise."""
    with clock.frozen(MORNING.astimezone(dt.UTC)):
        yield


@pytest.fixture
def grounds() -> Grounds:
    return make_grounds()
