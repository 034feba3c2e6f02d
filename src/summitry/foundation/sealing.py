"""Sealed text: encrypted in the database, opened only with the installation's key.

Whoever reads the database, a copy of it or a backup finds nothing. What is sealed for one use cannot be opened for another.
Encryption is Fernet (AES-128 in CBC mode with HMAC-SHA256).
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class SealBroken(Exception):
    """The installation's key is not the one with which something was sealed, or the sealed text was changed."""


def seal(text: str, use: str) -> str:
    """Return `text` sealed for `use`; nothing for nothing."""
    return _box(use).encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str, use: str) -> str:
    """Return what was sealed for `use`; nothing for nothing. Raises SealBroken."""
    if not sealed:
        return ""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - heavy: see _box

    try:
        return _box(use).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def _box(use: str) -> Fernet:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - heavy: 9 MB that a process without sealed text need not hold

    digest = hashlib.sha256(f"summitry.{use}.seal:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
