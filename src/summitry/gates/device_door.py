"""The door for devices in front of Django's threads: scans that come at the same time are taken in together.

One thread of this process takes in scans. While it waits for the disk, others come; they share the next transaction, and so
its one write to the disk. Everything else that devices ask goes to two more threads. All of them keep their connection.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

from django.db import close_old_connections

from summitry.gates.device_api import LARGEST_BODY, ROOT, Answer, Asked, answer, answer_scans, trouble

logger = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
MOST_AT_ONCE = 32
_scanner = ThreadPoolExecutor(max_workers=1, thread_name_prefix="summitry-scans")
_others = ThreadPoolExecutor(max_workers=2, thread_name_prefix="summitry-devices")


class _Line:
    """The uploads that wait for the thread that takes in scans, in one event loop."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._work: asyncio.Task[None] | None = None

    async def answered(self, asked: Asked) -> Answer:
        """Wait for the answer to one upload; it is given after the commit."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((asked, future))
        if self._work is None or self._work.done():
            self._work = loop.create_task(self._take())
        return await future

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            now, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            answers = await loop.run_in_executor(_scanner, _scanned, [asked for asked, _future in now])
            for (_asked, future), given in zip(now, answers, strict=True):
                if not future.done():  # whoever went away has her scans in the log all the same
                    future.set_result(given)


_lines: dict[asyncio.AbstractEventLoop, _Line] = {}


def with_devices(application: Application) -> Application:
    """Return `application` with the door for devices beside it."""

    async def doors(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(ROOT):
            await _devices(scope, receive, send)
        else:
            await application(scope, receive, send)

    return doors


async def _devices(scope: Scope, receive: Receive, send: Send) -> None:
    body = await body_of(receive)
    if body is None:
        await give(send, Answer(413))
        return
    asked = asked_of(scope, body)
    loop = asyncio.get_running_loop()
    if asked.is_scan:
        given = await _lines.setdefault(loop, _Line()).answered(asked)
    else:
        given = await loop.run_in_executor(_others, _answered, asked)
    await give(send, given)


def _scanned(requests: Sequence[Asked]) -> Sequence[Answer]:
    try:
        close_old_connections()
        return answer_scans(requests)
    except Exception:
        logger.exception("Scans could not be taken in")
        return [trouble() for _asked in requests]


def _answered(asked: Asked) -> Answer:
    close_old_connections()
    return answer(asked)


async def body_of(receive: Receive) -> bytes | None:
    """Return the body, or None where it is larger than any device sends."""
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


def asked_of(scope: Scope, body: bytes) -> Asked:
    """Return what a request asks."""
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    return Asked(
        method=scope["method"],
        operation=scope["path"].removeprefix(ROOT),
        query=dict(parse_qsl(scope["query_string"].decode("latin-1"))),
        authorization=headers.get(b"authorization", ""),
        languages=headers.get(b"accept-language", ""),
        etag=headers.get(b"if-none-match", ""),
        body=body,
    )


async def give(send: Send, given: Answer) -> None:
    """Send an answer."""
    headers = [(name.encode(), value.encode("latin-1")) for name, value in given.headers]
    await send({"type": "http.response.start", "status": given.status, "headers": headers})
    await send({"type": "http.response.body", "body": given.body})
