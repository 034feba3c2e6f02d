"""Who may do what with what concerns the judging of single entries.

It is hidden from everybody whom a conflict bars from the entry, or whose own it is, whatever her role: the rows are left out where they are
read, so that no list, count or mean tells of them. What others think of an entry is hidden, too, from whoever has it still
to review herself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Lower

from summitry.calls.enums import (
    LEFT,
    AssignmentState,
    ConflictState,
    EntryState,
    JurorState,
    MemberState,
    RoundState,
)
from summitry.calls.models import (
    Assignment,
    Bid,
    Conflict,
    Decision,
    Entry,
    Laureate,
    Member,
    Remark,
    Review,
    Standing,
)
from summitry.calls.permissions import CHECKING, DECIDING, ENTRANT, OFFICE, READERS, ROUND_PATHS
from summitry.foundation.access import Actor, ScopedPolicy
from summitry.foundation.models import Account

M = TypeVar("M", bound=Model)
Ids = QuerySet[Any, Any]
"""Ids of entries, for the condition of a query."""
UNJUDGED = LEFT | {
    EntryState.DRAFT,
    EntryState.SUBMITTED,
    EntryState.RETURNED,
    EntryState.ELIGIBLE,
    EntryState.INELIGIBLE,
}
"""An entry in one of these is not with the jury: its state tells nothing of its judging."""

BARRING = frozenset({ConflictState.OPEN, ConflictState.UPHELD})
HELD = frozenset({AssignmentState.GIVEN, AssignmentState.BEGUN, AssignmentState.SUBMITTED})
"""What a juror has on her table."""
DUE = frozenset({AssignmentState.GIVEN, AssignmentState.BEGUN})
"""What of it she has still to review."""


def barred(actor: Actor) -> Ids | None:
    """Return the ids of the entries from whose judging `actor` is barred, for a query; None for nobody's account.

    A conflict bars a juror, also one who has not answered yet and holds an office of the call; and nobody who works on a call
    has a part in the judging of her own entry, juror or not.
    """
    if actor.account_id is None:
        return None
    first, *others = _barring(actor.account_id)
    return first.union(*others)


def _barring(account_id: int) -> Iterator[Ids]:
    """Yield the ids of entries, each for one reason; a union of these is read by indexes, one condition is not."""
    herself = Q(juror__account=account_id) | Q(juror__person__account=account_id)
    yield Conflict.objects.filter(herself, state__in=BARRING).order_by().values_list("entry_id")
    address = Account.objects.filter(pk=account_id).values(address=Lower("email"))
    teams = Member.objects.exclude(state=MemberState.DENIED).order_by()
    yield teams.filter(person__account=account_id).values_list("entry_id")
    yield teams.filter(email__in=address).values_list("entry_id")
    yield Entry.objects.filter(contact_email__in=address).order_by().values_list("pk")


def is_barred(actor: Actor, entry_id: int) -> bool:
    """Return whether `actor` is barred from the judging of an entry."""
    ids = barred(actor)
    return ids is not None and Entry.objects.filter(pk=entry_id).filter(pk__in=ids).exists()


def is_entered_by(actor: Actor, entry_id: int) -> bool:
    """Return whether an entry is the actor's own: she is the contact, or a member of the team who has not denied it."""
    if actor.account_id is None:
        return False
    _conflicts, *own = _barring(actor.account_id)
    return Entry.objects.filter(pk=entry_id).filter(pk__in=own[0].union(*own[1:])).exists()


def due_from(actor: Actor) -> QuerySet[Assignment]:
    """Return what `actor` has still to review herself, in rounds that read."""
    rows = Assignment.objects.filter(juror__account=actor.account_id, juror__account__isnull=False)
    return rows.filter(
        juror__state=JurorState.ACCEPTED, state__in=DUE, round__state=RoundState.READING
    ).order_by()


