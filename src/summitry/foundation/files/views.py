"""The door to stored files."""

from __future__ import annotations

import uuid

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from summitry.foundation.access import visible
from summitry.foundation.errors import NotFound
from summitry.foundation.files.store import IMAGES
from summitry.foundation.models import StoredFile
from summitry.foundation.web.actor import actor_of


@require_safe
def stored_file(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    """Send a file to whoever may have it; anything but a picture is offered for saving, never shown."""
    stored = visible(actor_of(request), StoredFile.objects.filter(public_id=public_id)).first()
    if stored is None:
        raise NotFound
    response = FileResponse(
        stored.content.open("rb"),
        as_attachment=stored.media_type not in IMAGES,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = (
        "public, max-age=86400, immutable" if stored.is_public else "private, no-store"
    )
    return response
