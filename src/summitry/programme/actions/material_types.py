"""What may be handed in: for each kind of file the types that can be used, how large one may be, and what it really is."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.files import Purpose
from summitry.programme.enums import MaterialKind
from summitry.programme.errors import FileRefused

PDF = "application/pdf"
OOXML = "application/vnd.openxmlformats-officedocument"
ODF = "application/vnd.oasis.opendocument"
MB = 1_000_000
MOST_ENTRIES = 20_000
_SUFFIXES = {
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
_PARTS = {".pptx": "ppt/presentation.xml", ".docx": "word/document.xml"}
_MIMETYPES = {".odp": f"{ODF}.presentation", ".odt": f"{ODF}.text"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """The types of one kind, its size limit, and both in words."""

    purpose: Purpose
    words: object

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings that such files have."""
        return tuple(suffix for one in self.purpose.media_types for suffix in _SUFFIXES[one])

    @property
    def accept(self) -> str:
        """What a file field offers to choose."""
        return ",".join(self.suffixes)

    @property
    def hint(self) -> str:
        """What may be handed in, as a sentence."""
        return _("%(types)s, at most %(limit)d MB.") % {
            "types": self.words,
            "limit": self.purpose.limit // MB,
        }


def _accepted(kind: MaterialKind, limit: int, words: object, *types: str) -> Accepted:
    return Accepted(Purpose(f"material:{kind}", types, limit * MB), words)


ACCEPTED: Mapping[str, Accepted] = {
    MaterialKind.SLIDES: _accepted(
        MaterialKind.SLIDES, 200, gettext_lazy("PDF, PowerPoint (.pptx) or OpenDocument (.odp)"),
        PDF, f"{OOXML}.presentationml.presentation", f"{ODF}.presentation",
    ),
    MaterialKind.VIDEO: _accepted(
        MaterialKind.VIDEO, 2000, gettext_lazy("MP4, MOV or WebM"), "video/mp4", "video/quicktime", "video/webm"
    ),
    MaterialKind.PAPER: _accepted(
        MaterialKind.PAPER, 50, gettext_lazy("PDF, Word (.docx) or OpenDocument (.odt)"),
        PDF, f"{OOXML}.wordprocessingml.document", f"{ODF}.text",
    ),
    MaterialKind.SPEECH: _accepted(
        MaterialKind.SPEECH, 20, gettext_lazy("PDF, Word (.docx), OpenDocument (.odt) or plain text"),
        PDF, f"{OOXML}.wordprocessingml.document", f"{ODF}.text", "text/plain",
    ),
}  # fmt: skip


def check_file(upload: File[bytes], kind: str) -> None:
    """Raise FileRefused, with what is possible, unless the file's ending fits its kind and its inside fits its ending.

    An office document must hold what its ending says, and no macros: a macro would run on the stage's computer.
    """
    accepted = ACCEPTED[kind]
    suffix = PurePath(upload.name or "").suffix.lower()
    if suffix not in accepted.suffixes:
        raise _refused(
            _("Files of this sort cannot be used here. Possible are: %(what)s") % {"what": accepted.hint}
        )
    if (upload.size or 0) > accepted.purpose.limit:
        raise _refused(_("The file is too large. Possible are: %(what)s") % {"what": accepted.hint})
    if suffix in _PARTS or suffix in _MIMETYPES:
        _check_office(upload, suffix)
    upload.seek(0)


def _check_office(upload: File[bytes], suffix: str) -> None:
    damaged = _refused(_("The file is damaged, or not what its name says."))
    try:
        upload.seek(0)
        with zipfile.ZipFile(upload) as archive:
            names = archive.namelist()
            if len(names) > MOST_ENTRIES:
                raise damaged
            if any(
                name.lower().endswith(("vbaproject.bin", ".bas")) or "/basic/" in f"/{name.lower()}"
                for name in names
            ):
                raise _refused(_("The file contains macros. Please save it without macros, or as PDF."))
            if suffix in _PARTS:
                is_right = _PARTS[suffix] in names and "[Content_Types].xml" in names
            else:
                with archive.open("mimetype") as inside:
                    is_right = inside.read(200).decode("ascii", "replace").strip() == _MIMETYPES[suffix]
            if not is_right:
                raise damaged
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise damaged from error


def _refused(sentence: str) -> FileRefused:
    return FileRefused(fields={"file": [sentence]})
