"""Who reads which entry of a round: for the pages of the office and the chair."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from summitry.calls.enums import AssignmentState, JurorState
from summitry.calls.models import Assignment, Juror, Round, Standing
from summitry.calls.permissions_judging import HELD
from summitry.calls.queries.lacking import standing_reads
from summitry.calls.queries.rounds import at_stake
from summitry.directory.queries.names import display_names
from summitry.foundation.access import Actor, visible
from summitry.foundation.i18n import Shown

PAGE = 50


@dataclass(frozen=True, slots=True)
class Reader:
    """A juror with an entry on her table, or who recused herself from it; `counts` says whether she will have read it."""

    assignment: Assignment
    name: Shown
    counts: bool

    @property
    def is_gone(self) -> bool:
        """Whether it is on the table of a juror who is not there."""
        return self.assignment.state in HELD and self.assignment.juror.state != JurorState.ACCEPTED

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be taken back: she has not begun."""
        return self.assignment.state == AssignmentState.GIVEN


@dataclass(frozen=True, slots=True)
class EntryReaders:
    """An entry of a round and its readers."""

    standing: Standing
    readers: list[Reader] = field(default_factory=list)

    @property
    def held(self) -> int:
        """How many have it and will have read it."""
        return sum(reader.counts for reader in self.readers)

    @property
    def missing(self) -> int:
        """How many readers it lacks."""
        return max(0, self.standing.reads - self.held)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of entries: its number, how many pages and how many entries there are, and its rows."""

    number: int
    last: int
    total: int
    rows: list[EntryReaders]


def readers_page(
    round_: Round, actor: Actor, lang: str, *, number: int = 1, entry: int = 0, only_short: object = False
) -> Page:
    """Return a page of a round's entries with their readers (five queries); one entry where its number is given."""
    standings = visible(actor, at_stake(round_)).order_by("entry__number")
    if entry:
        standings = standings.filter(entry__number=entry)
    keys = _short(round_, standings) if only_short else list(standings.values_list("pk", flat=True))
    last = max(1, -(-len(keys) // PAGE))
    number = min(max(number, 1), last)
    rows = Standing.objects.filter(pk__in=keys[(number - 1) * PAGE : number * PAGE])
    fields = ("round", "reads", "entry__number", "entry__title", "entry__area__name")
    rows = rows.select_related("entry__area").only(*fields).order_by("entry__number")
    shown = {row.entry_id: EntryReaders(row) for row in rows}
    given = Assignment.objects.filter(round=round_, entry__in=shown).exclude(state=AssignmentState.TAKEN_BACK)
    counts = Exists(standing_reads().filter(pk=OuterRef("pk")))
    found = list(given.select_related("juror").annotate(counts=counts).order_by("pk"))
    names = display_names({row.juror.person_id for row in found}, lang, round_.call.edition.fallback)
    for row in found:
        shown[row.entry_id].readers.append(Reader(row, names[row.juror.person_id], row.counts))
    return Page(number, last, len(keys), list(shown.values()))


def _short(round_: Round, standings: QuerySet[Standing]) -> list[int]:
    held = Counter(standing_reads().filter(round=round_).values_list("entry", flat=True))
    found = standings.values_list("pk", "entry_id", "reads")
    return [pk for pk, entry, reads in found if held[entry] < reads]


def juror_entries(round_: Round, juror: Juror, actor: Actor) -> list[Assignment]:
    """Return what a juror has, or had, in a round (one query)."""
    rows = visible(actor, Assignment.objects.filter(round=round_, juror=juror))
    return list(rows.select_related("entry__area", "review").order_by("entry__number"))


def free_jurors(round_: Round, lang: str) -> list[tuple[int, Shown]]:
    """Return the jurors of a call who have accepted, by name (two queries)."""
    rows = Juror.objects.filter(Q(state=JurorState.ACCEPTED), call=round_.call_id)
    people = dict(rows.values_list("person_id", "pk"))
    names = display_names(people, lang, round_.call.edition.fallback)
    return [(people[person], name) for person, name in names.items()]
