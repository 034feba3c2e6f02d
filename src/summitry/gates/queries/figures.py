"""Who counts: each figure about guests is a definition, computed from the log, with the list behind it.

A person is counted once however often she came; visits are counted beside. Only guests of categories that count are in the
figures of guests. `insight` reads them from here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.directory.enums import EntityKind
from summitry.directory.models import Entity
from summitry.editions.models import Edition
from summitry.gates.enums import Channel
from summitry.gates.models import Credential, Entry, Presence
from summitry.guests.enums import GONE, Attendance, GuestState
from summitry.guests.models import Guest

NOT_HANDED_IN = frozenset({GuestState.INVITED, GuestState.NOMINATED, GuestState.APPLYING, GuestState.WAITING})
"""States in which nobody has handed in an application yet; who is asked to complete hers has."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One way to count guests: a key, what it says, and whom it takes."""

    key: str
    label: str | Promise
    meaning: str | Promise
    taken: Callable[[QuerySet[Guest]], QuerySet[Guest]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A definition with how many there are."""

    definition: Definition
    number: int


def _registered(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    return guests.exclude(state__in=GONE | NOT_HANDED_IN)


def _accredited(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    return guests.filter(state=GuestState.CONFIRMED)


def _badged(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    return guests.filter(Exists(Credential.objects.filter(guest=OuterRef("pk"))))


def _printed(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    printed = Credential.objects.filter(guest=OuterRef("pk"), printed_at__isnull=False)
    return guests.filter(Exists(printed))


def _entered(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    return guests.filter(Exists(Entry.objects.filter(guest=OuterRef("pk"))))


def _online(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    joined = Presence.objects.filter(guest=OuterRef("pk"), channel=Channel.ONLINE)
    return guests.filter(Exists(joined))


def _took_part(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    return guests.filter(Exists(Presence.objects.filter(guest=OuterRef("pk"))))


def _expected(guests: QuerySet[Guest]) -> QuerySet[Guest]:
    return _accredited(guests).filter(attendance=Attendance.ON_SITE)


DEFINITIONS: dict[str, Definition] = {
    one.key: one
    for one in (
        Definition(
            "registered", _("Registered"), _("Handed in an application, and still come."), _registered
        ),
        Definition("accredited", _("Accredited"), _("Were admitted, and still are."), _accredited),
        Definition("expected", _("Expected on site"), _("Were admitted to come on site."), _expected),
        Definition("badged", _("Badge issued"), _("Had a badge of their own at some time."), _badged),
        Definition("printed", _("Badge printed"), _("Had a badge printed at some time."), _printed),
        Definition("entered", _("Entered"), _("Were let in at a gate at least once."), _entered),
        Definition(
            "online", _("Attended online"), _("Joined online at least once, by their own link."), _online
        ),
        Definition(
            "took_part",
            _("Took part"),
            _("Entered or attended online; who did both counts once."),
            _took_part,
        ),
    )
}


def counted_guests(edition: Edition) -> QuerySet[Guest]:
    """Return the guests of an edition who count."""
    return Guest.objects.filter(edition=edition, category__counts=True)


def guests_behind(edition: Edition, key: str) -> QuerySet[Guest]:
    """Return the guests that a figure counts. Raises KeyError for a key that is no definition."""
    return DEFINITIONS[key].taken(counted_guests(edition))


def figures_of(edition: Edition) -> list[Figure]:
    """Return all figures about persons."""
    return [Figure(one, guests_behind(edition, key).count()) for key, one in DEFINITIONS.items()]


def visits_of(edition: Edition, channel: str = Channel.ON_SITE) -> int:
    """Return how often guests who count came in, or joined: a person who came on three days is three visits."""
    rows = Presence.objects.filter(edition=edition, channel=channel, guest__category__counts=True)
    return rows.count()


def from_abroad(guests: QuerySet[Guest], host: int, *, with_regions: bool) -> QuerySet[Guest]:
    """Return those of counted guests who stand for another country than the entity `host`.

    Whether regions count is for whoever publishes the figure to say, and the figure says it. Intergovernmental
    organisations are of no country.
    """
    return guests.filter(_stands_for(Entity.objects.filter(kind__in=_kinds(with_regions)).exclude(pk=host)))


def countries_and_regions(guests: QuerySet[Guest], *, with_regions: bool) -> int:
    """Return how many countries (and regions) counted guests stand for."""
    stand_for = Coalesce("delegation__entity", "person__entity")
    rows = guests.filter(_stands_for(Entity.objects.filter(kind__in=_kinds(with_regions))))
    return rows.order_by().values_list(stand_for).distinct().count()


def _kinds(with_regions: bool) -> set[EntityKind]:  # noqa: FBT001 - handed on by name
    return {EntityKind.COUNTRY, EntityKind.REGION} if with_regions else {EntityKind.COUNTRY}


def _stands_for(entities: QuerySet[Entity]) -> Q:
    """A guest stands for the entity of her delegation, or else for her own."""
    return Q(delegation__entity__in=entities) | Q(delegation__entity=None, person__entity__in=entities)
