"""The door of live updates: `GET /live/?topic=…&topic=…`, server-sent events, in front of Django's threads.

It is an ASGI application of its own, because a stream that stays open would hold one of the few threads that answer
pages. It knows its listener by the session cookie of the pages.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from summitry.foundation.live.hub import hub
from summitry.foundation.live.listener import topics_for
from summitry.foundation.live.presence import follow
from summitry.foundation.live.streams import Stream, Switchboard

logger = logging.getLogger(__name__)
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

PATH = "/live/"
MOST_TOPICS = 32
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="summitry-live")
_boards: dict[asyncio.AbstractEventLoop, Switchboard] = {}


def with_live(application: Application) -> Application:
    """Return `application` with the door of live updates beside it; the process listens to the others from now on."""
    follow()

    async def doors(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == PATH:
            await live(scope, receive, send)
        else:
            await application(scope, receive, send)

    return doors


async def live(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a stream of hints on those of the asked topics that the listener may hear; 403 where there are none."""
    topics = frozenset(parse_qs(scope["query_string"].decode("latin-1")).get("topic", [])[:MOST_TOPICS])
    board = _switchboard()
    if scope["method"] != "GET" or _is_foreign(scope):
        await _refuse(send, 405 if scope["method"] != "GET" else 403)
        return
    if board.is_full:
        await _refuse(send, 503)
        return
    session = _session_key(scope)

    async def allowed() -> frozenset[str]:
        return await asyncio.get_running_loop().run_in_executor(_threads, topics_for, session, topics)

    heard = await allowed()
    if not heard:
        await _refuse(send, 403)
        return
    await _stream(board, Stream(heard, cut=lambda: _abort(send), recheck=allowed), receive, send)


async def _stream(board: Switchboard, stream: Stream, receive: Receive, send: Send) -> None:
    watcher = asyncio.create_task(_until_gone(receive, stream))
    board.add(stream)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        # After a restart everybody returns: not all in the same moment.
        body = f"retry: {random.randint(1000, 5000)}\n\n".encode()  # noqa: S311 - spreads load
        while not stream.has_ended:
            await send({"type": "http.response.body", "body": body, "more_body": True})
            body = await stream.take()
        await send({"type": "http.response.body", "body": body, "more_body": False})
    finally:
        board.remove(stream)
        watcher.cancel()


async def _until_gone(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


def _switchboard() -> Switchboard:
    loop = asyncio.get_running_loop()
    board = _boards.get(loop)
    if board is None:
        board = _boards[loop] = Switchboard(loop)
        hub.attach(board.tell)
        _allow_many_files()
        _end_with_server(board, loop)
    return board


def _end_with_server(board: Switchboard, loop: asyncio.AbstractEventLoop) -> None:
    """End all streams when the server is asked to stop: it would wait for them, and they would never end."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(signum: int, frame: Any, before: Any = before) -> None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(board.close)
            if callable(before):
                before(signum, frame)

        if callable(before):
            signal.signal(number, stop)


def _allow_many_files() -> None:
    """Raise the soft limit of open files to what the system allows: each stream is one."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - there is none on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
        if soft < most:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _abort(send: Send) -> None:
    """Drop the connection at once, with what it has not taken; only the server's own transport can do that."""
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store"), (b"content-length", b"0")]
    if status == 503:
        headers.append((b"retry-after", b"30"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _header(scope: Scope, name: bytes) -> str:
    return "; ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _is_foreign(scope: Scope) -> bool:
    """Return whether another site's page asks; it could not read the answer, but would keep the stream open."""
    return _header(scope, b"sec-fetch-site") in {"cross-site", "same-site"}


def _session_key(scope: Scope) -> str:
    try:
        morsel = SimpleCookie(_header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
