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
from summitry.programme.actions.exchange.reading import is_text_table
from summitry.programme.interchange.table.limits import MAX_ROWS

FOLDER = "waiting"
LONGEST_WAIT = dt.timedelta(days=1)
MB = 1_000_000
FILE_LIMIT = 50 * MB
TEXT_TABLE_LIMIT = 20 * MB
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """An upload: the secret under which it waits, what its sender called it, and its bytes."""

    token: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How large a file may be, in megabytes: any, and a table that is plain text; and how many rows a table has at most."""

    file: int
    text_table: int
    rows: int


def keep_upload(upload: UploadedFile[bytes]) -> WaitingFile:
    """Keep an upload for the next steps, and drop those of others that have waited for more than a day.

    Raises InvalidInput where it is empty, or too large for what it is. What kind of file it is, its reader finds out.
    """
    limits = upload_limits()
    name = PurePath(upload.name or "schedule").name[-120:]
    if (upload.size or 0) > limits.file * MB:
        raise InvalidInput(_("The file is too large: at most %(limit)d MB."), limit=limits.file)
    data = upload.read()
    if not data:
        raise InvalidInput(_("The file is empty."))
    if len(data) > limits.text_table * MB and is_text_table(data, name):
        raise InvalidInput(
            _("The table is too large: as CSV or TSV it can have at most %(limit)d MB."),
            limit=limits.text_table,
        )
    _drop_old()
    token = secrets.token_hex(16)
    default_storage.save(f"{FOLDER}/{token}", ContentFile(data))
    return WaitingFile(token, name, data)


def upload_limits() -> UploadLimits:
    """Return the limits of this installation."""
    file = min(FILE_LIMIT, settings.UPLOAD_LIMIT)
    return UploadLimits(file // MB, min(TEXT_TABLE_LIMIT, file) // MB, MAX_ROWS)


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
