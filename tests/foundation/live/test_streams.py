"""Streams: who hears what, what happens to those who do not keep up, and to those who may no longer listen."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from summitry.foundation.live import Hint, streams
from summitry.foundation.live.hints import RESYNC
from summitry.foundation.live.streams import BEAT_FRAME, LONGEST_QUEUE, Stream, Switchboard

T = TypeVar("T")


def played(scene: Coroutine[Any, Any, T]) -> T:
    """Run a scene in a thread of its own: where other tests drive a browser, this one's event loop is taken."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, scene).result()


class Page:
    """A stream with what was done to its connection."""

    def __init__(self, *topics: str) -> None:
        self.may: frozenset[str] = frozenset(topics)
        self.was_cut = False
        self.stream = Stream(self.may, cut=self.cut, recheck=self.allowed)

    def cut(self) -> None:
        self.was_cut = True

    async def allowed(self) -> frozenset[str]:
        return self.may


def test_each_stream_hears_its_topics_and_all_hear_of_a_gap() -> None:
    async def scene() -> list[bytes]:
        board = Switchboard(asyncio.get_running_loop())
        one, two = Page("a", "b"), Page("b")
        board.add(one.stream)
        board.add(two.stream)
        for topic in ("a", "b", "b", "c"):
            board.tell(Hint(topic, "changed"))
        board.tell(RESYNC)
        await asyncio.sleep(0)
        got = [await one.stream.take(), await two.stream.take()]
        board.remove(one.stream)
        board.tell(Hint("a", "changed"))
        board.close()
        assert (len(board), board.is_full, one.stream.has_ended, two.stream.has_ended) == (
            1,
            True,
            False,
            True,
        )
        return got

    a, b = (Hint(topic, "changed").frame for topic in "ab")
    assert played(scene()) == [a + b + RESYNC.frame, b + RESYNC.frame]


def test_a_reader_who_falls_behind_is_cut_off_and_keeps_no_more() -> None:
    async def scene() -> None:
        page = Page("a")
        for n in range(LONGEST_QUEUE):
            page.stream.offer(Hint("a", "moved", {"n": n}).frame)
        assert not page.was_cut
        for n in range(1000):
            page.stream.offer(Hint("a", "moved", {"n": -n}).frame)
        assert (page.was_cut, page.stream.has_ended) == (True, True)
        assert (await page.stream.take()).count(b"data:") == LONGEST_QUEUE

    played(scene())


def test_beats_keep_streams_alive_and_drop_the_stuck_and_those_who_may_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(streams, "BEAT", 0.02)
    monkeypatch.setattr(streams, "STUCK", 0.1)
    monkeypatch.setattr(streams, "RECHECK", 0.05)

    async def scene() -> None:
        board = Switchboard(asyncio.get_running_loop())
        fine, stuck, dismissed = Page("a"), Page("a"), Page("a", "b")
        for page in (fine, stuck, dismissed):
            board.add(page.stream)
        dismissed.may = frozenset("a")
        for _n in range(15):
            assert await fine.stream.take() == BEAT_FRAME
        await asyncio.sleep(0.01)
        assert (fine.stream.has_ended, fine.was_cut) == (False, False)
        assert (stuck.stream.has_ended, stuck.was_cut) == (True, True)
        assert dismissed.stream.has_ended
        for page in (fine, stuck, dismissed):
            board.remove(page.stream)
        assert board._beats is not None
        await asyncio.wait_for(board._beats, 1)

    played(scene())
