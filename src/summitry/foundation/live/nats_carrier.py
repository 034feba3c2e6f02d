"""Hints between processes on any number of machines, over a NATS server."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable

from django.utils.crypto import salted_hmac
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

logger = logging.getLogger(__name__)
WAITING = 2000
"""How many messages are kept while the server is away; older ones are forgotten."""
FAREWELL = 2.0
"""Seconds that a process may take at its end to send what it still has."""
PAUSE = 5.0


class NatsCarrier:
    """One connection of this process, in a thread with an event loop of its own; it comes back by itself.

    All processes of an installation know its secret key; the subject is derived from it, so that several installations
    can share one server.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        name = salted_hmac("summitry.live", "subject", algorithm="sha256").hexdigest()[:16]
        self._subject = f"summitry.{name}.live"
        self._outbox: deque[bytes] = deque(maxlen=WAITING)
        self._heard: Callable[[bytes], None] | None = None
        self._missed: Callable[[], None] = lambda: None
        self._client = Client()
        self._is_listening = False
        self._is_closing = False
        self._is_away = False
        self._loop = asyncio.new_event_loop()
        self._wake = asyncio.Event()
        self._thread = threading.Thread(target=self._work, name="summitry-nats", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def send(self, message: bytes) -> None:
        self._outbox.append(message)
        self._stir()

    def listen(self, heard: Callable[[bytes], None], missed: Callable[[], None]) -> None:
        self._heard, self._missed = heard, missed
        self._stir()

    def close(self) -> None:
        self._is_closing = True
        self._stir()
        self._thread.join(FAREWELL)
        atexit.unregister(self.close)

    def _stir(self) -> None:
        with contextlib.suppress(RuntimeError):  # its end may come between two lines
            self._loop.call_soon_threadsafe(self._wake.set)

    def _work(self) -> None:
        try:
            self._loop.run_until_complete(self._live())
        except Exception:
            logger.exception("The connection to NATS ended; live updates stay within this process")
        finally:
            self._loop.close()

    async def _live(self) -> None:
        connecting = asyncio.create_task(self._connect())
        while not self._is_closing:
            await self._wake.wait()
            self._wake.clear()
            await self._exchange()
        if self._outbox:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(connecting), FAREWELL / 2)
            await self._exchange()
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await self._leave()

    async def _leave(self) -> None:
        """Close the connection, and end what the client still does, so that nothing outlives its loop."""
        with contextlib.suppress(NatsError, OSError):
            await self._client.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await asyncio.sleep(0)  # transports close in the next round of the loop

    async def _connect(self) -> None:
        """Connect, however long it takes; afterwards the client keeps the connection itself."""
        while True:
            try:
                await self._client.connect(
                    servers=[self._address],
                    name="summitry",
                    no_echo=True,
                    allow_reconnect=True,
                    max_reconnect_attempts=-1,
                    reconnect_time_wait=1,
                    connect_timeout=5,
                    ping_interval=20,
                    max_outstanding_pings=2,
                    error_cb=self._on_error,
                    reconnected_cb=self._on_return,
                )
            except (TimeoutError, NatsError, OSError) as error:
                await self._on_error(error)
                self._client = Client()
                await asyncio.sleep(PAUSE)
            else:
                self._is_away = False
                self._wake.set()
                return

    async def _exchange(self) -> None:
        """Subscribe where somebody has begun to listen, and send what waits, if the server is there."""
        if not self._client.is_connected:
            return
        try:
            if self._heard is not None and not self._is_listening:
                await self._client.subscribe(self._subject, cb=self._on_message)
                self._is_listening = True
            while self._outbox:
                await self._client.publish(self._subject, self._outbox[0])
                self._outbox.popleft()
            await self._client.flush(timeout=5)
        except (TimeoutError, NatsError, OSError) as error:
            logger.warning("A live update waits for NATS (%s)", type(error).__name__)

    async def _on_message(self, message: Msg) -> None:
        if self._heard is not None:
            self._heard(message.data)

    async def _on_return(self) -> None:
        self._is_away = False
        self._wake.set()
        self._missed()

    async def _on_error(self, error: Exception) -> None:
        """Say once that the server is away; what was lost at other errors nobody knows, so pages look again."""
        if isinstance(error, NatsError) and self._client.is_connected:
            logger.warning("NATS: %s", error)
            self._missed()
        elif not self._is_away:
            self._is_away = True
            logger.warning("NATS does not answer (%s); trying again", type(error).__name__)
