"""The door of a relay: devices' questions, the page for devices and its files; nothing else is served in the hall."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

from summitry.gates.device_api import ROOT, Answer
from summitry.gates.device_door import Application, Receive, Scope, Send, asked_of, body_of, give
from summitry.gates.relay.answers import Relay

PAGES = re.compile(r"/(?:[a-z-]+/gate/.*|static/.*|healthz)")


def with_relay(relay: Relay, application: Application, home: str) -> Application:
    """Return an application that asks the relay what devices ask, and `application` for their page."""
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="summitry-relay")

    async def doors(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or PAGES.fullmatch(scope["path"]):
            await application(scope, receive, send)
        elif scope["path"].startswith(ROOT):
            body = await body_of(receive)
            asked = None if body is None else asked_of(scope, body)
            loop = asyncio.get_running_loop()
            await give(
                send,
                Answer(413) if asked is None else await loop.run_in_executor(thread, relay.answer, asked),
            )
        elif scope["path"] == "/":
            await send(
                {"type": "http.response.start", "status": 302, "headers": [(b"location", home.encode())]}
            )
            await send({"type": "http.response.body", "body": b""})
        else:
            await give(send, Answer(404))

    return doors