def withheld(actor: Actor) -> Ids | None:
    """Return the ids of the entries of which no figure and no word of others is told to `actor`, for a query.

    Those from which a conflict bars her, and those that she has still to review herself: she knows no mark, mean, chance or
    rank of an entry, of whatever round, before her own review. None for nobody's account.
    """
    if actor.account_id is None:
        return None
    return due_from(actor).values_list("entry_id").union(*_barring(actor.account_id))


def is_withheld(actor: Actor, entry_id: int) -> bool:
    """Return whether nothing of what others think of an entry is told to `actor`."""
    ids = withheld(actor)
    return ids is not None and Entry.objects.filter(pk=entry_id).filter(pk__in=ids).exists()


class JudgingPolicy(ScopedPolicy[M]):
    """What concerns the judging of single entries: nothing of an entry for whom a conflict bars from it.

    `told` is the condition under which a row says nothing that its reader should not know; by default there is none.
    """

    entry: ClassVar[str] = "entry_id"
    told: ClassVar[Q | None] = None

    def may(self, actor: Actor, verb: str, obj: M | None = None) -> bool:
        if not super().may(actor, verb, obj):
            return False
        return obj is None or self._is_told(obj) or not self._is_hidden(actor, obj)

    def visible(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        return self._unbarred(actor, super().visible(actor, queryset))

    def within(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        return self._unbarred(actor, super().within(actor, queryset))

    def hidden(self, actor: Actor) -> Ids | None:
        """Return the ids of the entries of which `actor` sees nothing."""
        return barred(actor)

    def _unbarred(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        ids = self.hidden(actor)
        if ids is None:
            return queryset
        unbarred = ~Q(**{f"{self.entry}__in": ids})
        return queryset.filter(unbarred if self.told is None else unbarred | self.told)

    def _is_hidden(self, actor: Actor, obj: M) -> bool:
        ids = self.hidden(actor)
        return ids is not None and Entry.objects.filter(pk=self._entry_of(obj)).filter(pk__in=ids).exists()

    def _is_told(self, _obj: M) -> bool:
        return False

    def _entry_of(self, obj: M) -> int:
        value: Any = obj
        for step in self.entry.split("__"):
            value = getattr(value, step)
        return int(value)


class OpinionPolicy(JudgingPolicy[M]):
    """What others think of single entries: besides, nothing of one that its reader has still to review herself."""

    def hidden(self, actor: Actor) -> Ids | None:
        return withheld(actor)


class EntryPolicy(JudgingPolicy[Entry]):
    """Entries: the office keeps them, their entrant changes them, jurors read versions of those that were given to them.

    From the moment at which it is with the jury until the announcement an entry is hidden from whom a conflict bars from it:
    its very state would tell how it fares. `fill` is to change the draft, `leave` to withdraw it, `check` to decide about eligibility, `edit` is the office's.
    """

    model = Entry
    entry: ClassVar[str] = "pk"
    told: ClassVar[Q | None] = Q(call__announced_at__isnull=False) | Q(state__in=UNJUDGED)
    verbs = ("view", "edit", "fill", "leave", "check")
    paths: ClassVar[Mapping[str, str]] = {"edition": "call__edition_id", "call": "call_id", "entry": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {ENTRANT},
        "edit": OFFICE,
        "fill": OFFICE | {ENTRANT},
        "leave": OFFICE | {ENTRANT},
        "check": CHECKING,
    }

    def _is_told(self, obj: Entry) -> bool:
        return obj.state in UNJUDGED or obj.call.announced_at is not None


class StandingPolicy(JudgingPolicy[Standing]):
    """Where entries stand in a round."""

    model = Standing
    verbs = ("view", "decide")
    paths: ClassVar[Mapping[str, str]] = ROUND_PATHS
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING, "decide": DECIDING}


class AssignmentPolicy(JudgingPolicy[Assignment]):
    """Who reads what: for the office and the chair; a juror sees her own (`mark` is to review it)."""

    model = Assignment
    verbs = ("view", "edit", "mark")
    paths: ClassVar[Mapping[str, str]] = ROUND_PATHS
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING, "edit": OFFICE | DECIDING}

    def may(self, actor: Actor, verb: str, obj: Assignment | None = None) -> bool:
        if verb in {"view", "mark"} and obj is not None and actor.account_id is not None:
            mine = obj.juror.account_id == actor.account_id and obj.state in HELD
            if mine and self._token_allows(actor, verb):
                return not is_barred(actor, obj.entry_id)
        return super().may(actor, verb, obj)

    def worked_on(self, actor: Actor) -> Q:
        condition = super().worked_on(actor)
        if actor.account_id is None:
            return condition
        return condition | Q(juror__account=actor.account_id, state__in=HELD)


class ReviewPolicy(OpinionPolicy[Review]):
    """Reviews: the office and the chair; a juror her own, and the others' of an entry only by `queries.discussion`."""

    model = Review
    entry: ClassVar[str] = "assignment__entry_id"
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "assignment__round__call__edition_id",
        "call": "assignment__round__call_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING}

    def may(self, actor: Actor, verb: str, obj: Review | None = None) -> bool:
        mine = obj is not None and obj.assignment.juror.account_id == actor.account_id is not None
        if verb == "view" and obj is not None and mine:
            return not is_barred(actor, obj.assignment.entry_id)
        return super().may(actor, verb, obj)

    def worked_on(self, actor: Actor) -> Q:
        condition = super().worked_on(actor)
        if actor.account_id is None:
            return condition
        return condition | Q(assignment__juror__account=actor.account_id)

    def _unbarred(self, actor: Actor, queryset: QuerySet[Review]) -> QuerySet[Review]:
        """Her own review is hers to see while she writes it."""
        ids, due = barred(actor), due_from(actor)
        if ids is None:
            return queryset
        others = Q(assignment__entry__in=due.values("entry_id")) & ~Q(assignment__in=due.values("pk"))
        return queryset.exclude(assignment__entry__in=ids).exclude(others)


class RemarkPolicy(OpinionPolicy[Remark]):
    """The discussion of an entry, for the office and the chair; jurors come to it by `queries.discussion`."""

    model = Remark
    paths: ClassVar[Mapping[str, str]] = ROUND_PATHS
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING}


