from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from summitry.foundation import clock
from tests.programme.make import at, forget


@pytest.fixture(autouse=True)
def _nothing_of_the_last_programme() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture(autouse=True)
def _on_the_morning() -> Iterator[None]:
    """Tests happen at half past eight on the first day, unless they say otherwise."""
    with clock.frozen(at(8, 30).astimezone(dt.UTC)):
        yield
