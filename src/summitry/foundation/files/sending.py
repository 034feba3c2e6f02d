"""Sending a private file to somebody of whom another room knows that she may have it."""

from __future__ import annotations

from django.http import FileResponse

from summitry.foundation.models import StoredFile


def sent(stored: StoredFile, *, is_shown: bool = False) -> FileResponse:
    """Send a file; it is offered for saving, and only a picture may be shown. No cache keeps it."""
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=not is_shown,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
