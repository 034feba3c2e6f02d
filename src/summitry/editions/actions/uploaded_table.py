"""A table that somebody uploads to be imported: kept for the next steps, and read anew by each of them."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from summitry.foundation.errors import InvalidInput
from summitry.foundation.files.waiting import WaitingFile, keep_waiting, plain_name, waiting_file
from summitry.foundation.jobs import TrackedWork
from summitry.foundation.tables import TableReading, read_table

MB = 1_000_000


def megabytes(most: int) -> int:
    """Return how large a table may be in this installation, of `most` bytes at most, in megabytes."""
    return min(most, settings.UPLOAD_LIMIT) // MB


def keep_table(upload: UploadedFile[bytes], otherwise: str, most: int) -> WaitingFile:
    """Keep an uploaded table for the next steps; `otherwise` is its name where it has none.

    Raises InvalidInput where it is empty or too large.
    """
    limit = megabytes(most)
    if (upload.size or 0) > limit * MB:
        raise InvalidInput(_("The file is too large: at most %(limit)d MB."), limit=limit)
    data = upload.read()
    if not data:
        raise InvalidInput(_("The file is empty."))
    return keep_waiting(plain_name(upload.name, otherwise), data)


def waiting_table(work: TrackedWork, token: str, name: str) -> TableReading:
    """Read the table that waits under `token`, as the stage "read" of the work. Raises InvalidInput where it is gone."""
    waiting = waiting_file(token, name)
    if waiting is None:
        raise InvalidInput(_("The uploaded file is no longer there. Please upload it once more."))
    work.stage("read")
    return read_table(waiting.data, waiting.name)
