"""A file of translations waits between its report and its import, privately, for a day at most."""

from __future__ import annotations

import datetime as dt
import re
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "waiting-translations"
LONGEST_WAIT = dt.timedelta(days=1)
_TOKEN = re.compile(r"[0-9a-f]{32}")


def keep_file(data: bytes) -> str:
    """Keep a file and return the secret under which it waits; those that have waited too long are dropped."""
    _drop_old()
    token = secrets.token_hex(16)
    default_storage.save(f"{FOLDER}/{token}", ContentFile(data))
    return token


def waiting_file(token: str) -> bytes | None:
    """Return the file that waits under `token`; None where it is gone."""
    path = f"{FOLDER}/{token}"
    if not _TOKEN.fullmatch(token) or not default_storage.exists(path):
        return None
    with default_storage.open(path, "rb") as file:
        data: bytes = file.read()
        return data


def forget_file(token: str) -> None:
    """Drop a file."""
    if _TOKEN.fullmatch(token):
        default_storage.delete(f"{FOLDER}/{token}")


def _drop_old() -> None:
    if not default_storage.exists(FOLDER):
        return
    oldest = timezone.now() - LONGEST_WAIT
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < oldest:
            default_storage.delete(path)
