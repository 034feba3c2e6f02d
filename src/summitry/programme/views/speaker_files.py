"""A room's day as one archive, which is written while it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.http import HttpResponseBase, StreamingHttpResponse

from summitry.programme.queries.materials import Packed

CHUNK = 256 * 1024


def sent_archive(name: str, files: Iterable[Packed]) -> HttpResponseBase:
    """Send files as one archive; however large they are, only a little of it is in memory at once."""
    response = StreamingHttpResponse(_archive(files), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


class _Pipe:
    """A file that cannot go back: what was written to it is taken out and sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        """Do nothing: what is written is taken out at once."""

    def taken(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def _archive(files: Iterable[Packed]) -> Iterator[bytes]:
    pipe = _Pipe()
    with ZipFile(pipe, "w", ZIP_STORED, allowZip64=True) as archive:  # type: ignore[call-overload] # it only writes
        for file in files:
            info = ZipInfo(file.name, file.at.timetuple()[:6])
            with archive.open(info, "w", force_zip64=True) as target:
                for chunk in _chunks(file):
                    target.write(chunk)
                    yield pipe.taken()
    yield pipe.taken()


def _chunks(file: Packed) -> Iterator[bytes]:
    if file.stored is None:
        yield file.text.encode()
        return
    try:
        source: IO[bytes] = file.stored.content.open("rb")
    except OSError:  # the manifest says what should be here
        return
    with source:
        while chunk := source.read(CHUNK):
            yield chunk
