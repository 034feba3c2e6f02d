import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest

from bench.load import Slice, UnexpectedAnswerError, fetch, slice_of_load, together

numbers = count()


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b"x" * next(numbers) if self.path == "/growing" else b"hello"
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_fetch_returns_the_body(address: str) -> None:
    assert fetch(f"{address}/page?of=two") == b"hello"


def test_slice_makes_exactly_the_requests_asked_for(address: str) -> None:
    done = slice_of_load(f"{address}/page", server=os.getpid(), requests=50, clients=4)

    assert done.requests == len(done.waits) == 50
    assert done.cpu > 0
    assert done.wall > 0


@pytest.mark.parametrize("path", ["/missing", "/growing"])
def test_slice_refuses_answers_that_are_no_match(address: str, path: str) -> None:
    with pytest.raises(UnexpectedAnswerError, match=path):
        slice_of_load(address + path, server=os.getpid(), requests=10, clients=1)


def test_slice_states_the_measure_per_second_of_cpu() -> None:
    done = Slice(requests=10, cpu=4.0, wall=2.0, waits=[0.5] * 10)

    assert (done.per_cpu_second, done.cpu_each, done.per_second) == (2.5, 0.4, 5.0)


def test_slices_together_add_up() -> None:
    first, second = Slice(2, 1.0, 3.0, [1.0, 2.0]), Slice(1, 0.5, 1.0, [1.0])

    assert together([first, second]) == Slice(3, 1.5, 4.0, [1.0, 2.0, 1.0])
