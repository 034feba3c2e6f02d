from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.programme.make import forget


@pytest.fixture(autouse=True)
def _no_programme_kept() -> Iterator[None]:
    """Row numbers start again with each test's database, so nothing may be left of the last one."""
    forget()
    yield
    forget()
