"""Printed matter: letters, badges and name plates, set by Typst in every script the summit writes.

A room keeps its templates in `<room>/typst/` and hands over plain values; they reach the template as JSON and are never part
of its source, so nothing that a guest typed can be taken for markup. Each document is set in a process of its own, which
gives its memory back and can be stopped. Fonts come with the assets (`frontend/assets.toml`), never from the machine.
How to write a template: docs/develop/typesetting.md.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from summitry.foundation import clock
from summitry.foundation.errors import SummitryError

FONTS = Path(__file__).parent / "fonts"
PRESS = Path(__file__).with_name("press.py")
PRELUDE = Path(__file__).with_name("typeset.typ")
PATIENCE = 60.0
"""Seconds that a document may take where its caller names none."""
AT_ONCE = threading.BoundedSemaphore(2)
"""One process holds up to some hundred megabytes: two at a time, whoever asks."""
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:svg|png|jpg|webp)")

Files = Mapping[str, bytes | Path]

log = logging.getLogger(__name__)


class FontsMissing(SummitryError):
    """Nothing can be printed without the fonts of the assets."""

    code = "fonts-missing"
    status = 503
    message = _(
        "The fonts for printed documents are not installed. In a checkout, run “make assets”; a wheel carries them."
    )


class TypesettingFailed(SummitryError):
    """The document could not be set; the log says why."""

    code = "typesetting-failed"
    status = 500
    message = _("The document could not be made. The people who run this site find the cause in its log.")


class TypesettingTookTooLong(TypesettingFailed):
    """The document was given up after its time."""

    code = "typesetting-too-long"
    status = 503
    message = _("The document was not ready in time. Try again, with fewer at once.")


def pdf(
    template: str, data: Mapping[str, Any], *, files: Files | None = None, seconds: float = PATIENCE
) -> bytes:
    """Set `template` ("<room>/<name>.typ") with `data` and return the PDF.

    `files` are pictures, by the names under which the template finds them in /files/: content, or a path. Raises
    FontsMissing, TypesettingTookTooLong or TypesettingFailed.
    """
    return _set(template, data, files or {}, ("pdf",), seconds)[0]


def png(
    template: str,
    data: Mapping[str, Any],
    *,
    files: Files | None = None,
    ppi: int = 144,
    seconds: float = PATIENCE,
) -> list[bytes]:
    """Set `template` as `pdf` does and return a picture of each page."""
    return _set(template, data, files or {}, ("png", str(ppi)), seconds)


def facts(template: str, data: Mapping[str, Any], *, files: Files | None = None, label: str) -> list[Any]:
    """Set `template` and return the values of its `metadata` that carry `label`: what only the typesetter can measure."""
    answer: list[Any] = json.loads(_set(template, data, files or {}, ("query", f"<{label}>"), PATIENCE)[0])
    return answer


def fonts_present() -> bool:
    """Say whether documents can be set at all."""
    return (FONTS / ".stamp.json").is_file()


# --- One document --------------------------------------------------------------------------------------------------
def _set(
    template: str, data: Mapping[str, Any], files: Files, order: tuple[str, ...], seconds: float
) -> list[bytes]:
    if not fonts_present():
        raise FontsMissing
    with tempfile.TemporaryDirectory(prefix="summitry-typeset-") as name:
        folder = Path(name)
        shutil.copyfile(_source(template), folder / "main.typ")
        shutil.copyfile(PRELUDE, folder / "typeset.typ")
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / "files").mkdir()
        for each, content in files.items():
            _put(folder / "files", each, content)
        (folder / "made").mkdir()
        with AT_ONCE:
            _press(template, folder, order, seconds)
        return [path.read_bytes() for path in sorted((folder / "made").iterdir())]


def _source(template: str) -> Path:
    room, _slash, name = template.partition("/")
    return Path(apps.get_app_config(room).path) / "typst" / name


def _put(folder: Path, name: str, content: bytes | Path) -> None:
    if not FILE_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a picture of a document")
    if isinstance(content, bytes):
        (folder / name).write_bytes(content)
        return
    try:
        os.link(content, folder / name)
    except OSError:  # another file system
        shutil.copyfile(content, folder / name)


def _press(template: str, folder: Path, order: tuple[str, ...], seconds: float) -> None:
    moment = str(int(clock.now().timestamp()))
    command = [sys.executable, "-I", str(PRESS), str(folder), str(FONTS), moment, *order]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, cwd=folder)
    except subprocess.TimeoutExpired as error:
        log.warning("%s was not set within %s seconds", template, seconds)
        raise TypesettingTookTooLong from error
    if done.returncode:
        log.error("%s could not be set: %s", template, done.stderr.decode(errors="replace").strip())
        raise TypesettingFailed
