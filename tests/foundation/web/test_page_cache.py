import gzip
import threading
import time
from collections.abc import Callable

from summitry.foundation.web.page_cache import Page, PageCache


def body(number: int) -> bytes:
    return f"{number}".encode() * 1000


def counting(built: list[int], number: int) -> Callable[[], bytes]:
    def build() -> bytes:
        built.append(number)
        return body(number)

    return build


def test_a_page_is_built_once() -> None:
    cache, built = PageCache(), list[int]()

    pages = [cache.get_or_build("a", counting(built, 1)) for _ in range(3)]

    assert [page.body for page in pages] == [body(1)] * 3
    assert built == [1]


def test_pages_that_browsers_read_stay_compressed_when_room_is_short() -> None:
    cache, built = PageCache(budget=2600), list[int]()
    for number in (1, 2, 3):
        _ = cache.get_or_build(number, counting(built, number)).gzipped

    again = cache.get_or_build(1, counting(built, 1))

    assert built == [1, 2, 3]
    assert again.weight == len(again.gzipped)
    assert (again.body, gzip.decompress(again.gzipped)) == (body(1), body(1))


def test_pages_that_nobody_read_compressed_make_room_whole() -> None:
    cache, built = PageCache(budget=2600), list[int]()
    for number in (1, 2, 3):
        cache.get_or_build(number, counting(built, number))

    found = [cache.get_or_build(number, counting(built, number)).body for number in (2, 3, 1)]

    assert found == [body(2), body(3), body(1)]
    assert built == [1, 2, 3, 1]


def test_a_page_larger_than_the_budget_is_kept_alone() -> None:
    cache, built = PageCache(budget=10), list[int]()

    cache.get_or_build(1, counting(built, 1))
    cache.get_or_build(2, counting(built, 2))
    cache.get_or_build(2, counting(built, 2))

    assert built == [1, 2]


def test_a_page_that_is_pressed_says_the_same() -> None:
    page = Page(b"words", '"tag"')

    assert page.press() is False
    compressed = page.gzipped
    assert page.press() is True
    assert (page.body, page.gzipped) == (b"words", compressed)


def test_threads_that_ask_at_once_share_one_building() -> None:
    cache, built = PageCache(), list[int]()

    def build() -> bytes:
        time.sleep(0.05)
        return counting(built, 1)()

    threads = [threading.Thread(target=cache.get_or_build, args=("a", build)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert built == [1]
