"""The order that a precedence list begins with: by rank, then time in office, then the alphabet of one language.

It is proposed once and written down as positions; from then on hands move people, with reasons. Nothing sorts by it later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from summitry.directory.queries.entities import EntityNames
from summitry.directory.queries.names import names_of
from summitry.directory.queries.scripts import script_of
from summitry.directory.queries.sorting import collation_key
from summitry.foundation.search.readings import readings_of
from summitry.guests.enums import GONE, Attendance, Capacity
from summitry.guests.models import Guest
from summitry.protocol.enums import Rank
from summitry.protocol.models import Courtesy, PrecedenceList

RANKS: tuple[str, ...] = tuple(Rank.values)
RANK_OF: Mapping[str, Rank] = {
    Capacity.HEAD_OF_STATE: Rank.HEAD_OF_STATE,
    Capacity.HEAD_OF_GOVERNMENT: Rank.HEAD_OF_GOVERNMENT,
    Capacity.MINISTER: Rank.MINISTER,
    Capacity.HEAD_OF_DELEGATION: Rank.HEAD_OF_DELEGATION,
}
"""The rank that a capacity stands for where nobody has said otherwise."""
DIGNITARIES = frozenset(RANK_OF)
LAST = (True, "\uffff")
"""Where those stand who represent no country, region or body: after all who do."""


class Proposed(NamedTuple):
    """Somebody's place in a proposal: the guest, and what puts her there."""

    guest_id: int
    rank: str
    since: dt.date | None


def rotated(key: str, lang: str, start_letter: str) -> tuple[bool, str]:
    """Return a collation key as it counts where the alphabet begins with a drawn letter: what stands before it comes last."""
    start = collation_key(start_letter, lang).partition("\x00")[0] if start_letter else ""
    return (key < start, key)


def dignitaries_of(precedence: PrecedenceList) -> list[int]:
    """Return the guests who are proposed for a list: who comes on site and has a rank or a capacity that stands for one."""
    rows = Guest.objects.filter(edition=precedence.edition_id, attendance=Attendance.ON_SITE).exclude(
        state__in=GONE
    )
    by_rank = (
        Courtesy.objects.filter(guest__in=rows).exclude(rank=Rank.OTHER).values_list("guest_id", flat=True)
    )
    by_capacity = rows.filter(category__capacity__in=DIGNITARIES).values_list("pk", flat=True)
    return sorted({*by_rank, *by_capacity})


def proposed_order(precedence: PrecedenceList, guest_ids: Iterable[int]) -> list[Proposed]:
    """Return these guests in the order of the list's rules, with five statements."""
    lang, letter = precedence.language, precedence.start_letter
    guests = list(
        Guest.objects.filter(pk__in=list(guest_ids), edition=precedence.edition_id).select_related(
            "category", "person", "delegation", "courtesy"
        )
    )
    names = names_of({guest.person_id for guest in guests})
    entities = EntityNames(precedence.edition.naming_profile_id, lang, precedence.edition.fallback)

    def key(guest: Guest) -> tuple[int, dt.date, tuple[bool, str], str, int]:
        rank, since = rank_of(guest)
        entity = entity_of(guest)
        home = rotated(_home_key(entities, entity), lang, letter) if entity is not None else LAST
        return (
            RANKS.index(rank),
            since or dt.date.max,
            home,
            names.sort_key(guest.person_id, lang, precedence.edition.fallback),
            guest.pk,
        )

    return [Proposed(guest.pk, *rank_of(guest)) for guest in sorted(guests, key=key)]


def rank_of(guest: Guest) -> tuple[str, dt.date | None]:
    """Return a guest's rank and since when she is in office: as protocol entered it, else as her capacity says."""
    courtesy = getattr(guest, "courtesy", None)
    if courtesy is not None and courtesy.rank != Rank.OTHER:
        return courtesy.rank, courtesy.in_office_since
    rank = RANK_OF.get(guest.category.capacity, Rank.OTHER)
    return rank.value, courtesy.in_office_since if courtesy is not None else None


def entity_of(guest: Guest) -> int | None:
    """Return what a guest represents: her delegation's country or region, else her own."""
    if guest.delegation is not None and guest.delegation.entity_id is not None:
        return guest.delegation.entity_id
    return guest.person.entity_id


def _home_key(entities: EntityNames, entity: int) -> str:
    """Return the sort key of a name; a Chinese one without a given sort form is ordered as it is read."""
    key = entities.sort_key(entity)
    if entities.lang.startswith("zh") and script_of(key) == "Hani":
        key = collation_key(" ".join(readings_of(entities.short(entity).text)), entities.lang)
    return key