class DecisionPolicy(OpinionPolicy[Decision]):
    """What the chair decided."""

    model = Decision
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "entry__call__edition_id", "call": "entry__call_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING, "edit": DECIDING}


class ConflictPolicy(JudgingPolicy[Conflict]):
    """Conflicts of interest: which others are barred from an entry is hidden from whom one bars, like all of its judging.

    A juror sees what she declared herself by `queries.own_conflicts`, not what others say of her.
    """

    model = Conflict
    verbs = ("view", "edit", "decide")
    paths: ClassVar[Mapping[str, str]] = {"edition": "juror__call__edition_id", "call": "juror__call_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS,
        "edit": OFFICE,
        "decide": OFFICE | DECIDING,
    }


class BidPolicy(JudgingPolicy[Bid]):
    """Bids: who would like to read what."""

    model = Bid
    paths: ClassVar[Mapping[str, str]] = {"edition": "juror__call__edition_id", "call": "juror__call_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE}


class LaureatePolicy(JudgingPolicy[Laureate]):
    """Laureates are everybody's to see once they are announced."""

    model = Laureate
    told: ClassVar[Q | None] = Q(entry__call__announced_at__isnull=False)
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "entry__call__edition_id", "call": "entry__call_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING, "edit": OFFICE | DECIDING}
    public: ClassVar[Mapping[str, Any] | None] = {
        "entry__call__announced_at__isnull": False,
        "entry__call__edition__is_public": True,
        "revoked_at__isnull": True,
    }

    def _is_told(self, obj: Laureate) -> bool:
        return obj.entry.call.announced_at is not None


POLICIES = (
    EntryPolicy,
    LaureatePolicy,
    StandingPolicy,
    AssignmentPolicy,
    ReviewPolicy,
    RemarkPolicy,
    DecisionPolicy,
    ConflictPolicy,
    BidPolicy,
)
