"""The lists behind the figures: whom each of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.directory.queries.names import display_names
from summitry.foundation.access import within
from summitry.foundation.i18n import Shown
from summitry.foundation.lists import Column, Empty, Filter, ListSpec, Option, Reader, choice, search
from summitry.gates.queries.figures import DEFINITIONS, counted_guests
from summitry.guests.enums import Attendance
from summitry.guests.models import Guest
from summitry.guests.queries.outside import codes_seen, is_inside, seen_state


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A guest who counts."""

    guest: Guest
    name: Shown
    state: str


def rows(reader: Reader) -> QuerySet[Guest]:
    """Return the guests who count, of those that the reader works on."""
    return within(reader.actor, counted_guests(reader.edition)).select_related(
        "category", "delegation", "person__entity", "delegation__entity"
    )


def lines(guests: Sequence[Guest], reader: Reader) -> list[CountedLine]:
    """Return the lines of these guests, with one statement for their names."""
    names = display_names({guest.person_id for guest in guests}, reader.lang, reader.edition.fallback)
    inside = is_inside(reader.actor, reader.edition)
    return [
        CountedLine(guest, names[guest.person_id], seen_state(guest, inside=inside).words) for guest in guests
    ]


def _by_state(guests: QuerySet[Any], reader: Reader) -> dict[int, Any]:
    return codes_seen(guests, inside=is_inside(reader.actor, reader.edition))


def _options(_reader: Reader) -> list[Option]:
    return [Option(one.key, str(one.label)) for one in DEFINITIONS.values()]


def _narrowed(guests: QuerySet[Guest], key: str, _reader: Reader) -> QuerySet[Guest]:
    return DEFINITIONS[key].taken(guests) if key in DEFINITIONS else guests


def _entity(line: CountedLine, _reader: Reader) -> Any:
    delegation = line.guest.delegation
    entity = (delegation.entity if delegation else None) or line.guest.person.entity
    return entity.code if entity else None


COUNTED = ListSpec(
    key="gates.counted",
    route="gates:counted",
    nav="gates-figures",
    title=_("Who counts"),
    lead=_("Each person once, in categories that count."),
    rows=rows,
    lines=lines,
    label=lambda line, _reader: line.name.text,
    columns=(
        Column(key="name", label=_("Name"), value=lambda line, _reader: line.name),
        Column(
            key="category",
            label=_("Category"),
            value=lambda line, _reader: line.guest.category.name,
            sort="category__position",
        ),
        Column(
            key="delegation",
            label=_("Delegation"),
            value=lambda line, _reader: line.guest.delegation.name if line.guest.delegation else None,
        ),
        Column(key="entity", label=_("Country or region"), value=_entity),
        Column(
            key="attendance",
            label=_("Takes part"),
            value=lambda line, _reader: line.guest.get_attendance_display(),
        ),
        Column(
            key="state",
            label=_("State"),
            value=lambda line, _reader: line.state,
            sort=_by_state,
        ),
    ),
    filters=(
        search("person__reference_name", "person__names__text"),
        Filter(key="figure", label=_("Figure"), options=_options, narrow=_narrowed),
        choice("attendance", _("Takes part"), "attendance", Attendance),
    ),
    order="category",
    empty=Empty(title=_("Nobody counts yet."), text=_("Guests appear here as soon as there are any.")),
)
