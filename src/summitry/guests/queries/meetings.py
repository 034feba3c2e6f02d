"""Meetings as their guests see them, and whom a guest may ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from summitry.directory.queries.names import NamesIndex, names_of
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Shown
from summitry.foundation.search import fold
from summitry.guests.enums import GuestState, MeetingState
from summitry.guests.models import Guest, Meeting, MeetingDesk

MOST_FOUND = 30
S = MeetingState
ENDED = (S.DECLINED, S.EXPIRED, S.WITHDRAWN, S.CANCELLED)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as one of the two sees it: with whom, whether she is asked, and whether it waits for an answer."""

    meeting: Meeting
    partner: Shown
    is_asked: bool
    is_open: bool

    @property
    def may_answer(self) -> bool:
        """Whether the answer is hers."""
        return self.is_open and self.is_asked


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who can be asked: her name, what she says of herself, and whom she comes with."""

    guest: Guest
    name: Shown
    about: str


def meetings_of(guest: Guest, lang: str, now: dt.datetime) -> list[MeetingLine]:
    """Return the meetings of a guest that are open or agreed, then what has ended, by time."""
    both = Meeting.objects.filter(Q(asker=guest) | Q(asked=guest)).select_related("asker", "asked", "edition")
    rows = list(both)
    names = names_of({row.asker.person_id for row in rows} | {row.asked.person_id for row in rows})
    lines = [
        MeetingLine(
            row,
            _shown(names, row.asker if row.asked_id == guest.pk else row.asked, lang),
            row.asked_id == guest.pk,
            row.state == S.PROPOSED and row.expires_at > now,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.meeting.state in ENDED, line.meeting.starts_at))


def waiting_for(guest: Guest, now: dt.datetime) -> int:
    """Return how many requests wait for a guest's answer."""
    return Meeting.objects.filter(asked=guest, state=S.PROPOSED, expires_at__gt=now).count()


def meeting_of(guest: Guest, pk: int) -> Meeting:
    """Return a meeting of a guest's. Raises NotFound."""
    rows = Meeting.objects.filter(Q(asker=guest) | Q(asked=guest), pk=pk)
    found = rows.select_related(
        "edition", "asker__person", "asker__edition", "asked__person", "asked__edition"
    ).first()
    if found is None:
        raise NotFound
    return found


def desk_of(guest: Guest) -> MeetingDesk:
    """Return how a guest can be met; an unsaved row, closed, where she has never said."""
    return MeetingDesk.objects.filter(guest=guest).first() or MeetingDesk(guest=guest)


def can_meet(guest: Guest, desk: MeetingDesk) -> bool:
    """Return whether a guest may ask for meetings now: only who can be asked may ask."""
    return desk.is_open and guest.state == GuestState.CONFIRMED


def to_be_met(guest: Guest) -> QuerySet[Guest]:
    """Return the other guests who have agreed to be asked."""
    rows = Guest.objects.filter(
        edition=guest.edition_id, state=GuestState.CONFIRMED, meeting_desk__is_open=True
    )
    return rows.exclude(pk=guest.pk).select_related("meeting_desk", "delegation", "edition", "person")


def find_guests(guest: Guest, words: str, lang: str) -> list[Found]:
    """Return whom a guest may ask, by words in any spelling of the name, in what she says or her delegation's name."""
    rows = list(to_be_met(guest).order_by("pk"))
    names = names_of(row.person_id for row in rows)
    asked = fold(words).split()
    found = [row for row in rows if all(word in _haystack(row, names) for word in asked)]
    lines = [Found(row, _shown(names, row, lang), row.meeting_desk.about) for row in found]
    keys = {row.pk: names.sort_key(row.person_id, lang, row.edition.fallback) for row in found}
    return sorted(lines, key=lambda line: keys[line.guest.pk])[:MOST_FOUND]


def _haystack(row: Guest, names: NamesIndex) -> str:
    delegation: Sequence[str] = tuple(row.delegation.name.texts.values()) if row.delegation else ()
    return fold("\n".join([*names.spellings(row.person_id), row.meeting_desk.about, *delegation]))


def _shown(names: NamesIndex, guest: Guest, lang: str) -> Shown:
    return names.shown(guest.person_id, lang)
