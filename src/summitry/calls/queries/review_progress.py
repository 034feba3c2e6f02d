"""How far the reviews of a round are, by juror and by entry, for the office and the chair.

Nothing of an entry from which a conflict bars the reader is counted, neither in its own line nor in a juror's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from summitry.calls.enums import IN_PLAY, AssignmentState
from summitry.calls.models import Assignment, Entry, Remark, Round, Standing
from summitry.calls.permissions_judging import HELD, due_from
from summitry.calls.queries.rounds import at_stake
from summitry.directory.queries.names import display_names
from summitry.foundation.access import Actor, visible
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Shown, Text

PAGE = 50
SUBMITTED = AssignmentState.SUBMITTED


@dataclass(frozen=True, slots=True)
class JurorProgress:
    """How far a juror is: what she has, has begun and has handed in, and when she last saved something."""

    juror_id: int
    name: Shown
    given: int
    begun: int
    submitted: int
    last_at: dt.datetime | None

    @property
    def open(self) -> int:
        """What she has not handed in."""
        return self.given - self.submitted


@dataclass(frozen=True, slots=True)
class EntryProgress:
    """How far an entry is: how many reviews it is to get, who has it, and what is handed in and said."""

    number: int
    title: Text
    area: Text | None
    wanted: int
    given: int
    submitted: int
    remarks: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries: its number, how many pages there are, and its rows."""

    number: int
    last: int
    rows: list[EntryProgress]


def jurors_progress(round_: Round, actor: Actor, lang: str) -> list[JurorProgress]:
    """Return the jurors of a round who have something on their tables, the least advanced first (three queries)."""
    rows = (
        visible(actor, Assignment.objects.filter(round=round_, state__in=HELD, entry__state__in=IN_PLAY))
        .order_by()
        .values("juror_id", "juror__person_id")
        .annotate(
            given=Count("pk"),
            begun=Count("pk", filter=Q(state=AssignmentState.BEGUN)),
            submitted=Count("pk", filter=Q(state=SUBMITTED)),
            last_at=Max("review__saved_at"),
        )
    )
    found = list(rows)
    names = display_names([row["juror__person_id"] for row in found], lang, round_.call.edition.fallback)
    made = [
        JurorProgress(
            row["juror_id"],
            names[row["juror__person_id"]],
            row["given"],
            row["begun"],
            row["submitted"],
            row["last_at"],
        )
        for row in found
    ]
    return sorted(made, key=lambda one: (-one.open, one.name.text))


def entries_progress(round_: Round, actor: Actor, *, number: int = 1, only_open: bool = False) -> Page:
    """Return a page of the entries of a round (three queries); with `only_open` those that lack a review."""
    standings = visible(actor, at_stake(round_)).select_related("entry__area").order_by("entry__number")
    rows = visible(actor, Assignment.objects.filter(round=round_, state__in=HELD)).order_by()
    counts = {
        row["entry_id"]: row
        for row in rows.values("entry_id").annotate(
            given=Count("pk"), submitted=Count("pk", filter=Q(state=SUBMITTED))
        )
    }
    nothing = {"given": 0, "submitted": 0}
    all_ = list(standings.defer("entry__abstract", "entry__answers"))
    shown = [
        row for row in all_ if not only_open or counts.get(row.entry_id, nothing)["submitted"] < row.reads
    ]
    last = max(1, -(-len(shown) // PAGE))
    number = min(max(number, 1), last)
    shown = shown[(number - 1) * PAGE : number * PAGE]
    said = Remark.objects.filter(round=round_, entry__in=[row.entry_id for row in shown])
    remarks = dict(
        visible(actor, said)
        .order_by()
        .values("entry_id")
        .annotate(n=Count("pk"))
        .values_list("entry_id", "n")
    )
    return Page(
        number,
        last,
        [
            EntryProgress(
                row.entry.number,
                row.entry.title,
                row.entry.area.name if row.entry.area else None,
                row.reads,
                counts.get(row.entry_id, nothing)["given"],
                counts.get(row.entry_id, nothing)["submitted"],
                remarks.get(row.entry_id, 0),
            )
            for row in shown
        ],
    )


def entry_of_round(round_: Round, actor: Actor, number: int) -> Entry:
    """Return an entry of a round by its number. Raises NotFound, also for whom a conflict bars."""
    standing = (
        visible(actor, Standing.objects.filter(round=round_, entry__number=number))
        .select_related("entry__area", "entry__call")
        .first()
    )
    if standing is None:
        raise NotFound
    standing.entry.call = round_.call
    return standing.entry


def own_due(entry: Entry, actor: Actor) -> Assignment | None:
    """Return what somebody who leads the jury has still to review of an entry herself, with its round; None where nothing."""
    return due_from(actor).filter(entry=entry).select_related("round").first()
