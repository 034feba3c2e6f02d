"""What a speaker's page shows of her parts: where and when by both clocks, with whom, which files, what is due.

The same reading serves the console's page about her, where an institution sees the parts in its own forums only.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Q

from summitry.directory.queries.names import names_of
from summitry.editions.models import Deadline, Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, ActorKind, within
from summitry.foundation.i18n import Shown, Text, formats
from summitry.programme.enums import PUBLIC_ROLES, AppearanceState, MaterialKind, SubstitutionState
from summitry.programme.models import Appearance, Material, Session, Slot, Speaker, Substitution, Version
from summitry.programme.queries.clocks import second_clock
from summitry.programme.queries.owed import DEADLINES, owes_recording, owes_slides


class Place(NamedTuple):
    """Where and when a session takes place; provisional as long as no published version says so."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room: Text | None
    building: Text | None
    is_provisional: bool


class Fellow(NamedTuple):
    """Somebody else in the same session."""

    name: Shown
    role: str


class Due(NamedTuple):
    """By when something is due: the due date, the end of the grace, and whether either has passed."""

    due_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    is_overdue: bool = False
    is_closed: bool = False


class Files(NamedTuple):
    """The versions of one kind of file for a part, the newest first; whether it is expected, and until when."""

    kind: MaterialKind
    is_expected: bool
    due: Due
    versions: Sequence[Material]


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of a speaker. `here` is the venue's clock, `there` hers, empty where hers is unknown or the same."""

    part: Appearance
    place: Place | None
    here: str = ""
    there: str = ""
    fellows: Sequence[Fellow] = ()
    files: Sequence[Files] = ()
    proposals: Sequence[Substitution] = ()

    @property
    def session(self) -> Session:
        """The session in which the part is."""
        return self.part.session

    @property
    def is_declined(self) -> bool:
        """Whether she has said that she does not come."""
        return self.part.state == AppearanceState.DECLINED

    @property
    def proposal(self) -> Substitution | None:
        """Whoever is proposed in her place and not decided about."""
        return next((one for one in self.proposals if one.state == SubstitutionState.PROPOSED), None)

    @property
    def refused(self) -> Substitution | None:
        """The last proposal, where it was not accepted."""
        last = self.proposals[0] if self.proposals else None
        return last if last and last.state == SubstitutionState.REFUSED else None


@dataclass(frozen=True, slots=True)
class Speaking:
    """All parts of a speaker that her reader works on, in the order of time, and by when what is due."""

    speaker: Speaker
    name: Shown
    parts: Sequence[PartLine]
    deadlines: Mapping[str, Due] = field(default_factory=dict)

    def due(self, kind: str) -> Due:
        """Return by when something of this kind is due."""
        return self.deadlines.get(kind, NO_DUE)


NO_DUE = Due()
_FAR = dt.datetime.max.replace(tzinfo=dt.UTC)


def speaking_of(speaker: Speaker, actor: Actor, lang: str, zone: ZoneInfo | None = None) -> Speaking:
    """Return what `actor` sees of a speaker's parts; seven statements, however many parts there are."""
    edition = speaker.edition
    rows = Appearance.objects.filter(
        session__edition=edition, person=speaker.person_id, role__in=PUBLIC_ROLES
    ).select_related("session__forum", "session__edition", "contribution", "person")
    if actor.kind is not ActorKind.LINK:
        rows = within(actor, rows)
    mine = list(rows)
    ids = {row.session_id for row in mine}
    places, deadlines = places_of(edition, ids), deadlines_of(edition)
    name, fellows = _people(ids, speaker, lang)
    files = _files(speaker, ids)
    proposals: dict[int, list[Substitution]] = defaultdict(list)
    for one in Substitution.objects.filter(speaker=speaker, appearance__in=[row.pk for row in mine]):
        proposals[one.appearance_id or 0].append(one)
    lines = []
    for row in mine:
        place = places.get(row.session_id)
        row.session.edition = edition
        here, there = _clocks(place, edition, zone)
        lines.append(
            PartLine(
                row, place, here, there, fellows.get(row.session_id, ()),
                files_of(row, files, deadlines), proposals[row.pk],
            )
        )  # fmt: skip
    lines.sort(key=lambda line: (line.place.starts_at if line.place else _FAR, line.part.pk))
    return Speaking(speaker, name, lines, deadlines)


