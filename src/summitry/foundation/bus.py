"""Events between rooms: an action announces what happened; higher rooms subscribe.

Most subscribers run after the commit, so that a rolled-back action tells nobody. A subscriber that keeps data of its
own consistent (a search index, a counter) subscribes `inside` the transaction instead.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from summitry.foundation.access.actor import Actor

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the past tense. Rooms subclass this with what a subscriber needs to know."""

    by: Actor
    edition_id: int | None = None


E = TypeVar("E", bound=Event)
_after_commit: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)
_inside: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[E], handler: Callable[[E], None], *, inside: bool = False) -> None:
    """Call `handler` for each `event_type` (and subclasses): after the commit, or `inside` the transaction."""
    handlers = (_inside if inside else _after_commit)[event_type]
    if handler not in handlers:
        handlers.append(handler)


def announce(event: Event) -> None:
    """Tell all subscribers of `event`. Handlers after the commit cannot undo it: their errors are logged."""
    for kind in type(event).__mro__:
        for handler in _inside.get(kind, ()):
            handler(event)
    transaction.on_commit(lambda: _deliver(event), robust=True)


def _deliver(event: Event) -> None:
    for kind in type(event).__mro__:
        for handler in _after_commit.get(kind, ()):
            try:
                handler(event)
            except Exception:
                logger.exception("A subscriber of %s failed", type(event).__name__)
