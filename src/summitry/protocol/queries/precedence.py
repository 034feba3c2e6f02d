"""What the pages of a precedence list show: its places, its versions, and where it departs from the rules unexplained."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, within
from summitry.foundation.errors import NotFound
from summitry.protocol.enums import PrecedenceChange
from summitry.protocol.models import PrecedenceEntry, PrecedenceList, PrecedenceVersion
from summitry.protocol.queries.order import dignitaries_of, proposed_order
from summitry.protocol.queries.people import Who, whos


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place of a list: who has it, and whether she stands there against the rules without a reason."""

    entry: PrecedenceEntry
    who: Who
    is_unexplained: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: what was changed, by whom, and about whom."""

    version: PrecedenceVersion
    what: str
    who: Who | None


def precedence_at_work(actor: Actor, edition: Edition, slug: str) -> PrecedenceList:
    """Return a list that `actor` works on. Raises NotFound for any other."""
    rows = PrecedenceList.objects.filter(edition=edition, slug=slug).select_related("edition__naming_profile")
    found = within(actor, rows).first()
    if found is None:
        raise NotFound
    return found


def places_of(precedence: PrecedenceList) -> list[PlaceLine]:
    """Return the places of a list, first to last."""
    entries = list(precedence.entries.all())
    people = whos(precedence.edition, (entry.guest_id for entry in entries))
    odd = unexplained(precedence, entries)
    return [PlaceLine(entry, people[entry.guest_id], entry.pk in odd) for entry in entries]


def unexplained(precedence: PrecedenceList, entries: list[PrecedenceEntry]) -> frozenset[int]:
    """Return the entries without a reason that do not stand among each other as the list's rules would have them.

    Ranks change after a list was written; then a hand has to move people, or say why not.
    """
    plain = [entry for entry in entries if not entry.reason]
    meant = {
        each.guest_id: n for n, each in enumerate(proposed_order(precedence, [e.guest_id for e in plain]))
    }
    return frozenset(plain[n].pk for n in out_of_order([meant[entry.guest_id] for entry in plain]))


def out_of_order(ranks: Sequence[int]) -> set[int]:
    """Return which places have to be taken out, as few as can be, so that the other numbers ascend."""
    tails: list[int] = []
    lengths: list[int] = []
    for rank in ranks:
        length = bisect_left(tails, rank)
        tails[length : length + 1] = [rank]
        lengths.append(length)
    kept, wanted = set(), len(tails) - 1
    for place in range(len(ranks) - 1, -1, -1):
        if lengths[place] == wanted:
            kept.add(place)
            wanted -= 1
    return set(range(len(ranks))) - kept


def missing_from(precedence: PrecedenceList) -> list[int]:
    """Return the guests who have a rank and are not in the list."""
    present = set(precedence.entries.values_list("guest_id", flat=True))
    return [pk for pk in dignitaries_of(precedence) if pk not in present]


def versions_of(precedence: PrecedenceList) -> list[VersionLine]:
    """Return the versions of a list, newest first."""
    versions = list(precedence.versions.select_related("account"))
    people = whos(precedence.edition, (one.guest_id for one in versions if one.guest_id is not None))
    return [
        VersionLine(one, str(PrecedenceChange(one.change).label), people.get(one.guest_id or 0))
        for one in versions
    ]


def as_of(version: PrecedenceVersion) -> list[tuple[int, Who | None, str, dt.date | None, str]]:
    """Return the order of a version: place, guest (nobody where her record is erased), basis, since, reason."""
    people = whos(version.precedence.edition, (each["guest"] for each in version.order))
    return [
        (
            place,
            people.get(each["guest"]),
            each["basis"],
            dt.date.fromisoformat(each["since"]) if each["since"] else None,
            each["reason"],
        )
        for place, each in enumerate(version.order, start=1)
    ]
