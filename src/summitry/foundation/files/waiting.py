"""Uploads that wait, privately, between the steps of a piece of work; nobody has to tidy up after anybody."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "waiting"
LONGEST_WAIT = dt.timedelta(days=1)
LONGEST_NAME = 120
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """An upload: the secret under which it waits, what its sender called it, and its bytes."""

    token: str
    name: str
    data: bytes


def plain_name(name: str | None, otherwise: str) -> str:
    """Return the end of a file's name as its sender gave it, without any folder."""
    return PurePath(name or otherwise).name[-LONGEST_NAME:]


def keep_waiting(name: str, data: bytes) -> WaitingFile:
    """Keep a file for the next steps, and drop those of others that have waited for more than a day."""
    _drop_old()
    token = secrets.token_hex(16)
    default_storage.save(f"{FOLDER}/{token}", ContentFile(data))
    return WaitingFile(token, name, data)


def is_waiting(token: str) -> bool:
    """Return whether an upload waits under `token`."""
    return bool(_TOKEN.fullmatch(token)) and default_storage.exists(f"{FOLDER}/{token}")


def waiting_file(token: str, name: str) -> WaitingFile | None:
    """Return the upload that waits under `token`; None where it is gone."""
    if not is_waiting(token):
        return None
    with default_storage.open(f"{FOLDER}/{token}", "rb") as file:
        return WaitingFile(token, name, file.read())


def forget_upload(token: str) -> None:
    """Drop an upload."""
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
