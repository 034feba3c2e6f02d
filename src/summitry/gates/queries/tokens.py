"""Tokens: 80 random bits as sixteen characters that people can read aloud, and the digest by which devices know them."""

from __future__ import annotations

import hashlib
import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, which look like digits, and no U."""
LENGTH = 16
DIGEST_LENGTH = 16
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})
_TOKEN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH}}}")


def new_token(length: int = LENGTH) -> str:
    """Return a fresh token, five random bits a character."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def plain(text: str) -> str:
    """Return what was scanned or typed as a token is written: upper case, without gaps, look-alikes as digits."""
    return text.strip().upper().translate(_ALIKE)


def digest_of(token: str) -> str:
    """Return the digest of a token, or of whatever else was scanned: one code, one digest."""
    return hashlib.sha256(plain(token).encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


def is_token(text: str) -> bool:
    """Return whether `text` is written as our tokens are."""
    return _TOKEN.fullmatch(text) is not None


def is_digest(text: str) -> bool:
    """Return whether `text` is written as our digests are."""
    return _DIGEST.fullmatch(text) is not None


def spaced(token: str) -> str:
    """Return a token as it is printed: in groups of four."""
    return " ".join(token[start : start + 4] for start in range(0, len(token), 4))
