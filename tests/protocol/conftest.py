from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.foundation import clock
from tests.protocol.make import House, at, make_house


@pytest.fixture(autouse=True)
def _before_the_summit() -> Iterator[None]:
    """Tests happen a month before the summit, unless they say otherwise."""
    with clock.frozen(at(9, day=-30).astimezone(dt.UTC)):
        yield


@pytest.fixture
def house(db: None) -> House:
    return make_house()
