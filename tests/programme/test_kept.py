import threading
import time

from summitry.programme.queries.kept import Kept


def test_a_value_is_loaded_once_for_each_state() -> None:
    kept, loads = Kept[int](4), iter(range(10))

    found = [kept.get_or_load("a", lambda: next(loads), state=state) for state in (1, 1, 2, 2, 1)]

    assert found == [0, 0, 1, 1, 2]


def test_values_asked_for_lately_stay() -> None:
    kept, loads = Kept[int](2), iter(range(10))

    found = [kept.get_or_load(key, lambda: next(loads)) for key in "abacab"]

    assert found == [0, 1, 0, 2, 0, 3]


def test_nothing_is_forgotten_in_part() -> None:
    kept, loads = Kept[int](2), iter(range(10))
    kept.get_or_load("a", lambda: next(loads))

    kept.clear()

    assert kept.get_or_load("a", lambda: next(loads)) == 1


def test_threads_that_ask_at_once_share_one_loading() -> None:
    kept, loads = Kept[int](2), iter(range(10))
    found: list[int] = []

    def load() -> int:
        time.sleep(0.05)
        return next(loads)

    threads = [threading.Thread(target=lambda: found.append(kept.get_or_load("a", load))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [0] * 4
