"""Uploaded schedules that wait, privately, between the steps of an import; nobody has to tidy up after anybody."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput

FOLDER = "waiting"
LONGEST_WAIT = dt.timedelta(days=1)
LIMIT = 50_000_000
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """An upload: the secret under which it waits, what its sender called it, and its bytes."""

    token: str
    name: str
    data: bytes


def keep_upload(upload: UploadedFile[bytes]) -> WaitingFile:
    """Keep an upload for the next steps, and drop those of others that have waited for more than a day.

    Raises InvalidInput where it is empty or too large. What kind of file it is, its reader finds out.
    """
    limit = min(LIMIT, settings.UPLOAD_LIMIT)
    if (upload.size or 0) > limit:
        raise InvalidInput(_("The file is too large: at most %(limit)d MB."), limit=limit // 1_000_000)
    data = upload.read()
    if not data:
        raise InvalidInput(_("The file is empty."))
    _drop_old()
    token = secrets.token_hex(16)
    default_storage.save(f"{FOLDER}/{token}", ContentFile(data))
    return WaitingFile(token, PurePath(upload.name or "schedule").name[-120:], data)


def waiting_file(token: str, name: str) -> WaitingFile | None:
    """Return the upload that waits under `token`; None where it is gone."""
    path = f"{FOLDER}/{token}"
    if not _TOKEN.fullmatch(token) or not default_storage.exists(path):
        return None
    with default_storage.open(path, "rb") as file:
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
