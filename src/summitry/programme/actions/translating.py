"""Writing what translators made of the texts of forums, sessions and contributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summitry.editions.actions.content import touch_content
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change_many
from summitry.foundation.i18n import Text
from summitry.programme.events import ForumsChanged, SessionsChanged
from summitry.programme.models import Contribution, Forum, Session

Texts = Mapping[str, Text]


def translate_forums(edition: Edition, rows: Sequence[tuple[Forum, Texts]], *, by: Actor, audit: str) -> None:
    """Write translations of forums, for a caller who has asked for permission; all or none.

    A forum may be translated in every state: that changes nothing of what was handed in or signed. Each row shows the
    texts that the translator saw; raises StaleState where one is another by now. Announces ForumsChanged.
    """
    with recording():
        changed = change_many(rows, by=by, audit=audit, edition_id=edition.pk)
        if changed:
            touch_content(edition.pk)
            announce(ForumsChanged(by=by, edition_id=edition.pk, forum_ids=tuple(sorted(changed))))


def translate_sessions(
    edition: Edition, rows: Sequence[tuple[Session, Texts]], *, by: Actor, audit: str
) -> None:
    """Write translations of sessions, like `translate_forums`. Announces SessionsChanged."""
    with recording():
        _told(edition, change_many(rows, by=by, audit=audit, edition_id=edition.pk), by)


def translate_contributions(
    edition: Edition, rows: Sequence[tuple[Contribution, Texts]], *, by: Actor, audit: str
) -> None:
    """Write translations of contributions, like `translate_forums`. Announces SessionsChanged."""
    with recording():
        changed = change_many(rows, by=by, audit=audit, edition_id=edition.pk)
        _told(edition, {row.session_id for row, _texts in rows if row.pk in changed}, by)


def _told(edition: Edition, session_ids: frozenset[int] | set[int], by: Actor) -> None:
    if session_ids:
        touch_content(edition.pk)
        announce(SessionsChanged(by=by, edition_id=edition.pk, session_ids=tuple(sorted(session_ids))))
