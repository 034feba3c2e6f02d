"""Who listens: the account behind a session cookie, and what of its topics it may hear. Runs in a thread."""

from __future__ import annotations

import logging
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from summitry.foundation.access import PUBLIC, Actor
from summitry.foundation.live.topics import allowed_topics
from summitry.foundation.models import Account

logger = logging.getLogger(__name__)


def topics_for(session_key: str, topics: frozenset[str]) -> frozenset[str]:
    """Return those of `topics` that the owner of the session may hear; none where the database does not answer."""
    try:
        close_old_connections()
        return allowed_topics(_actor(session_key), topics)
    except Exception:
        logger.exception("Nobody could be asked who may listen to live updates")
        return frozenset()


def _actor(session_key: str) -> Actor:
    if not session_key:
        return PUBLIC
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user.actor() if isinstance(user, Account) else PUBLIC
