"""Backup and restore: database and files in one archive that works on either database and proves itself.

The archive is a gzipped tar: `manifest.json` first (version, counts, SHA-256 of every member), then one member of
JSON lines for each table, then the files. A restore verifies everything before it writes anything.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from rich.console import Console
from rich.progress import track

from summitry import __version__
from summitry.config.cli.server import prepare
from summitry.foundation import clock
from summitry.foundation.errors import SummitryError
from summitry.foundation.models import Account
from summitry.foundation.search.index import rebuild

out = Console()
FORMAT = 1
MANIFEST = "manifest.json"
_NOT_KEPT = {"sessions.session", "contenttypes.contenttype", "auth.permission", "foundation.workerbeat"}


class _ExactTimes(DjangoJSONEncoder):
    """Django's encoder cuts instants to milliseconds; what is restored must be what was saved."""

    def default(self, o: Any) -> Any:
        if isinstance(o, dt.datetime | dt.time):
            return o.isoformat()
        return super().default(o)


def backup(path: Path) -> int:
    """Write a backup to `path`; it appears there complete or not at all."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise SummitryError(f"The folder {folder} does not exist.")
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".backup-")
    os.close(descriptor)
    partial = Path(name)
    try:
        counts = _write(partial)
        _verify(partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    out.print(
        f"Backed up {sum(counts.values())} rows and {_file_count()} files to {path}, and read it back.",
        markup=False,
    )
    return 0


def restore(path: Path, *, check_only: bool = False) -> int:
    """Read the archive at `path` into an empty installation.

    Raises SummitryError where the archive is damaged or of another format, or the installation is not empty.
    """
    manifest = _verify(path)
    if check_only:
        out.print(
            f"{path} is whole: {sum(manifest['rows'].values())} rows, {len(manifest['files'])} files.",
            markup=False,
        )
        return 0
    prepare(quiet=True)
    if Account.objects.exists():
        raise SummitryError(
            "This installation already has data. Restore into an empty one (another SUMMITRY_DATA)."
        )
    try:
        _restore(path, manifest)
    except (DeserializationError, LookupError) as error:
        written_by = manifest.get("summitry")
        raise SummitryError(
            f"{path} was written by Summitry {written_by}, whose tables differ ({error}). Nothing was written. "
            "Restore it with that version, then upgrade."
        ) from error
    out.print(f"Restored {sum(manifest['rows'].values())} rows and {len(manifest['files'])} files.")
    return 0


def _restore(path: Path, manifest: dict[str, Any]) -> None:
    with tarfile.open(path, "r:gz") as archive, transaction.atomic():
        for label in track(manifest["rows"], description="Rows", console=out):
            _load(archive, label)
        _reset_sequences(manifest["rows"])
        rebuild()
        for name in track(manifest["files"], description="Files", console=out):
            target = Path(settings.MEDIA_ROOT) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_read(archive, f"files/{name}"))


def _models() -> list[type[Model]]:
    found = serializers.sort_dependencies([(config, None) for config in apps.get_app_configs()])
    return [model for model in found if model._meta.label_lower not in _NOT_KEPT and model._meta.managed]


def _write(path: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        members: list[tuple[str, Path]] = []
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            for model in track(_models(), description="Rows", console=out):
                label = model._meta.label_lower
                member = Path(scratch) / f"{label}.jsonl"
                with member.open("w", encoding="utf-8") as file:
                    rows = model._default_manager.order_by("pk").iterator(chunk_size=1000)
                    serializers.serialize("jsonl", rows, stream=file, cls=_ExactTimes)
                counts[label] = sum(1 for _line in member.open(encoding="utf-8"))
                members.append((f"rows/{label}.jsonl", member))
        members += [(f"files/{name}", source) for name, source in _stored_files()]
        for name, source in members:
            with source.open("rb") as file:
                digests[name] = _sha256(file)
        manifest = {
            "format": FORMAT,
            "summitry": __version__,
            "made_at": clock.now().isoformat(),
            "rows": counts,
            "files": [name.removeprefix("files/") for name, _source in members if name.startswith("files/")],
            "sha256": digests,
        }
        with tarfile.open(path, "w:gz", compresslevel=6) as archive:
            _add_bytes(archive, MANIFEST, json.dumps(manifest, indent=1).encode())
            for name, source in members:
                archive.add(source, name, recursive=False)
    return counts


def _stored_files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    if root.is_dir():
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), path


def _file_count() -> int:
    return sum(1 for _file in _stored_files())


def _add_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def _verify(path: Path) -> dict[str, Any]:
    try:
        with tarfile.open(path, "r:gz") as archive:
            first = archive.next()
            if first is None or first.name != MANIFEST:
                raise SummitryError(f"{path} is not a Summitry backup.")
            manifest: dict[str, Any] = json.loads(_stream(archive, first).read())
            if manifest.get("format") != FORMAT:
                raise SummitryError(f"{path} was written by another version ({manifest.get('summitry')}).")
            expected = dict(manifest["sha256"])
            for member in archive:
                if member.offset == first.offset:
                    continue
                if not member.isreg() or ".." in Path(member.name).parts or member.name.startswith("/"):
                    raise SummitryError(f"{path} holds an unexpected member: {member.name}")
                if _sha256(_stream(archive, member)) != expected.pop(member.name, ""):
                    raise SummitryError(f"{path} is damaged: {member.name} is not what was written.")
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise SummitryError(f"{path} cannot be read as a backup ({error}).") from error
    if expected:
        raise SummitryError(f"{path} is incomplete: {next(iter(expected))} is missing.")
    return manifest


def _sha256(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()


def _stream(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(member)
    if stream is None:
        raise SummitryError(f"The backup holds an unexpected member: {member.name}")
    return stream


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    return _stream(archive, archive.getmember(name)).read()


def _load(archive: tarfile.TarFile, label: str) -> None:
    model = apps.get_model(label)
    batch: list[Model] = []
    stream = io.TextIOWrapper(_stream(archive, archive.getmember(f"rows/{label}.jsonl")), encoding="utf-8")
    links: list[Any] = []
    model._default_manager.all().delete()
    for item in serializers.deserialize("jsonl", stream):
        batch.append(item.object)
        if item.m2m_data:
            links.append(item)
    model._default_manager.bulk_create(batch, batch_size=500)
    for item in links:
        item.save()


def _reset_sequences(labels: dict[str, int]) -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), [apps.get_model(label) for label in labels])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
