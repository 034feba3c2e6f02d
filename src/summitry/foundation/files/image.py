"""Pictures are decoded and written anew: hostile payloads and positions go, credit and caption stay."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from summitry.foundation.errors import InvalidInput

MAX_PIXELS = 60_000_000
_KEPT_EXIF = (ExifTags.Base.Artist, ExifTags.Base.Copyright, ExifTags.Base.ImageDescription)
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew, with its size in pixels and the credit found in it (artist, copyright, description)."""

    data: bytes
    width: int
    height: int
    credit: dict[str, str] = field(default_factory=dict)


def rewritten(data: bytes, media_type: str) -> Picture:
    """Decode `data` and encode it again in the same format, upright, with credit metadata (EXIF and XMP) only.

    Raises InvalidInput where it is no picture, is damaged, or has more than 60 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as source:
                if source.width * source.height > MAX_PIXELS:
                    raise InvalidInput(_("The picture is too large: at most 60 million pixels."))
                return _encoded(source, media_type)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InvalidInput(_("The picture is damaged or not a picture.")) from error


def _encoded(source: Image.Image, media_type: str) -> Picture:
    exif = source.getexif()
    kept = Image.Exif()
    credit = {}
    for tag in _KEPT_EXIF:
        value = exif.get(tag)
        if value:
            kept[tag] = value
            credit[tag.name.lower()] = str(value)
    xmp: Any = source.info.get("xmp")
    upright = ImageOps.exif_transpose(source)
    if media_type == "image/jpeg" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    out = io.BytesIO()
    options: dict[str, Any] = {"exif": kept.tobytes()} if credit else {}
    if xmp and media_type in {"image/jpeg", "image/webp"}:
        options["xmp"] = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    if media_type == "image/jpeg":
        options |= {"quality": 88, "optimize": True, "progressive": True}
    upright.save(out, _FORMATS[media_type], **options)
    return Picture(out.getvalue(), upright.width, upright.height, credit)
