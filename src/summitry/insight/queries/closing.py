"""The closing figures of an edition: what its gates and its platform counted, by which definition, and who is behind each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from summitry.directory.enums import EntityKind
from summitry.directory.models import Entity
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition
from summitry.foundation.i18n import Text
from summitry.gates.queries.figures import countries_and_regions, from_abroad, guests_behind
from summitry.insight.models import Measure, Observation

SOURCE = Text.of({"en": "Counted by Summitry from scans and attendance"})
TERRITORIES = (EntityKind.COUNTRY, EntityKind.REGION)


@dataclass(frozen=True, slots=True)
class Definition:
    """One closing figure: the measure under which it is recorded, what it counts, and the figure whose list is behind it.

    `note` is what is recorded with it; `meaning` says the same to whoever is about to record.
    """

    measure: str
    meaning: str | Promise
    note: str
    behind: str


@dataclass(frozen=True, slots=True)
class ClosingFigure:
    """A closing figure with its number; `name` is that of its measure, where there is one. `recorded` is what stands by now."""

    definition: Definition
    number: int
    name: Text | None
    recorded: Observation | None


DEFINITIONS: dict[str, Definition] = {
    one.measure: one
    for one in (
        Definition(
            "guests_total",
            _("Persons who entered at a gate or attended online; who did both counts once."),
            "Persons who entered at a gate or attended online; who did both counts once.",
            "took_part",
        ),
        Definition(
            "guests_onsite",
            _("Persons let in at a gate at least once."),
            "Persons let in at a gate at least once.",
            "entered",
        ),
        Definition(
            "guests_online",
            _("Persons who joined online at least once, by their own link."),
            "Persons who joined online at least once, by their own link.",
            "online",
        ),
        Definition(
            "countries_regions",
            _("Countries and regions for which those who took part stand, by delegation, else by person."),
            "Countries and regions for which those who took part stand, by delegation, else by person.",
            "took_part",
        ),
        Definition(
            "guests_foreign",
            _("Persons who took part and stand for another country than the host; regions are not counted."),
            "Persons who took part and stand for another country than the host; regions are not counted.",
            "took_part",
        ),
    )
}


def counted(edition: Edition, host: Entity | None) -> dict[str, int]:
    """Return what was counted so far, by measure. Without a `host` it is not known who is from abroad."""
    took_part = guests_behind(edition, "took_part")
    numbers = {
        "guests_total": took_part.count(),
        "guests_onsite": guests_behind(edition, "entered").count(),
        "guests_online": guests_behind(edition, "online").count(),
        "countries_regions": countries_and_regions(took_part, with_regions=True),
    }
    if host is not None:
        numbers["guests_foreign"] = from_abroad(took_part, host.pk, with_regions=False).count()
    return numbers


def closing_figures(edition: Edition, host: Entity | None) -> list[ClosingFigure]:
    """Return the closing figures as they are now, each beside what was recorded of it last."""
    names = dict(Measure.objects.filter(key__in=DEFINITIONS).values_list("key", "name"))
    recorded = recorded_of(edition)
    return [
        ClosingFigure(DEFINITIONS[key], number, names.get(key), recorded.get(key))
        for key, number in counted(edition, host).items()
    ]


def recorded_of(edition: Edition) -> dict[str, Observation]:
    """Return what we recorded last of each closing figure, by measure (one query)."""
    rows = Observation.objects.filter(edition=edition, measure__key__in=DEFINITIONS).select_related("measure")
    ours = SOURCE.get("en")
    return {row.measure.key: row for row in rows.order_by("as_of", "pk") if row.source.get("en") == ours}


def host_of(edition: Edition) -> Entity | None:
    """Return the country or region of the institution that is the host."""
    return Entity.objects.filter(
        organisations__edition_roles__edition=edition,
        organisations__edition_roles__role=OrganiserRole.HOST,
        kind__in=TERRITORIES,
    ).first()


def possible_hosts() -> Sequence[Entity]:
    """Return the countries and regions that can be a host."""
    return list(Entity.objects.filter(kind__in=TERRITORIES))


def night_of(edition: Edition, now: dt.datetime) -> dt.date | None:
    """Return the day of the edition that ended in the night which it is `now` in the host city; None at other times."""
    here = now.astimezone(edition.zone)
    ended = here.date() - dt.timedelta(days=1)
    return ended if here.hour < NIGHT_ENDS and edition.starts_on <= ended <= edition.ends_on else None


NIGHT_ENDS = 6
"""The hour at which a night is over: whoever left at four has left on the day before."""
