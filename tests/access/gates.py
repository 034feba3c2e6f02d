"""Asking at a door as one role: whether it opens, and what is told behind it. Nothing that happens there stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client

from tests.access.world import DELEGATION, FOREIGN, HIDDEN

CLOSED = (401, 403, 404, 429)


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a door opened, the status it gave, and which markers stood in the answer."""

    is_open: bool
    status: int
    told: frozenset[str]


def ask(client: Client, url: str) -> Answer:
    """Ask for a page; where a page only takes a form, send it an empty one."""
    with _undone():
        response = client.get(url)
        if response.status_code == 405:
            response = client.post(url)
        return _read(response)


def ask_api(client: Client, method: str, url: str, token: str, body: Any = None) -> Answer:
    """Ask for an operation of the API, with a `body` where it takes one."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    sent: dict[str, Any] = (
        {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    )
    with _undone():
        return _read(client.generic(method, url, headers=headers, **sent))


def _read(response: HttpResponseBase) -> Answer:
    """Read a response; a way to the sign-in page is a closed door."""
    body = _body(response)
    told = frozenset(marker for marker in (HIDDEN, DELEGATION, FOREIGN) if marker.encode() in body)
    to_sign_in = response.status_code == 302 and "/account/login/" in response.headers["Location"]
    return Answer(response.status_code not in CLOSED and not to_sign_in, response.status_code, told)


def _body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response)
    return getattr(response, "content", b"")


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
