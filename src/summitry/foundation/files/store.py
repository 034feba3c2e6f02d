"""Taking in a file: what it is decides, not what it is called."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput
from summitry.foundation.models import StoredFile

if TYPE_CHECKING:
    from summitry.foundation.files.image import Picture

IMAGES = ("image/jpeg", "image/png", "image/webp")
_TEXTUAL = {".csv": "text/csv", ".json": "application/json", ".xml": "application/xml", ".txt": "text/plain"}
_EQUIVALENT = {"text/xml": "application/xml", "image/jpg": "image/jpeg"}
_EDGE = 4096
_UNSAFE = re.compile(r"[^\w.\- ()]+")


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a file is for: the media types it may have and its size limit in bytes (0 for the installation's limit)."""

    key: str
    media_types: tuple[str, ...]
    limit: int = 0


PORTRAIT = Purpose("portrait", IMAGES, 15_000_000)


def sniffed_type(data: bytes, name: str) -> str:
    """Return the media type that the bytes themselves show; "application/octet-stream" where they show none.

    Only text without a signature (CSV, JSON, XML) is believed by its name, after it proved to be text.
    """
    import puremagic  # noqa: PLC0415 - heavy: its table of signatures is needed for uploads only

    suffix = PurePath(name).suffix.lower()
    try:
        matches = puremagic.magic_string(data[:4096] + data[-4096:], filename=name)
        by_content = [match for match in matches if match.byte_match]
    except (puremagic.PureError, ValueError):
        by_content = []
    for match in by_content:
        if match.mime_type and (match.extension == suffix or match.mime_type.startswith("image/")):
            return str(_EQUIVALENT.get(match.mime_type, match.mime_type))
    if by_content and by_content[0].mime_type and suffix not in _TEXTUAL:
        return str(_EQUIVALENT.get(by_content[0].mime_type, by_content[0].mime_type))
    if suffix in _TEXTUAL and b"\x00" not in data[:4096]:
        return _TEXTUAL[suffix]
    return "application/octet-stream"


def store_file(
    upload: UploadedFile[bytes] | ContentFile[bytes],
    purpose: Purpose,
    *,
    by: Actor,
    edition_id: int | None = None,
) -> StoredFile:
    """Check and keep an uploaded file, private, and return its record.

    Raises InvalidInput where it is empty, too large, or not of a type that `purpose` allows.
    """
    limit = purpose.limit or settings.UPLOAD_LIMIT
    name = _UNSAFE.sub("_", PurePath(upload.name or "file").name)[-150:].lstrip(".") or "file"
    if (upload.size or 0) > limit:
        raise InvalidInput(_("The file is too large: at most %(limit)d MB."), limit=limit // 1_000_000)
    if not upload.size:
        raise InvalidInput(_("The file is empty."))
    media_type = sniffed_type(_edges(upload), name)
    if media_type not in purpose.media_types:
        raise InvalidInput(_("A file of the type %(type)s cannot be used here."), type=media_type)
    picture = _rewritten(upload.read(), media_type) if media_type in IMAGES else None
    content: File[bytes] = ContentFile(picture.data) if picture else upload
    sha256 = _sha256(content)
    stored = StoredFile(
        name=name,
        media_type=media_type,
        size=content.size,
        sha256=sha256,
        width=picture.width if picture else None,
        height=picture.height if picture else None,
        credit=picture.credit if picture else {},
        owner_id=by.account_id,
        edition_id=edition_id,
        created_at=clock.now(),
    )
    stored.content.save(f"{stored.public_id}{PurePath(name).suffix.lower()}", content, save=False)
    with recording():
        stored.save()
        record("foundation.file.stored", by=by, obj=stored, purpose=purpose.key, size=stored.size)
    return stored


def _edges(upload: File[bytes]) -> bytes:
    """Return the beginning and the end, which show what a file is; a film need not be in memory for that."""
    upload.seek(0)
    head: bytes = upload.read(_EDGE)
    upload.seek(max(upload.size - _EDGE, len(head)))
    tail: bytes = upload.read(_EDGE)
    upload.seek(0)
    return head + tail


def _sha256(content: File[bytes]) -> str:
    sha = hashlib.sha256()
    for chunk in content.chunks():
        sha.update(chunk)
    content.seek(0)
    return sha.hexdigest()


def _rewritten(data: bytes, media_type: str) -> Picture:
    from summitry.foundation.files.image import rewritten  # noqa: PLC0415 - heavy: only taking in pictures needs Pillow

    return rewritten(data, media_type)
