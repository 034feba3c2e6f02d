"""Reviews: saved while a juror writes them, handed in, and opened again while the round reads.

Saving is made for pages that lose their connection and for jurors with two devices. A save says which value each field
showed when it was changed: what somebody changed elsewhere meanwhile is neither overwritten nor lost, but named.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from summitry.calls.actions.recording import record_step
from summitry.calls.actions.turns import in_turn
from summitry.calls.enums import ASSIGNMENT, AssignmentState, RoundState, StepKind
from summitry.calls.errors import RoundClosed
from summitry.calls.events import ReviewSubmitted
from summitry.calls.models import Assignment, Criterion, Review
from summitry.calls.queries.discussion import topic_of as discussion_topic
from summitry.calls.queries.panel import topic_of
from summitry.calls.queries.review_content import (
    MARK,
    WORDS,
    digested,
    field_names,
    missing,
    score_of,
    stamp,
    value_of,
)
from summitry.calls.record.canonical import digest
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState, TransitionRefused
from summitry.foundation.live import hint
from summitry.foundation.states import transition

LONGEST = 4000
A = AssignmentState


class Change(NamedTuple):
    """What a field shall say, and the stamp of what it said when its writer changed it."""

    seen: str
    value: int | str | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A review as it stands after a save; `crossed` names fields that were changed elsewhere and were not written."""

    review: Review
    crossed: tuple[str, ...] = ()


def save_review(assignment: Assignment, changes: Mapping[str, Change], *, by: Actor, key: str = "") -> Saved:
    """Write what a juror changed in her review. The same save sent twice, under the same `key`, writes once.

    A field that says something else by now than its writer saw, and not what she wants, stays as it is and is named in
    `crossed`. The log gets an entry when a review is begun, not for every save. Raises PermissionRefused, RoundClosed,
    TransitionRefused for a review that was handed in, and InvalidInput.
    """
    _require_own(assignment, by)
    criteria = list(assignment.round.criteria.all())
    checked = _checked(changes, criteria)
    begins = assignment.state == A.GIVEN
    with in_turn(), recording() if begins else transaction.atomic():
        held = _held(assignment)
        review, _made = Review.objects.get_or_create(assignment=held)
        review.assignment, assignment.state = held, held.state
        if key and review.key == key:
            return Saved(review)
        if held.state == A.SUBMITTED:
            raise TransitionRefused(_("You have handed in this review. Open it again to change it."))
        crossed = tuple(name for name, change in checked.items() if _is_crossed(review, name, change))
        written = {name: change.value for name, change in checked.items() if name not in crossed}
        if written:
            _write(review, written, criteria, key)
            _begin(held, by)
            hint(topic_of(held.pk), "saved", version=review.version)
        assignment.state = held.state
    return Saved(review, crossed)


def submit_review(
    assignment: Assignment, changes: Mapping[str, Change], *, by: Actor, key: str = ""
) -> Saved:
    """Hand in a review: the last changes are saved, and what then stands is sealed by its digest.

    Nothing is handed in where a field was crossed. Announces ReviewSubmitted. Raises what `save_review` raises; InvalidInput
    for missing marks, after the changes were saved; StaleState where it was saved from elsewhere this very moment.
    """
    saved = save_review(assignment, changes, by=by, key=key)
    if saved.crossed or assignment.state == A.SUBMITTED:
        return saved
    review = saved.review
    unmarked = missing(review, assignment.round.criteria.all())
    if unmarked:
        said = _("Give a mark before you hand in the review.")
        raise InvalidInput(fields={MARK + criterion.slug: [said] for criterion in unmarked})
    with in_turn(), recording():
        seal(review)
        now = review.submitted_at
        changes_ = {"state_since": now}
        transition(
            assignment, ASSIGNMENT, A.SUBMITTED, by=by, audit="calls.review.submitted", changes=changes_
        )
        _record(review)
        announce(
            ReviewSubmitted(
                by=by,
                edition_id=assignment.edition_id,
                call_id=assignment.round.call_id,
                round_id=assignment.round_id,
                entry_id=assignment.entry_id,
            )
        )
        hint(topic_of(assignment.pk), "submitted", version=review.version)
        hint(discussion_topic(assignment.round_id, assignment.entry_id), "review")
    return Saved(review)


