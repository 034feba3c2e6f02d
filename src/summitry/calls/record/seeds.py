"""The seeds of a call: each draw has its own, which follows from one secret; its digest is published before, the secret after."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from summitry.calls.record.canonical import digest


def seed_digest(seed: str) -> str:
    """Return what the record says of a call's secret seed before it is revealed."""
    return digest(seed)


def derived_seed(seed: str, task: str, number: int, *, bits: int = 62) -> int:
    """Return the seed of one draw: the first `bits` bits of SHA-256 over the secret, what is drawn, and the round's number."""
    text = f"{seed}\x1f{task}\x1f{number}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()) >> (256 - bits)


def lot_seed(seed: str, keys: Sequence[int], places: int) -> str:
    """Return the seed of a lot: it follows from the secret and from who stands in the draw, and from nothing that is chosen."""
    text = digest([seed, "lottery", sorted(keys), places])
    return str(int(text, 16) >> 192)
