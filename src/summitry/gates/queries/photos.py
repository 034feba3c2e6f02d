"""The pictures on badges, small enough for the memory of a telephone."""

from __future__ import annotations

import io
from typing import NamedTuple

from django.core.cache import cache

from summitry.gates.models import RosterLine
from summitry.gates.queries.devices import DeviceFacts

WIDEST = 240


class Small(NamedTuple):
    """A picture made small."""

    data: bytes
    media_type: str


def photo_for(device: DeviceFacts, guest_id: int) -> Small | None:
    """Return the picture of a guest of whom the device's roster tells, or None."""
    lines = RosterLine.objects.filter(pk=guest_id, edition=device.edition, is_gone=False)
    line = lines.select_related("guest__photo").first()
    stored = line.guest.photo if line else None
    if stored is None:
        return None
    key = f"gates.photo.{stored.sha256}"
    kept: Small | None = cache.get(key)
    if kept is None:
        with stored.content.open("rb") as file:
            kept = _small(file.read())
        if kept is not None:
            cache.set(key, kept, 3600)
    return kept


def _small(data: bytes) -> Small | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy: needed where pictures are asked for

    try:
        with Image.open(io.BytesIO(data)) as source:
            picture = source.convert("RGB")
    except (UnidentifiedImageError, OSError):
        return None
    picture.thumbnail((WIDEST, WIDEST * 2))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80, optimize=True)
    return Small(out.getvalue(), "image/jpeg")
