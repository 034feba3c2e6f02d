from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from summitry.site.warm import warm_up
from tests.editions.make import make_edition

pytestmark = pytest.mark.django_db(transaction=True)


def test_warming_asks_for_the_home_and_the_programme_of_the_current_edition() -> None:
    edition = make_edition(is_public=True)
    asked: list[tuple[str, str]] = []
    application = get_wsgi_application()

    def recording(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def started(status: str, *rest: Any) -> Callable[[bytes], object]:
            asked.append((environ["PATH_INFO"], status))
            return bytes

        return application(environ, started)

    in_a_thread(recording)

    assert asked == [(f"/en/{edition.slug}/", "200 OK"), (f"/en/{edition.slug}/programme/", "200 OK")]


def test_what_goes_wrong_is_logged_and_left_to_the_first_request(caplog: pytest.LogCaptureFixture) -> None:
    make_edition(is_public=True)

    def failing(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        raise ZeroDivisionError

    in_a_thread(failing)

    assert [record.getMessage() for record in caplog.records] == ["Warming up failed; the server starts cold"]


def in_a_thread(application: Callable[..., Iterable[bytes]]) -> None:
    """As the server does it; the thread's connection ends with it."""
    thread = Thread(target=warm_up, args=[application])
    thread.start()
    thread.join()
    connections.close_all()
