"""The changes of published versions, in sentences of the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from summitry.editions.models import Edition, Room
from summitry.foundation.i18n import Shown, formats
from summitry.foundation.i18n.marking import shown_html
from summitry.programme.enums import ChangeKind
from summitry.programme.models import Version
from summitry.programme.queries.diff import Change, Place
from summitry.programme.queries.kept import Kept
from summitry.programme.queries.links import Links, links_of
from summitry.programme.queries.programme import Programme, SessionLine


class ChangeLine(NamedTuple):
    """One change as a reader sees it: its kind, the session, and a sentence about what was and what is."""

    kind: ChangeKind
    session: SessionLine
    sentence: str
    title: SafeString
    url: str


class VersionChanges(NamedTuple):
    """A version with what it changed for the public."""

    number: int
    label: str
    note: str
    published_at: dt.datetime
    day: str
    time: str
    lines: Sequence[ChangeLine]


_kept: Kept[list[VersionChanges]] = Kept(8)


def history_of(edition: Edition, programme: Programme) -> list[VersionChanges]:
    """Return all published versions, newest first, each with the changes of sessions that the public sees."""
    key = (programme.edition_id, programme.lang)
    return _kept.get_or_load(key, lambda: _load(edition, programme), state=programme.content_version)


def changes_since(edition: Edition, programme: Programme, number: int) -> list[ChangeLine]:
    """Return the changes of all versions after `number`, newest first."""
    return [
        line
        for version in history_of(edition, programme)
        if version.number > number
        for line in version.lines
    ]


def changes_of(
    edition: Edition, programme: Programme, session: SessionLine
) -> list[tuple[VersionChanges, ChangeLine]]:
    """Return what happened to one session over all versions, newest first."""
    return [
        (version, line)
        for version in history_of(edition, programme)
        for line in version.lines
        if line.session.id == session.id
    ]


def _load(edition: Edition, programme: Programme) -> list[VersionChanges]:
    versions = Version.objects.filter(edition=edition, number__isnull=False).order_by("-number")
    chain = tuple(edition.fallback)
    rooms = {
        pk: name.shown(programme.lang, chain)
        for pk, name in Room.objects.filter(edition=edition).values_list("pk", "name")
    }
    writer = ChangeWriter(
        programme.zone, programme.lang, rooms, chain, links_of(edition.slug, programme.lang)
    )
    with override(programme.lang):
        return [
            VersionChanges(
                number or 0,
                label,
                note,
                published_at,
                *writer.moment(published_at),
                writer.lines(stored, programme),
            )
            for number, label, note, published_at, stored in versions.values_list(
                "number", "label", "note", "published_at", "changes"
            )
            if published_at is not None
        ]


class ChangeWriter(NamedTuple):
    """Puts changes into words."""

    zone: ZoneInfo
    lang: str
    rooms: dict[int, Shown]
    chain: tuple[str, ...]
    links: Links

    def moment(self, instant: dt.datetime) -> tuple[str, str]:
        """Return the day and the time of an instant by the venue's clock."""
        day = formats.date(instant.astimezone(self.zone).date(), self.lang)
        return day, formats.time(instant, self.zone)

    def lines(self, stored: Sequence[dict[str, object]], programme: Programme) -> list[ChangeLine]:
        """Return the stored changes of sessions that the public sees."""
        changes = [Change.from_json(row) for row in stored]
        return [
            ChangeLine(
                change.kind,
                session,
                self.sentence(change),
                shown_html(session.title),
                self.links.session(session.code),
            )
            for change in changes
            if (session := programme.by_id.get(change.session_id)) is not None
        ]

    def sentence(self, change: Change) -> str:
        """Return what happened, in the active language."""
        if change.kind == ChangeKind.MOVED and change.before and change.after:
            return _("Moved from %(before)s to %(after)s") % {
                "before": self.place(change.before),
                "after": self.place(change.after),
            }
        if change.kind == ChangeKind.RENAMED and change.old_title and change.new_title:
            return _("Renamed; it was called “%(title)s”") % {
                "title": change.old_title.shown(self.lang, self.chain).text
            }
        if change.kind == ChangeKind.CANCELLED and change.before:
            return _("Cancelled; it was planned for %(before)s") % {"before": self.place(change.before)}
        return _("New: %(after)s") % {"after": self.place(change.after) if change.after else ""}

    def place(self, place: Place) -> str:
        """Return "Tue 10 Nov, 10:30, Moon Bridge"."""
        day = formats.date(place.starts_at.astimezone(self.zone).date(), self.lang, "MMMEd")
        time = formats.time(place.starts_at, self.zone)
        room = self.rooms.get(place.room_id) if place.room_id else None
        if room is None:
            return _("%(day)s, %(time)s") % {"day": day, "time": time}
        return _("%(day)s, %(time)s, %(room)s") % {"day": day, "time": time, "room": room.text}
