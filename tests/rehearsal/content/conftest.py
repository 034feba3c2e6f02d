"""The plan at full size, built once."""

import pytest

from summitry.rehearsal.content import SummitPlan, build_summit


@pytest.fixture(scope="session")
def plan() -> SummitPlan:
    return build_summit()
