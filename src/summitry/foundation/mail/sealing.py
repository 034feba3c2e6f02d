"""Secrets in letters: a link that only its recipient may open is sealed in the database, and opened as the letter leaves.

The stored words hold an address that leads nowhere in its place. Whoever reads the database, a copy of it or the outbox
finds nothing that opens anything; only the installation's key does. The same holds for mail that waits as a job.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from django.conf import settings

from summitry.foundation.mail.message import Message

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

WITHHELD = "https://…"
_PLACE = "https://sealed.invalid/{}/"
_PLACES = re.compile(r"https://sealed\.invalid/([a-z_]+)/")


class SealBroken(Exception):
    """The installation's key is not the one with which a letter was sealed."""


def place_of(key: str) -> str:
    """Return what stands in a stored letter where the secret `key` belongs; it survives every rendering as a link."""
    return _PLACE.format(key)


def seal(secrets: Mapping[str, str]) -> str:
    """Return secrets in a form that only this installation can read; nothing for no secrets."""
    return _box().encrypt(json.dumps(dict(secrets)).encode()).decode() if secrets else ""


def opened(words: str, sealed: str, *, is_html: bool = False) -> str:
    """Return stored words with the secrets in their places. Raises SealBroken."""
    if not sealed:
        return words
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - heavy: see _box

    try:
        secrets = json.loads(_box().decrypt(sealed.encode()))
    except InvalidToken as error:
        raise SealBroken from error

    def secret(match: re.Match[str]) -> str:
        found = secrets.get(match[1], match[0])
        return escape(found) if is_html else found

    return _PLACES.sub(secret, words)


def opened_message(message: Message, sealed: str) -> Message:
    """Return a stored message with the secrets in their places. Raises SealBroken."""
    return replace(
        message,
        subject=opened(message.subject, sealed),
        text=opened(message.text, sealed),
        html=opened(message.html, sealed, is_html=True),
    )


def withheld(words: str) -> str:
    """Return stored words as anybody but the recipient may read them."""
    return _PLACES.sub(WITHHELD, words)


def _box() -> Fernet:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - heavy: 9 MB that a process without sealed mail need not hold

    digest = hashlib.sha256(f"summitry.mail.seal:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
