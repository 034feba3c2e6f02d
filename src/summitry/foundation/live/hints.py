"""A hint, and how it travels: to browsers as a server-sent event, between processes as one short message."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

TOPIC = re.compile(r"[a-z0-9_.-]{1,80}(?::[a-z0-9_.-]{1,80}){0,4}")


@dataclass(frozen=True)
class Hint:
    """That something of `kind` happened on `topic`; `data` are ids at most, for pages that fetch only a part."""

    topic: str
    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def frame(self) -> bytes:
        """The hint as browsers get it, encoded once for all of them."""
        body = json.dumps({**self.data, "topic": self.topic, "kind": self.kind}, cls=DjangoJSONEncoder)
        return f"data: {body}\n\n".encode()

    @cached_property
    def packed(self) -> bytes:
        """The hint as it travels between processes."""
        return json.dumps([self.topic, self.kind, self.data], cls=DjangoJSONEncoder).encode()


RESYNC = Hint("", "resync")
"""Something may have been missed: every page that listens to anything fetches its state again."""


def unpacked(message: bytes) -> Hint:
    """Return the hint that was packed into `message`. Raises ValueError for anything else."""
    try:
        topic, kind, data = json.loads(message)
    except TypeError as error:
        raise ValueError("not a hint") from error
    if not (isinstance(topic, str) and isinstance(kind, str) and isinstance(data, dict)):
        raise ValueError("not a hint")  # noqa: TRY004 - one error for whatever is not ours
    return Hint(topic, kind, data)
