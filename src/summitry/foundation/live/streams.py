"""The open streams of one process: who hears what, heartbeats, and what happens to those who do not keep up.

Everything here runs in the server's event loop; only `tell` may be called from other threads.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable

from summitry.foundation.live.hints import RESYNC, Hint

BEAT = 15.0
"""Seconds between heartbeats; browsers take three silent ones for a dead connection."""
BEAT_FRAME = b"event: beat\ndata:\n\n"
LONGEST_QUEUE = 64
STUCK = 60.0
"""Seconds without taking anything, after which a reader counts as gone."""
RECHECK = 300.0
"""Seconds after which a stream's right to listen is asked for again."""
MOST = 10_000


class Stream:
    """One open page: what it listens to, and what it has not been sent yet.

    Hints that wait are kept once each, however often they were given. A reader who falls behind by more than
    `LONGEST_QUEUE` is cut off: it comes back by itself and fetches its state, which is what it has missed.
    """

    __slots__ = ("_cut", "_frames", "_wake", "has_ended", "recheck", "recheck_at", "taken_at", "topics")

    def __init__(
        self,
        topics: frozenset[str],
        *,
        cut: Callable[[], None],
        recheck: Callable[[], Awaitable[frozenset[str]]],
    ) -> None:
        self.topics = topics
        self.has_ended = False
        self.taken_at = time.monotonic()
        self.recheck = recheck
        self.recheck_at = self.taken_at + RECHECK * random.uniform(0.8, 1.2)  # noqa: S311 - spreads load
        self._cut = cut
        self._frames: dict[bytes, None] = {}
        self._wake = asyncio.Event()

    def offer(self, frame: bytes) -> None:
        """Queue `frame` for the reader, or cut a reader off who has not kept up."""
        if len(self._frames) >= LONGEST_QUEUE:
            self.cut_off()
            return
        self._frames[frame] = None
        self._wake.set()

    async def take(self) -> bytes:
        """Wait for something to send and return it; nothing once the stream has ended."""
        await self._wake.wait()
        self._wake.clear()
        self.taken_at = time.monotonic()
        frames, self._frames = self._frames, {}
        return b"".join(frames)

    def end(self) -> None:
        """Let the response come to its end."""
        self.has_ended = True
        self._wake.set()

    def cut_off(self) -> None:
        """Close the connection of a reader who does not read."""
        self.end()
        self._cut()

    @property
    def is_stuck(self) -> bool:
        """Whether something has waited for longer than any reader should take."""
        return bool(self._frames) and time.monotonic() - self.taken_at > STUCK


class Switchboard:
    """All streams of this process, by topic."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._streams: set[Stream] = set()
        self._by_topic: defaultdict[str, set[Stream]] = defaultdict(set)
        self._beats: asyncio.Task[None] | None = None
        self._checks: set[asyncio.Task[None]] = set()
        self.is_closing = False

    def __len__(self) -> int:
        return len(self._streams)

    @property
    def is_full(self) -> bool:
        """Whether no further stream is taken on, because there are too many or the server is about to end."""
        return self.is_closing or len(self._streams) >= MOST

    def tell(self, told: Hint) -> None:
        """Pass a hint to the streams that listen to its topic; from any thread."""
        if told is RESYNC or told.topic in self._by_topic:
            self._loop.call_soon_threadsafe(self._fan_out, told)

    def add(self, stream: Stream) -> None:
        """Take a stream on."""
        self._streams.add(stream)
        for topic in stream.topics:
            self._by_topic[topic].add(stream)
        if self._beats is None or self._beats.done():
            self._beats = self._loop.create_task(self._keep_alive())

    def remove(self, stream: Stream) -> None:
        """Forget a stream."""
        self._streams.discard(stream)
        for topic in stream.topics:
            self._by_topic[topic].discard(stream)
            if not self._by_topic[topic]:
                del self._by_topic[topic]

    def close(self) -> None:
        """End all streams, and take no more."""
        self.is_closing = True
        for stream in tuple(self._streams):
            stream.end()

    def _fan_out(self, told: Hint) -> None:
        streams = self._streams if told is RESYNC else self._by_topic.get(told.topic, ())
        for stream in tuple(streams):
            stream.offer(told.frame)

    async def _keep_alive(self) -> None:
        """Beat for as long as anybody listens; cut off the stuck, and ask again who may listen."""
        while self._streams:
            await asyncio.sleep(BEAT)
            now = time.monotonic()
            for stream in tuple(self._streams):
                if stream.is_stuck:
                    stream.cut_off()
                    continue
                stream.offer(BEAT_FRAME)
                if now >= stream.recheck_at:
                    stream.recheck_at = now + RECHECK
                    check = self._loop.create_task(self._check(stream))
                    self._checks.add(check)
                    check.add_done_callback(self._checks.discard)

    @staticmethod
    async def _check(stream: Stream) -> None:
        """End a stream whose listener may no longer hear all of it; the page comes back with what it may."""
        if await stream.recheck() != stream.topics:
            stream.end()
