"""Canonical JSON and its digest: the same value gives the same bytes everywhere (RFC 8785 in what we use of JSON)."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any


def canonical(value: Any) -> bytes:
    """Return the one text of a JSON value: keys in order, no spaces, UTF-8. Raises ValueError for NaN and infinity."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def packed(value: Any) -> bytes:
    """Return the canonical text, compressed."""
    return zlib.compress(canonical(value), 6)


def unpacked(data: bytes) -> Any:
    """Return the value of what `packed` made; None of nothing."""
    return json.loads(zlib.decompress(data)) if data else None
