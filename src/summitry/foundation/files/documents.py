"""Documents: the endings of their types, and whether the inside of an office document is what its ending says."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import PurePath

from django.core.files.base import File
from django.utils.translation import gettext as _

PDF = "application/pdf"
OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    f"{OOXML}.presentationml.presentation": (".pptx",),
    f"{OOXML}.wordprocessingml.document": (".docx",),
    f"{ODF}.presentation": (".odp",),
    f"{ODF}.text": (".odt",),
    "text/plain": (".txt",),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov",),
    "video/webm": (".webm",),
}
"""The endings that files of a type have."""
MOST_PARTS = 20_000
_PARTS = {".pptx": "ppt/presentation.xml", ".docx": "word/document.xml"}
_MIMETYPES = {".odp": f"{ODF}.presentation", ".odt": f"{ODF}.text"}


def office_problem(upload: File[bytes]) -> str:
    """Return in words why a file cannot be the office document that its ending says it is; "" where nothing is wrong.

    It must hold what its ending says, and no macros: a macro would run on the computer of whoever opens it. Other files
    have no such problem.
    """
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in _PARTS and suffix not in _MIMETYPES:
        return ""
    try:
        return _inside(upload, suffix)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return _damaged()
    finally:
        upload.seek(0)


def _inside(upload: File[bytes], suffix: str) -> str:
    upload.seek(0)
    with zipfile.ZipFile(upload) as archive:
        names = archive.namelist()
        if len(names) > MOST_PARTS:
            return _damaged()
        if any(_is_macro(name.lower()) for name in names):
            return _("The file contains macros. Please save it without macros, or as PDF.")
        if suffix in _PARTS:
            is_right = _PARTS[suffix] in names and "[Content_Types].xml" in names
        else:
            with archive.open("mimetype") as inside:
                is_right = inside.read(200).decode("ascii", "replace").strip() == _MIMETYPES[suffix]
    return "" if is_right else _damaged()


def _is_macro(name: str) -> bool:
    return name.endswith(("vbaproject.bin", ".bas")) or "/basic/" in f"/{name}"


def _damaged() -> str:
    return _("The file is damaged, or not what its name says.")
