"""The chain of a call's steps: each hash covers the step and the hash before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summitry.calls.record.canonical import digest

GENESIS = "0" * 64


def step_hash(previous: str, number: int, kind: str, at: str, content: Mapping[str, Any]) -> str:
    """Return the hash of a step; `at` is its moment in UTC, ISO 8601 with microseconds."""
    return digest([previous, number, kind, at, dict(content)])
