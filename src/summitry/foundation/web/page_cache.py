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

from summitry.foundation import memory

BUDGET = 5 * 1024 * 1024


class Page:
    """A finished body with its entity tag; it is compressed once, for the first visitor who can read that."""

    def __init__(self, body: bytes, etag: str, level: int = 5) -> None:
        self.etag = etag
        self._body = body
        self._level = level
        self._gzipped = b""

    @property
    def body(self) -> bytes:
        """The body, plain."""
        return self._body or gzip.decompress(self._gzipped)

    @property
    def gzipped(self) -> bytes:
        """The body, compressed."""
        if not self._gzipped:
            self._gzipped = gzip.compress(self._body, self._level, mtime=0)
        return self._gzipped

    @property
    def weight(self) -> int:
        """What the page takes in memory, in bytes, with its compressed form reckoned at a quarter."""
        return len(self._body) * 5 // 4 or len(self._gzipped)

    def press(self) -> bool:
        """Let go of the plain body where there is a compressed one; say whether something is left of the page."""
        if self._gzipped:
            self._body = b""
        return bool(self._gzipped)


class PageCache:
    """Keeps the most recently used pages within `budget` bytes. Safe to use from several threads.

    Pages that have not been asked for lately are kept compressed only, as almost everybody reads them. They are built one
    at a time.
    """

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget = budget
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get_or_build(self, key: Hashable, build: Callable[[], str | bytes]) -> Page:
        """Return the page under `key`, building it at its first use."""
        page = self._get(key)
        if page is not None:
            return page
        with memory.building:
            page = self._get(key)  # another thread may have built it while this one waited
            if page is None:
                page = finished(build())
                self._put(key, page)
                memory.give_back()  # what a large page needed while it was built; takes 0.2 ms
        return page

    def _get(self, key: Hashable) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def _put(self, key: Hashable, page: Page) -> None:
        with self._lock:
            self._pages[key] = page
            excess = sum(each.weight for each in self._pages.values()) - self.budget
            for press in (True, False):
                for old_key, old in list(self._pages.items())[:-1]:
                    if excess <= 0:
                        return
                    excess -= old.weight
                    if press and old.press():
                        excess += old.weight
                    else:
                        del self._pages[old_key]

    def clear(self) -> None:
        """Forget all pages (tests, benchmarks)."""
        with self._lock:
            self._pages.clear()


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
