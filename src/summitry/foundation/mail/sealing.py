"""Secrets in letters: a link that only its recipient may open is sealed in the database, and opened as the letter leaves.

The stored words hold an address that leads nowhere in its place. Whoever reads the database, a copy of it or the outbox
finds nothing that opens anything; only the installation's key does. The same holds for mail that waits as a job.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape

from summitry.foundation import sealing
from summitry.foundation.mail.message import Message

_USE = "mail"
WITHHELD = "https://…"
_PLACE = "https://sealed.invalid/{}/"
_PLACES = re.compile(r"https://sealed\.invalid/([a-z_]+)/")


def place_of(key: str) -> str:
    """Return what stands in a stored letter where the secret `key` belongs; it survives every rendering as a link."""
    return _PLACE.format(key)


def seal(secrets: Mapping[str, str]) -> str:
    """Return secrets in a form that only this installation can read; nothing for no secrets."""
    return sealing.seal(json.dumps(dict(secrets)), _USE) if secrets else ""


def opened(words: str, sealed: str, *, is_html: bool = False) -> str:
    """Return stored words with the secrets in their places. Raises SealBroken."""
    if not sealed:
        return words
    secrets = json.loads(sealing.unseal(sealed, _USE))

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
