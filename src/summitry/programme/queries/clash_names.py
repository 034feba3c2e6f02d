"""The names of what clashes, for readers of one language: sessions in their places, rooms, buildings, people, forums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from summitry.algorithms.clashes import Clash, Plan, Sitting
from summitry.directory.queries.names import display_names
from summitry.editions.models import Building, Edition, Room
from summitry.foundation.i18n import Shown, Text, formats
from summitry.programme.models import Contribution, Forum, Session

FIRST_STRONG, POP = "\u2068", "\u2069"


def isolated(words: object) -> str:
    """Return a name that keeps its own direction within a sentence of any other (Unicode's isolates)."""
    return f"{FIRST_STRONG}{words}{POP}"


@dataclass(frozen=True, slots=True)
class ClashNames:
    """Names by id, and how places and times are written for this reader."""

    lang: str
    zone: ZoneInfo
    sittings: Mapping[int, Sitting]
    sessions: Mapping[int, Text]
    rooms: Mapping[int, Text]
    buildings: Mapping[int, Text]
    forums: Mapping[int, Text]
    launches: Mapping[int, Text]
    people: Mapping[int, Shown]
    zones: Mapping[int, ZoneInfo]
    show: Callable[[Text], Shown]

    def person(self, pk: int) -> str:
        """Return a person's name."""
        return isolated(self.people[pk])

    def room(self, pk: int) -> str:
        """Return a room's name."""
        return isolated(self.show(self.rooms[pk]))

    def session(self, pk: int) -> str:
        """Return a session's title and place: “Opening” (Mon 9 Nov, 09:00–10:30, Moon Bridge)."""
        sitting = self.sittings[pk]
        facts = {"day": self.day(sitting.starts), "time": self.span(sitting.starts, sitting.ends)}
        place = _("%(day)s, %(time)s") % facts
        if sitting.room is not None:
            place = _("%(day)s, %(time)s, %(room)s") % {**facts, "room": self.room(sitting.room)}
        return _("“%(title)s” (%(place)s)") % {"title": self.title(pk), "place": place}

    def title(self, pk: int) -> str:
        """Return a session's title alone."""
        return isolated(self.show(self.sessions[pk]))

    def day(self, instant: int, zone: ZoneInfo | None = None) -> str:
        """Return the day of an instant by the venue's clock, or by another."""
        return formats.date(self._at(instant, zone).date(), self.lang, "MMMEd")

    def time(self, instant: int, zone: ZoneInfo | None = None) -> str:
        """Return HH:MM of an instant."""
        return f"{self._at(instant, zone):%H:%M}"

    def span(self, starts: int, ends: int, zone: ZoneInfo | None = None) -> str:
        """Return "09:00–10:30"; it reads from left to right everywhere."""
        return f"\u2066{self.time(starts, zone)}–{self.time(ends, zone)}{POP}"

    def _at(self, instant: int, zone: ZoneInfo | None) -> dt.datetime:
        return dt.datetime.fromtimestamp(instant, zone or self.zone)


def names_for(edition: Edition, plan: Plan, clashes: Iterable[Clash], lang: str) -> ClashNames:
    """Return the names that sentences about `clashes` need, in six statements at most."""
    found = list(clashes)
    chain = tuple(edition.fallback)
    sessions = {pk for clash in found for pk in clash.sittings}
    people = {clash.person for clash in found if clash.person}
    zones = {pk: plan.people[pk].zone for pk in people if pk in plan.people}
    return ClashNames(
        lang=lang,
        zone=edition.zone,
        sittings={sitting.id: sitting for sitting in plan.sittings},
        sessions=dict(Session.objects.filter(pk__in=sessions).values_list("pk", "title")),
        rooms=dict(Room.objects.filter(edition=edition).values_list("pk", "name")),
        buildings=dict(Building.objects.filter(venue__edition=edition).values_list("pk", "name")),
        forums=dict(
            Forum.objects.filter(pk__in={clash.forum for clash in found if clash.forum}).values_list(
                "pk", "title"
            )
        ),
        launches=dict(
            Contribution.objects.filter(pk__in={clash.launch for clash in found if clash.launch}).values_list(
                "pk", "title"
            )
        ),
        people=display_names(people, lang, chain),
        zones={pk: zone for pk, zone in zones.items() if zone is not None},
        show=lambda text: text.shown(lang, chain),
    )