def places_of(edition: Edition, session_ids: Iterable[int]) -> dict[int, Place]:
    """Return where sessions take place: by the last published version, else, provisionally, by the draft."""
    last = Version.objects.filter(edition=edition, number__isnull=False).order_by("-number").values("pk")[:1]
    rows = Slot.objects.filter(
        Q(version=last) | Q(version__edition=edition, version__number=None),
        session__in=set(session_ids),
        is_cancelled=False,
    ).select_related("room__building", "version")
    places: dict[int, Place] = {}
    for slot in rows:
        is_draft = slot.version.number is None
        if is_draft and slot.session_id in places:
            continue
        room = slot.room
        building = room.building.name if room and room.building else None
        places[slot.session_id] = Place(
            slot.starts_at, slot.ends_at, room.name if room else None, building, is_draft
        )
    return places


def deadlines_of(edition: Edition) -> dict[str, Due]:
    """Return the edition's deadlines by kind."""
    now = clock.now()
    return {
        row.kind: Due(row.due_at, row.closes_at, now > row.due_at, now > row.closes_at)
        for row in Deadline.objects.filter(edition=edition)
    }


def files_of(
    part: Appearance,
    files: Mapping[tuple[int, int | None, str], Sequence[Material]],
    deadlines: Mapping[str, Due],
) -> list[Files]:
    """Return the four kinds of files for a part: those that are expected first, then those that are possible."""
    is_coming = part.state != AppearanceState.DECLINED
    wanted = {
        MaterialKind.SLIDES: is_coming and owes_slides(part),
        MaterialKind.VIDEO: is_coming and owes_recording(part),
    }
    found = [
        Files(
            kind,
            wanted.get(kind, False),
            deadlines.get(DEADLINES[kind], NO_DUE),
            files.get((part.session_id, part.contribution_id, str(kind)), ()),
        )
        for kind in MaterialKind
    ]
    return sorted(found, key=lambda one: not one.is_expected)


def _files(
    speaker: Speaker, session_ids: set[int]
) -> Mapping[tuple[int, int | None, str], Sequence[Material]]:
    found: dict[tuple[int, int | None, str], list[Material]] = defaultdict(list)
    for row in Material.objects.filter(speaker=speaker, session__in=session_ids).select_related("file"):
        found[row.session_id, row.contribution_id, row.kind].append(row)
    return found


def _people(
    session_ids: set[int], speaker: Speaker, lang: str
) -> tuple[Shown, Mapping[int, Sequence[Fellow]]]:
    """Return the speaker's name for this reader, and who else is in these sessions."""
    rows = list(
        Appearance.objects.filter(session__in=session_ids, role__in=PUBLIC_ROLES)
        .exclude(person=speaker.person_id)
        .exclude(state=AppearanceState.DECLINED)
        .only("session_id", "person_id", "role")
    )
    names = names_of({speaker.person_id, *(row.person_id for row in rows)})
    found: dict[int, dict[int, Fellow]] = defaultdict(dict)
    for row in rows:
        name = names.shown(row.person_id, lang, speaker.edition.fallback)
        found[row.session_id].setdefault(row.person_id, Fellow(name, row.get_role_display()))
    own = names.shown(speaker.person_id, lang, speaker.edition.fallback)
    return own, {pk: list(people.values()) for pk, people in found.items()}


def _clocks(place: Place | None, edition: Edition, zone: ZoneInfo | None) -> tuple[str, str]:
    if place is None:
        return "", ""
    venue = edition.zone
    here = f"{formats.time(place.starts_at, venue)}–{formats.time(place.ends_at, venue)}"
    if zone is None or zone.key == venue.key:
        return here, ""
    start, end = (second_clock(at, venue, zone) for at in (place.starts_at, place.ends_at))
    return here, f"{start}–{end}"
