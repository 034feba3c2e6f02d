"""Warming a fresh server process, so that nobody waits for its first request."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError
from django.test import RequestFactory
from django.urls import get_resolver
from django.utils import translation

from summitry.editions.queries.edition import current_edition
from summitry.foundation.access import PUBLIC

logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Load the addresses and render the current edition's home and programme once, in its first language.

    Whatever goes wrong is logged and left to the first request, which will show it properly.
    """
    try:
        resolver = get_resolver()
        resolver.url_patterns  # noqa: B018 - reading it loads all views
        edition = current_edition(PUBLIC)
        if edition is None:
            return
        lang = (edition.languages or [settings.LANGUAGE_CODE])[0]
        factory = RequestFactory(headers={"host": "localhost"})
        with translation.override(lang):
            for path in (f"/{lang}/{edition.slug}/", f"/{lang}/{edition.slug}/programme/"):
                match = resolver.resolve(path)
                match.func(factory.get(path), *match.args, **match.kwargs)
    except DatabaseError:
        logger.info("The database is not ready; nothing was warmed")
    except Exception:
        logger.exception("Warming up failed; the server starts cold")
