"""Warming a fresh server process, so that nobody waits for its first request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.db import DatabaseError, connections
from django.urls import get_resolver

from summitry.editions.queries.edition import current_edition
from summitry.foundation.access import PUBLIC

logger = logging.getLogger(__name__)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def warm_up(application: Application) -> None:
    """Load the addresses and ask for the current edition's home and programme once, in its first language.

    Whatever goes wrong is logged and left to the first request, which will show it properly. Not to be called where an
    event loop runs: Django would refuse it the database.
    """
    try:
        get_resolver().url_patterns  # noqa: B018 - reading it loads all views
        edition = current_edition(PUBLIC)
        if edition is None:
            return
        lang = (edition.languages or [settings.LANGUAGE_CODE])[0]
        for path in (f"/{lang}/{edition.slug}/", f"/{lang}/{edition.slug}/programme/"):
            _ask(application, path)
    except DatabaseError:
        logger.info("The database is not ready; nothing was warmed")
    except Exception:
        logger.exception("Warming up failed; the server starts cold")
    finally:
        connections.close_all()


def _ask(application: Application, path: str) -> None:
    environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    answer = application(environ, lambda _status, _headers: None)
    for _part in answer:
        pass
    close = getattr(answer, "close", None)
    if close is not None:
        close()
