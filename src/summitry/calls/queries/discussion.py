"""What others said of an entry: for a juror after her own review, for the office and the chair, and never for whom a conflict bars.

Whoever has the entry on her own table, in whatever round, and has not handed in sees nothing of it here, whatever else she is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.calls.enums import AssignmentState
from summitry.calls.models import Assignment, Criterion, Remark, Review, Round
from summitry.calls.permissions_judging import HELD, is_withheld
from summitry.calls.record.canonical import digest
from summitry.directory.queries.names import NamesIndex, names_of
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.i18n import Shown
from summitry.foundation.i18n.text import NOTHING


@dataclass(frozen=True, slots=True)
class Said:
    """A review by somebody, as others read it: a mark for each criterion, in their order."""

    who: Shown
    marks: tuple[int | None, ...]
    score: float | None
    remarks: str
    feedback: str
    at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Word:
    """A remark in the discussion."""

    pk: int
    who: Shown
    is_own: bool
    words: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Discussion:
    """The others' reviews of an entry in a round, and what was said about it."""

    criteria: tuple[Criterion, ...]
    reviews: tuple[Said, ...]
    words: tuple[Word, ...]


def topic_of(round_id: int, entry_id: int) -> str:
    """Return the live topic of the discussion of an entry."""
    return f"discussion:{round_id}:{entry_id}"


def may_discuss(actor: Actor, round_: Round, entry_id: int) -> bool:
    """Return whether `actor` sees what others said of an entry in a round, and may say something (two queries at most)."""
    if is_withheld(actor, entry_id):
        return False
    own = Assignment.objects.filter(
        round=round_, entry=entry_id, juror__account=actor.account_id, juror__account__isnull=False
    )
    states = set(own.filter(state__in=HELD).values_list("state", flat=True))
    if states:
        return states == {AssignmentState.SUBMITTED} and (
            round_.opens_discussion or _leads(actor, round_, entry_id)
        )
    return _leads(actor, round_, entry_id)


def discussion_of(round_: Round, entry_id: int, actor: Actor, lang: str) -> Discussion | None:
    """Return the discussion of an entry; None for whoever must not see it (yet)."""
    if not may_discuss(actor, round_, entry_id):
        return None
    reviews = list(
        Review.objects.filter(
            assignment__round=round_,
            assignment__entry=entry_id,
            assignment__state=AssignmentState.SUBMITTED,
        )
        .exclude(assignment__juror__account=actor.account_id or 0)
        .select_related("assignment__juror")
        .order_by("submitted_at", "pk")
    )
    remarks = list(Remark.objects.filter(round=round_, entry=entry_id).select_related("juror"))
    voices = _Voices(round_, entry_id, actor, lang, reviews, remarks)
    criteria = tuple(round_.criteria.all())
    return Discussion(
        criteria=criteria,
        reviews=tuple(
            Said(
                who=voices.of_juror(review.assignment.juror_id),
                marks=tuple(review.marks.get(criterion.slug) for criterion in criteria),
                score=review.score,
                remarks=review.remarks,
                feedback=review.feedback,
                at=review.submitted_at,
            )
            for review in sorted(reviews, key=voices.order)
        ),
        words=tuple(voices.word(remark) for remark in remarks),
    )


def _leads(actor: Actor, round_: Round, entry_id: int) -> bool:
    """Whether somebody reads reviews by her office: the office itself, and the chair."""
    return policy_for(Remark).may(actor, "view", Remark(round=round_, entry_id=entry_id))


class _Voices:
    """Under which names the jurors of a round read each other: their own, or "Juror 1" in an order nobody can guess."""

    def __init__(
        self,
        round_: Round,
        entry_id: int,
        actor: Actor,
        lang: str,
        reviews: list[Review],
        remarks: list[Remark],
    ) -> None:
        self.round, self.entry, self.actor, self.lang = round_, entry_id, actor, lang
        self.chain = round_.call.edition.fallback
        jurors = {review.assignment.juror for review in reviews}
        jurors |= {remark.juror for remark in remarks if remark.juror is not None}
        self.people = {juror.pk: juror.person_id for juror in jurors}
        self.named = round_.names_jurors or _leads(actor, round_, entry_id)
        self.names: NamesIndex | None = names_of(self.people.values()) if self.named and self.people else None
        seated = Assignment.objects.filter(round=round_, entry=entry_id).values_list("juror_id", flat=True)
        ranked = sorted({*seated, *self.people}, key=self._lot) if not self.named else []
        self.places = {juror: place for place, juror in enumerate(ranked, 1)}

    def of_juror(self, juror_id: int) -> Shown:
        if self.names is not None:
            return self.names.shown(self.people[juror_id], self.lang, self.chain)
        return Shown(_("Juror %(number)s") % {"number": self.places[juror_id]}, "", fallback=False)

    def order(self, review: Review) -> tuple[int, int]:
        """Named reviews come as they were handed in; else the order says nothing of the moment, which others may know."""
        return self.places.get(review.assignment.juror_id, 0), review.pk if self.named else 0

    def word(self, remark: Remark) -> Word:
        own = remark.author_id is not None and remark.author_id == self.actor.account_id
        if own:
            who = NOTHING
        elif remark.juror_id is None:
            who = Shown(_("Chair or office"), "", fallback=False)
        else:
            who = self.of_juror(remark.juror_id)
        return Word(remark.pk, who, own, remark.words, remark.said_at)

    def _lot(self, juror_id: int) -> str:
        return digest([self.round.call.seed, self.round.pk, self.entry, juror_id])
