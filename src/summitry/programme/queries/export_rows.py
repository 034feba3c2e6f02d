"""The rows that an exchange with the outside speaks of, fetched in a handful of statements whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from django.db.models import Q, QuerySet

from summitry.editions.models import Edition, Room
from summitry.foundation.access import PUBLIC, Actor, visible
from summitry.programme.enums import PUBLIC_ROLES
from summitry.programme.models import (
    Appearance,
    Contribution,
    Forum,
    ImportedRow,
    ScheduleSource,
    Session,
    Slot,
    Version,
)
from summitry.programme.permissions import SessionPolicy
from summitry.programme.queries.export_slots import AnySlot, slot_rows

V = TypeVar("V")

FEW = 50
"""Up to so many sessions, what belongs to them is asked for by their ids."""


class AppearanceRow(NamedTuple):
    """Who appears where. `public_id`, `slug` and `reference_name` are the person's."""

    session_id: int
    contribution_id: int | None
    person_id: int
    role: str
    delivery: str
    public_id: str
    slug: str
    reference_name: str


class RowKey(NamedTuple):
    """A foreign identity of one of our rows."""

    kind: str
    external_id: str


class KnownRow(NamedTuple):
    """Which row of ours a foreign identity means, and the digests of what its file last said."""

    object_id: int
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class KnownSource:
    """A foreign schedule that feeds the edition, with the rows that came from it."""

    source: ScheduleSource
    rows: Mapping[RowKey, KnownRow] = field(default_factory=dict)

    def row(self, kind: str, external_id: str) -> KnownRow | None:
        """Return what is known of a foreign identity."""
        return self.rows.get(RowKey(kind, external_id))


@dataclass(frozen=True, slots=True)
class ScheduleRows:
    """One version of an edition's schedule as an actor may see it. `slots` come in order of time and room."""

    edition: Edition
    version: Version | None
    slots: Sequence[AnySlot]
    forums: Mapping[int, Forum]
    rooms: Mapping[int, Room]
    appearances: Mapping[int, Sequence[AppearanceRow]]
    contributions: Mapping[int, Sequence[Contribution]]
    sources: Sequence[KnownSource]

    @property
    def held(self) -> Sequence[AnySlot]:
        """The slots that are not cancelled."""
        return [slot for slot in self.slots if not slot.is_cancelled]


@dataclass(frozen=True, slots=True)
class DraftRows(ScheduleRows):
    """The draft of a schedule, with rows that an import can change. `unplaced` are the sessions without a slot."""

    slots: Sequence[Slot]
    unplaced: Sequence[Session] = ()

    @property
    def held(self) -> Sequence[Slot]:
        """The slots that are not cancelled."""
        return [slot for slot in self.slots if not slot.is_cancelled]


def latest_version(edition: Edition, actor: Actor) -> Version | None:
    """Return the newest published version that `actor` may see."""
    return (
        visible(actor, Version.objects.filter(edition=edition, number__isnull=False))
        .order_by("-number")
        .first()
    )


def schedule_rows(
    edition: Edition, *, actor: Actor, version: Version | None, only: Q | None = None
) -> ScheduleRows:
    """Return the rows of `version` that `actor` may see, in eight statements at most; `only` chooses among the slots."""
    chosen = _slots(edition, actor, version).filter(only or Q())
    slots = slot_rows(chosen)
    forum_ids = {slot.session.forum_id for slot in slots}
    session_ids = {slot.session_id for slot in slots}
    held_in = _held_in(version, session_ids)
    return ScheduleRows(
        edition=edition,
        version=version,
        slots=slots,
        forums={forum.pk: forum for forum in Forum.objects.filter(edition=edition) if forum.pk in forum_ids},
        rooms={room.pk: room for room in Room.objects.filter(edition=edition)},
        appearances=_only(session_ids, appearances_of(held_in)),
        contributions=_only(session_ids, contributions_of(held_in)),
        sources=known_sources(edition),
    )


