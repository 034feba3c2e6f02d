"""The chain of a call's steps: each hash covers the digest of the step's content, and the hash before it.

So the chain can be checked by whoever gets only the digest of a step: the public does, of steps about people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summitry.calls.record.canonical import digest

GENESIS = "0" * 64
ABOUT_JURORS = frozenset({"juror", "conflict", "recusal", "review", "ballot", "revealed", "tally"})
"""Kinds of steps that speak of jurors by their ids; of the other kinds those that name one."""


def step_hash(previous: str, number: int, kind: str, at: str, content: Mapping[str, Any]) -> str:
    """Return the hash of a step; `at` is its moment in UTC, ISO 8601 with microseconds."""
    return sealed_hash(previous, number, kind, at, digest(dict(content)))


def sealed_hash(previous: str, number: int, kind: str, at: str, content_digest: str) -> str:
    """Return the hash of a step of whose content only the digest is known."""
    return digest([previous, number, kind, at, content_digest])


def is_about_people(kind: str, content: Mapping[str, Any]) -> bool:
    """Return whether a step speaks of single jurors: the public gets its digest, under a salt that is part of the content."""
    return kind in ABOUT_JURORS or "juror" in content


def words_digest(words: str, salt: str) -> str:
    """Return what a step says of words that are kept beside it; the salt, in hexadecimal, is as long as the digest."""
    return digest({"words": words, "salt": salt})
