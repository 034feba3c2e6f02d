"""Rendered pages kept in the process, found only under everything that decides what they say.

A key carries the edition's content version, so a page is never stale: an action that changes public content raises
the version in its own transaction, and the next request builds anew. Only what is the same for every visitor may be
kept here; what belongs to one visitor is put in afterwards.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse

BUDGET = 12 * 1024 * 1024


class Page(NamedTuple):
    """A finished body in both encodings, with its entity tag."""

    body: bytes
    gzipped: bytes
    etag: str


class PageCache:
    """Keeps the most recently used pages within `budget` bytes. Safe to use from several threads."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get_or_build(self, key: Hashable, build: Callable[[], str | bytes]) -> Page:
        """Return the page under `key`, building it at its first use."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
                return page
        page = finished(build())
        with self._lock:
            if key not in self._pages:
                self._pages[key] = page
                self._size += len(page.body) + len(page.gzipped)
                while self._size > self.budget and len(self._pages) > 1:
                    _key, old = self._pages.popitem(last=False)
                    self._size -= len(old.body) + len(old.gzipped)
        return page

    def clear(self) -> None:
        """Forget all pages (tests, benchmarks)."""
        with self._lock:
            self._pages.clear()
            self._size = 0


pages = PageCache()


def finished(body: str | bytes) -> Page:
    """Encode and compress a body and give it its entity tag."""
    data = body.encode() if isinstance(body, str) else body
    return Page(
        data, gzip.compress(data, 5, mtime=0), f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'
    )


def respond(request: HttpRequest, page: Page, content_type: str = "text/html; charset=utf-8") -> HttpResponse:
    """Answer with `page`: 304 where the visitor has it already, compressed where the visitor can read that."""
    if request.headers.get("If-None-Match") == page.etag:
        response = HttpResponse(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.gzipped, content_type=content_type, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(page.body, content_type=content_type)
    response["ETag"] = page.etag
    response["Vary"] = "Accept-Encoding, Cookie"
    response["Cache-Control"] = "private, no-cache"
    return response