def seal(review: Review) -> None:
    """Fix what a review says under a digest with a salt of its own. Raises StaleState where it is another version by now."""
    review.submitted_at = clock.now()
    review.salt = secrets.token_hex(32)
    review.digest = digest(digested(review))
    values = {name: getattr(review, name) for name in ("submitted_at", "salt", "digest")}
    if not Review.objects.filter(pk=review.pk, version=review.version).update(**values):
        raise StaleState


def reopen_review(assignment: Assignment, *, by: Actor) -> Assignment:
    """Open an own review again while the round reads: it no longer counts until it is handed in once more.

    Raises PermissionRefused, RoundClosed, TransitionRefused and StaleState.
    """
    _require_own(assignment, by)
    with recording():
        held = _held(assignment)
        review = Review.objects.get(assignment=held)
        review.assignment = held
        transition(
            held,
            ASSIGNMENT,
            A.BEGUN,
            by=by,
            audit="calls.review.reopened",
            changes={"state_since": clock.now()},
        )
        review.submitted_at, review.salt, review.digest, review.key = None, "", "", ""
        review.version += 1
        review.saved_at = clock.now()
        review.save()
        _record(review)
        hint(topic_of(held.pk), "saved", version=review.version)
        assignment.state = held.state
    return assignment


def _require_own(assignment: Assignment, by: Actor) -> None:
    """A review is its juror's alone: whoever runs the installation may see it, and cannot write it."""
    require(by, "mark", assignment)
    if not by.is_system and assignment.juror.account_id != by.account_id:
        raise PermissionRefused


def _held(assignment: Assignment) -> Assignment:
    """Return the assignment as it stands, kept from others until the transaction ends."""
    related = ("round__call__edition", "entry", "juror__person")
    held = Assignment.objects.select_for_update(of=("self",)).select_related(*related).get(pk=assignment.pk)
    if held.round.state != RoundState.READING:
        raise RoundClosed
    if held.state not in {A.GIVEN, A.BEGUN, A.SUBMITTED}:
        raise StaleState
    return held


def _checked(changes: Mapping[str, Change], criteria: list[Criterion]) -> dict[str, Change]:
    ranges = {MARK + criterion.slug: criterion for criterion in criteria}
    wrong: dict[str, list[str]] = {}
    found: dict[str, Change] = {}
    for name, (seen, value) in changes.items():
        if name in WORDS:
            words = str(value or "").replace("\r\n", "\n").replace("\x00", "")
            if len(words) > LONGEST:
                said = _("At most %(most)s characters; these are %(count)s.")
                wrong[name] = [said % {"most": LONGEST, "count": len(words)}]
            found[name] = Change(seen, words)
        elif name in ranges:
            criterion = ranges[name]
            if value is not None and not _is_within(value, criterion):
                said = _("A mark from %(lowest)s to %(highest)s.")
                wrong[name] = [said % {"lowest": criterion.lowest, "highest": criterion.highest}]
            found[name] = Change(seen, value)
        else:
            raise InvalidInput(_("This round does not ask for this: %(name)s."), name=name[:80])
    if wrong:
        raise InvalidInput(fields=wrong)
    return found


def _is_within(value: Any, criterion: Criterion) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and criterion.lowest <= value <= criterion.highest


def _is_crossed(review: Review, name: str, change: Change) -> bool:
    now = stamp(value_of(review, name))
    return now not in (change.seen, stamp(change.value))


def _write(review: Review, values: Mapping[str, Any], criteria: list[Criterion], key: str) -> None:
    marks = {slug: mark for slug, mark in review.marks.items() if MARK + slug in field_names(criteria)}
    for name, value in values.items():
        if name in WORDS:
            setattr(review, name, value)
        elif value is None:
            marks.pop(name.removeprefix(MARK), None)
        else:
            marks[name.removeprefix(MARK)] = value
    review.marks, review.score = marks, score_of(marks, criteria)
    review.version += 1
    review.key, review.saved_at = key, clock.now()
    review.save()


def _begin(assignment: Assignment, by: Actor) -> None:
    if assignment.state == A.GIVEN:
        changes = {"state_since": clock.now()}
        transition(assignment, ASSIGNMENT, A.BEGUN, by=by, audit="calls.review.begun", changes=changes)


def _record(review: Review) -> None:
    """The record holds the digest alone; of a review that was taken back, none."""
    assignment = review.assignment
    content = {
        "round": assignment.round.number,
        "entry": assignment.entry.number,
        "juror": assignment.juror_id,
        "version": review.version,
        "digest": review.digest,
    }
    record_step(assignment.round.call_id, StepKind.REVIEW, content)
