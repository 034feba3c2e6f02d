"""Boards are told at once, then rarely, and of the last scan always."""

from __future__ import annotations

import threading
import time

from summitry.gates.device_api.boards import APART, Boards

PATIENCE = 20


def test_boards_hear_the_first_scan_at_once_and_of_a_rush_once_more() -> None:
    told: list[tuple[int, float]] = []
    last = threading.Event()

    def tell(edition: int) -> None:
        told.append((edition, time.monotonic()))
        if len(told) == 3:
            last.set()

    boards = Boards(tell)
    boards.scanned(1)
    boards.scanned(2)
    assert [edition for edition, _at in told] == [1, 2]
    for _n in range(50):
        boards.scanned(1)
    assert last.wait(PATIENCE)
    assert [edition for edition, _at in told[:3]] == [1, 2, 1]
    assert told[2][1] - told[0][1] >= APART
