"""What may be handed in: for each kind of file the types that can be used, how large one may be, and what it really is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.foundation.files import Purpose
from summitry.foundation.files.documents import ODF, OOXML, PDF, SUFFIXES, office_problem
from summitry.programme.enums import MaterialKind
from summitry.programme.errors import FileRefused

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Accepted:
    """The types of one kind, its size limit, and both in words."""

    purpose: Purpose
    words: object

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings that such files have."""
        return tuple(suffix for one in self.purpose.media_types for suffix in SUFFIXES[one])

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
    if problem := office_problem(upload):
        raise _refused(problem)
    upload.seek(0)


def _refused(sentence: str) -> FileRefused:
    return FileRefused(fields={"file": [sentence]})
