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

from django.http import HttpRequest, HttpResponse

BUDGET = 12 * 1024 * 1024


class Page:
    """A finished body with its entity tag; it is compressed once, for the first visitor who can read that."""

    def __init__(self, body: bytes, etag: str, level: int = 5) -> None:
        self.body = body
        self.etag = etag
        self._level = level
        self._gzipped = b""

    @property
    def gzipped(self) -> bytes:
        """The body, compressed."""
        if not self._gzipped:
            self._gzipped = gzip.compress(self.body, self._level, mtime=0)
        return self._gzipped

    @property
    def weight(self) -> int:
        """What the page takes in memory, in bytes, with its compressed form reckoned at a quarter."""
        return len(self.body) * 5 // 4


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
                self._size += page.weight
                while self._size > self.budget and len(self._pages) > 1:
                    _key, old = self._pages.popitem(last=False)
                    self._size -= old.weight
        return page

    def clear(self) -> None:
        """Forget all pages (tests, benchmarks)."""
        with self._lock:
            self._pages.clear()
            self._size = 0


pages = PageCache()


def finished(body: str | bytes) -> Page:
    """Encode a body and give it its entity tag."""
    data = body.encode() if isinstance(body, str) else body
    return Page(data, f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"')


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
