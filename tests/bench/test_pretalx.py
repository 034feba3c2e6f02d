from pathlib import Path

import pytest

from bench.peers.installing import once


def test_once_does_a_step_again_only_when_its_content_changes(tmp_path: Path) -> None:
    mark, done = tmp_path / "mark", []

    once(mark, "first", lambda: done.append(1))
    once(mark, "first", lambda: done.append(2))
    once(mark, "second", lambda: done.append(3))

    assert done == [1, 3]


def test_once_leaves_no_mark_behind_a_failure(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    mark.write_text("old")

    with pytest.raises(TimeoutError):
        once(mark, "new", fail)

    assert not mark.exists()


def fail() -> None:
    raise TimeoutError
