"""Uploaded schedules between the steps of an import: how large they may be, and keeping them."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput
from summitry.foundation.files.waiting import WaitingFile, keep_waiting, plain_name
from summitry.foundation.tables.limits import MAX_ROWS
from summitry.programme.actions.exchange.reading import is_text_table

MB = 1_000_000
FILE_LIMIT = 50 * MB
TEXT_TABLE_LIMIT = 20 * MB


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
    name = plain_name(upload.name, "schedule")
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
    return keep_waiting(name, data)


def upload_limits() -> UploadLimits:
    """Return the limits of this installation."""
    file = min(FILE_LIMIT, settings.UPLOAD_LIMIT)
    return UploadLimits(file // MB, min(TEXT_TABLE_LIMIT, file) // MB, MAX_ROWS)
