"""Today's numbers beside those of the last edition at the same distance to its opening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.gates.queries.figures import DEFINITIONS, counted_guests
from summitry.guests.models import Guest
from summitry.insight.models import DailyFigure
from summitry.programme.enums import PUBLIC_ROLES, AppearanceState, ForumState
from summitry.programme.models import Appearance, Forum, Session, Slot

GAUGES: Mapping[str, str | Promise] = {
    "forums_signed": _("Forums signed off"),
    "sessions": _("Sessions"),
    "sessions_placed": _("Sessions with room and time"),
    "speakers": _("Speakers"),
    "speakers_confirmed": _("Speakers who confirmed"),
    "entities": _("Countries and regions of speakers"),
    "guests_registered": _("Guests registered"),
    "guests_accredited": _("Guests accredited"),
    "guests_badged": _("Guests with a badge"),
    "guests_entered": _("Guests who entered"),
    "guests_online": _("Guests who attended online"),
}
_OF_GUESTS = "guests_"
"""What follows is the key of a definition of the gates' figures."""
_FINAL = (ForumState.SIGNED, ForumState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Pace:
    """One gauge: its label, what it shows now, and what it showed for the last edition at the same distance.

    `then` is empty where the last edition has no figure for that day or an earlier one.
    """

    gauge: str
    label: str
    now: int
    then: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All gauges, the edition compared with, and how many days there are to the opening (negative after it)."""

    days_left: int
    last: Edition | None
    gauges: tuple[Pace, ...]


def days_left(edition: Edition, day: dt.date | None = None) -> int:
    """Return the days from `day` (today in the host city) to the first day of the edition."""
    today = day or clock.now().astimezone(edition.zone).date()
    return (edition.starts_on - today).days


def measured(edition: Edition) -> dict[str, int]:
    """Return what every gauge shows for `edition` now; five queries."""
    forums = Forum.objects.filter(edition=edition).aggregate(signed=Count("pk", filter=Q(state__in=_FINAL)))
    placed = Slot.objects.filter(version__edition=edition, version__number=None, is_cancelled=False).count()
    people = Appearance.objects.filter(session__edition=edition, role__in=PUBLIC_ROLES).aggregate(
        speakers=Count("person", distinct=True),
        confirmed=Count("person", distinct=True, filter=Q(state=AppearanceState.CONFIRMED)),
        entities=Count("person__entity", distinct=True),
    )
    return {
        "forums_signed": forums["signed"],
        "sessions": Session.objects.filter(edition=edition).count(),
        "sessions_placed": placed,
        "speakers": people["speakers"],
        "speakers_confirmed": people["confirmed"],
        "entities": people["entities"],
        **_guests(edition),
    }


def _guests(edition: Edition) -> dict[str, int]:
    """Count guests by the definitions of the gates' figures, all in one query."""
    keys = [gauge.removeprefix(_OF_GUESTS) for gauge in GAUGES if gauge.startswith(_OF_GUESTS)]
    this = Guest.objects.filter(pk=OuterRef("pk"))
    rows = (
        counted_guests(edition)
        .order_by()
        .annotate(**{f"is_{key}": Exists(DEFINITIONS[key].taken(this)) for key in keys})
    )
    found = rows.aggregate(**{key: Count("pk", filter=Q(**{f"is_{key}": True})) for key in keys})
    return {f"{_OF_GUESTS}{key}": number for key, number in found.items()}


def compare(edition: Edition) -> Comparison:
    """Return today's numbers beside those of the summit's edition before, on the same distance to its opening."""
    left = days_left(edition)
    earlier = Edition.objects.filter(summit=edition.summit_id, starts_on__lt=edition.starts_on)
    last = earlier.filter(daily_figures__isnull=False).distinct().first()
    then: dict[str, int] = {}
    if last is not None:
        # From far to near: what stands last for a gauge is the figure of the nearest day that is not later.
        figures = DailyFigure.objects.filter(edition=last, days_left__gte=left).order_by("-days_left")
        then = dict(figures.values_list("gauge", "value"))
    now = measured(edition)
    return Comparison(
        left, last, tuple(Pace(key, str(label), now[key], then.get(key)) for key, label in GAUGES.items())
    )
