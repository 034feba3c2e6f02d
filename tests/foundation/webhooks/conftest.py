"""A receiver on the loopback interface, and leave to send there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.foundation.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with override_settings(WEBHOOK_TARGETS="any"), receiving() as running:
        yield running
