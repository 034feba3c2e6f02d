"""Commit, then reveal: a hash fixes each ballot before any is shown, and afterwards everybody can check it.

A hash commitment as in Blum, Coin flipping by telephone (1981), with SHA-256 (FIPS 180-4). What is hashed is text, so that a
browser or a shell can repeat it: the line `summitry ballot 1`, the salt in lower-case hexadecimal on a line of its own, and
the ballot's bytes. Salts are secret until the reveal and never used twice; they hide a ballot that could be guessed. The
ballot must itself say whose it is and in which final, else it could be copied.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHORTEST_SALT = 16
_HEADING = b"summitry ballot 1\n"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a reveal shows: who has opened a ballot as committed, who has not come, and whose ballot is another one."""

    opened: tuple[int, ...]
    missing: tuple[int, ...]
    false: tuple[int, ...]


def canonical(value: Any) -> bytes:
    """Return JSON in one form: members sorted, no blanks, UTF-8. Raises ValueError or TypeError for what is not JSON.

    For values without floats (whose digits differ between languages) this is the form of RFC 8785.
    """
    return json.dumps(
        value, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()


def commitment(ballot: bytes, salt: bytes) -> str:
    """Return the commitment to these bytes in hexadecimal. Raises ValueError for a salt of less than 16 bytes."""
    if len(salt) < SHORTEST_SALT:
        raise ValueError(f"The salt has {len(salt)} bytes; it needs {SHORTEST_SALT}.")
    return hashlib.sha256(_HEADING + salt.hex().encode("ascii") + b"\n" + ballot).hexdigest()


def check(committed: str, ballot: bytes, salt: bytes) -> bool:
    """Whether the ballot and the salt are those committed to."""
    if len(salt) < SHORTEST_SALT:
        return False
    return hmac.compare_digest(commitment(ballot, salt).encode(), committed.lower().encode())


def reveal(commitments: Mapping[int, str], revealed: Mapping[int, tuple[bytes, bytes]]) -> Opening:
    """Compare ballots and salts with the commitments, both by juror. A ballot without a commitment is false."""
    jurors = sorted(commitments.keys() | revealed.keys())
    opened, missing, false = [], [], []
    for juror in jurors:
        if juror not in revealed:
            missing.append(juror)
        elif juror in commitments and check(commitments[juror], *revealed[juror]):
            opened.append(juror)
        else:
            false.append(juror)
    return Opening(tuple(opened), tuple(missing), tuple(false))