def _held_in(version: Version | None, session_ids: Collection[int]) -> Q:
    """Return the condition under which a row belongs to one of the sessions, or at least to the same version.

    Hundreds of ids would take longer to send than the rows of a few sessions more take to fetch.
    """
    if version is None or len(session_ids) <= FEW:
        return Q(session__in=session_ids)
    return Q(session__slots__version=version)


def _only(session_ids: Collection[int], found: Mapping[int, V]) -> dict[int, V]:
    return {session_id: rows for session_id, rows in found.items() if session_id in session_ids}


def whole_draft(edition: Edition) -> DraftRows:
    """Return the draft and every session of an edition, placed or not, for comparison with a new file."""
    sessions = Session.objects.filter(edition=edition)
    slots = Slot.objects.filter(version__edition=edition, version__number__isnull=True).select_related(
        "session"
    )
    unplaced = sessions.exclude(pk__in=slots.values("session_id"))
    return DraftRows(
        edition=edition,
        version=None,
        slots=list(slots.order_by("starts_at", "room__position", "pk")),
        unplaced=list(unplaced.order_by("pk")),
        forums={forum.pk: forum for forum in Forum.objects.filter(edition=edition)},
        rooms={room.pk: room for room in Room.objects.filter(edition=edition)},
        appearances=appearances_of(Q(session__edition=edition)),
        contributions=contributions_of(Q(session__edition=edition)),
        sources=known_sources(edition, sessions=True),
    )


def _slots(edition: Edition, actor: Actor, version: Version | None) -> QuerySet[Slot]:
    if version is None:
        return Slot.objects.none()
    slots = Slot.objects.filter(version=version)
    if actor.is_system:
        return slots
    if actor == PUBLIC and version.number is not None:
        # What the policy asks beyond this, that the session stands in a published version, is so: it stands in this one.
        # Asking all the same would look through the slots of all versions.
        return slots.filter(**{f"session__{lookup}": value for lookup, value in SessionPolicy.shown.items()})
    return slots.filter(session__in=visible(actor, Session.objects.filter(edition=edition)))


def appearances_of(sessions: Q) -> dict[int, list[AppearanceRow]]:
    """Return who appears in public in each session of `sessions`, in the order of the programme."""
    rows = Appearance.objects.filter(sessions, role__in=PUBLIC_ROLES).values_list(
        "session_id",
        "contribution_id",
        "person_id",
        "role",
        "delivery",
        "person__public_id",
        "person__slug",
        "person__reference_name",
    )
    found: dict[int, list[AppearanceRow]] = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        found[row[0]].append(AppearanceRow(*row[:5], str(row[5]), *row[6:]))
    return found


def contributions_of(sessions: Q) -> dict[int, list[Contribution]]:
    """Return the contributions of each session of `sessions`, in order."""
    found: dict[int, list[Contribution]] = defaultdict(list)
    for contribution in Contribution.objects.filter(sessions):
        found[contribution.session_id].append(contribution)
    return found


def known_sources(edition: Edition, *, sessions: bool = False) -> list[KnownSource]:
    """Return the foreign schedules of an edition, oldest first, with the rows that came from them.

    What they last said of `sessions` matters to an import only, and is left out otherwise.
    """
    sources = list(ScheduleSource.objects.filter(edition=edition).order_by("pk"))
    if not sources:
        return []
    rows: dict[int, dict[RowKey, KnownRow]] = defaultdict(dict)
    stored = ImportedRow.objects.filter(source__in=sources)
    if not sessions:
        stored = stored.exclude(kind="session")
    for source_id, kind, external_id, object_id, digests in stored.values_list(
        "source_id", "kind", "external_id", "object_id", "digests"
    ):
        rows[source_id][RowKey(kind, external_id)] = KnownRow(object_id, digests)
    return [KnownSource(source, rows[source.pk]) for source in sources]
