"""The desk and the gates: one page for every device, the same for everybody. Data come through the API, to enrolled devices."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from summitry.foundation.i18n import direction, language_tag
from summitry.foundation.web.security import PERMISSIONS, content_policy
from summitry.gates.queries.desk_words import words

MODULES = (
    "site.js",
    "desk.js",
    "desk-camera.js",
    "desk-clock.js",
    "desk-deeds.js",
    "desk-dialogs.js",
    "desk-entry.js",
    "desk-field.js",
    "desk-keeper.js",
    "desk-link.js",
    "desk-log.js",
    "desk-roster.js",
    "desk-screen.js",
    "desk-search.js",
    "desk-shift.js",
    "desk-sound.js",
    "desk-standing.js",
    "desk-store.js",
    "desk-sync.js",
    "desk-training.js",
    "desk-verdict.js",
    "live.js",
)
FILES = (
    "summitry/css/summitry.css",
    "summitry/css/console.css",
    "summitry/img/sprite.svg",
    "summitry/img/favicon.svg",
    "vendor/zxing/reader.js",
    "vendor/zxing/reader.wasm",
    *(f"summitry/js/{name}" for name in MODULES),
)
WORKER = "summitry/js/desk-worker.js"


@require_safe
@content_policy(script_src="'wasm-unsafe-eval'", img_src="blob:")
def page(request: HttpRequest) -> HttpResponse:
    """Show the shell. It knows nobody: whoever opens it sees the same, and a device keeps it."""
    response = render(request, "gates/desk/page.html", {"page_title": _("Desk and gates"), "words": words()})
    response.headers["Permissions-Policy"] = PERMISSIONS.replace("camera=()", "camera=(self)")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
@content_policy(script_src="'wasm-unsafe-eval'")
def worker(request: HttpRequest) -> HttpResponse:
    """Send the service worker with the list of what it keeps; its text changes with any of that."""
    shell = page(request).content
    kept = {
        "version": hashlib.sha256(shell + _stamp()).hexdigest()[:16],
        "shell": reverse("desk:page"),
        "files": [static(name) for name in FILES],
        "flags": static("vendor/flags/"),
    }
    body = f"const KEPT = {json.dumps(kept)};\n{_read(WORKER).decode()}"
    return HttpResponse(
        body, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the page is installed as an application."""
    language = get_language() or settings.LANGUAGE_CODE
    home = reverse("desk:page")
    described = {
        "name": _("Summitry: desk and gates"),
        "short_name": _("Gates"),
        "lang": language_tag(language),
        "dir": direction(language),
        "id": home,
        "start_url": home,
        "scope": home,
        "display": "standalone",
        "background_color": "#f5f8f7",
        "theme_color": "#0b6b5d",
        "icons": [{"src": static("summitry/img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/manifest+json")


def _read(name: str) -> bytes:
    collected = Path(settings.STATIC_ROOT) / name
    found = collected if collected.is_file() else Path(str(finders.find(name)))
    return found.read_bytes()


def _stamp() -> bytes:
    return _digest_of_files() if not settings.DEBUG else _digest_of_files.__wrapped__()


@lru_cache(maxsize=1)
def _digest_of_files() -> bytes:
    digest = hashlib.sha256()
    for name in (*FILES, WORKER):
        digest.update(_read(name))
    return digest.digest()
