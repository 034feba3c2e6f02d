"""The records that somebody works on in the console, found by their addresses; what she does not work on is not there."""

from __future__ import annotations

from typing import TypeVar

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.programme.models import Contribution, Forum, Session

T = TypeVar("T")


def forum_at_work(actor: Actor, edition: Edition, slug: str) -> Forum:
    """Return a forum that `actor` works on. Raises NotFound for any other."""
    rows = within(actor, Forum.objects.filter(edition=edition, slug=slug).select_related("edition", "topic"))
    return _only(rows.first())


def session_at_work(actor: Actor, edition: Edition, code: str) -> Session:
    """Return a session that `actor` works on, with its forum. Raises NotFound for any other."""
    rows = Session.objects.filter(edition=edition, code=code).select_related("edition", "forum__edition")
    return _only(within(actor, rows).first())


def contribution_at_work(actor: Actor, edition: Edition, pk: int) -> Contribution:
    """Return a contribution that `actor` works on, with session and forum. Raises NotFound for any other."""
    sessions = within(actor, Session.objects.filter(edition=edition))
    rows = Contribution.objects.filter(pk=pk, session__in=sessions)
    return _only(rows.select_related("session__edition", "session__forum__edition").first())


def _only(row: T | None) -> T:
    if row is None:
        raise NotFound
    return row
