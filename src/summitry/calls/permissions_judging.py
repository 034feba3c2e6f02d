"""Who may do what with what concerns the judging of single entries.

It is hidden from everybody whom a conflict bars from the entry, whatever her role: the rows are left out where they are
read, so that no list, count or mean tells of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet, Subquery

from summitry.calls.enums import LEFT, AssignmentState, ConflictState, EntryState
from summitry.calls.models import (
    Assignment,
    Bid,
    Conflict,
    Decision,
    Entry,
    Laureate,
    Remark,
    Review,
    Standing,
)
from summitry.calls.permissions import CHECKING, DECIDING, ENTRANT, OFFICE, READERS, ROUND_PATHS
from summitry.foundation.access import Actor, ScopedPolicy

M = TypeVar("M", bound=Model)
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


def barred(actor: Actor) -> Subquery | None:
    """Return the ids of the entries from whose judging a conflict bars `actor`, for a query; None for nobody's account."""
    if actor.account_id is None:
        return None
    rows = Conflict.objects.filter(juror__account=actor.account_id, state__in=BARRING)
    return Subquery(rows.values("entry_id"))


def is_barred(actor: Actor, entry_id: int) -> bool:
    """Return whether a conflict bars `actor` from the judging of an entry."""
    ids = barred(actor)
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
        return obj is None or self._is_told(obj) or not is_barred(actor, self._entry_of(obj))

    def visible(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        return self._unbarred(actor, super().visible(actor, queryset))

    def within(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        return self._unbarred(actor, super().within(actor, queryset))

    def _unbarred(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        ids = barred(actor)
        if ids is None:
            return queryset
        unbarred = ~Q(**{f"{self.entry}__in": ids})
        return queryset.filter(unbarred if self.told is None else unbarred | self.told)

    def _is_told(self, _obj: M) -> bool:
        return False

    def _entry_of(self, obj: M) -> int:
        value: Any = obj
        for step in self.entry.split("__"):
            value = getattr(value, step)
        return int(value)


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


class ReviewPolicy(JudgingPolicy[Review]):
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


class RemarkPolicy(JudgingPolicy[Remark]):
    """The discussion of an entry, for the office and the chair; jurors come to it by `queries.discussion`."""

    model = Remark
    paths: ClassVar[Mapping[str, str]] = ROUND_PATHS
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": OFFICE | DECIDING}


class DecisionPolicy(JudgingPolicy[Decision]):
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
