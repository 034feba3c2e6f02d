"""What a juror may read before entries are given out: those of her call from which no conflict bars her.

In a call with a blind round nobody is told whose an entry is, here neither.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from summitry.calls.enums import IN_PLAY, RoundState
from summitry.calls.models import Bid, Call, Entry, Juror, Round
from summitry.calls.permissions_judging import BARRING
from summitry.foundation.i18n import Shown
from summitry.foundation.search import fold


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An entry for a juror to bid on; `organisation` is empty where she must not know."""

    id: int
    number: int
    title: Shown
    abstract: Shown
    area: Shown | None
    organisation: str
    bid: str


def open_to(juror: Juror) -> QuerySet[Entry]:
    """Return the entries of a juror's call that are to be judged, without those from which a conflict bars her."""
    rows = Entry.objects.filter(call=juror.call_id, state__in=IN_PLAY)
    barring = juror.conflicts.filter(state__in=BARRING).values("entry_id")
    return rows.exclude(pk__in=barring).order_by("number")


def found_by(rows: QuerySet[Entry], words: str, call: Call) -> QuerySet[Entry]:
    """Return the entries whose title, and where jurors may know it whose organisation, has all of these words."""
    blind, wanted = is_blind(call), fold(words).split()
    found = []
    for pk, title, organisation in rows.order_by().values_list("pk", "title", "organisation_name"):
        text = fold(" ".join([*title.texts.values(), "" if blind else organisation]))
        if all(word in text for word in wanted):
            found.append(pk)
    return rows.filter(pk__in=found)


def is_blind(call: Call) -> bool:
    """Return whether jurors must not know whose entries they read: a round to come is blind."""
    return Round.objects.filter(call=call, is_blind=True).exclude(state=RoundState.DECIDED).exists()


def lines_for(juror: Juror, entries: list[Entry], lang: str) -> list[OwnLine]:
    """Return entries as lines, with the juror's bids (two queries); `entries` come with their areas."""
    chain = juror.call.edition.fallback
    bids = dict(Bid.objects.filter(juror=juror, entry__in=entries).values_list("entry_id", "value"))
    blind = is_blind(juror.call)
    return [
        OwnLine(
            entry.pk,
            entry.number,
            entry.title.shown(lang, chain),
            entry.abstract.shown(lang, chain),
            entry.area.name.shown(lang, chain) if entry.area else None,
            "" if blind else entry.organisation_name,
            bids.get(entry.pk, ""),
        )
        for entry in entries
    ]
