"""Single changes of who reads what, by hand: with the same hard rules as an assignment, refused with the cause."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from summitry.calls.actions.assigning import check_open
from summitry.calls.actions.moving import REASON, check_reason
from summitry.calls.actions.recording import record_step
from summitry.calls.actions.telling_jurors import tell_of_reads
from summitry.calls.enums import (
    ASSIGNMENT,
    AssignmentState,
    ConflictKind,
    JurorState,
    RoundState,
    StepKind,
)
from summitry.calls.errors import InConflict, OwnReviewFirst
from summitry.calls.events import AssignmentsChanged
from summitry.calls.models import Assignment, Conflict, Entry, Juror, Round, Standing
from summitry.calls.permissions_judging import BARRING, HELD
from summitry.calls.queries.assignment_problem import LANGUAGE, PANEL, pair_rules
from summitry.calls.queries.rounds import at_stake
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change
from summitry.foundation.errors import InvalidInput, SummitryError
from summitry.foundation.states import transition

A = AssignmentState
MOST_READS = 60
RULES: dict[str, Promise] = {
    LANGUAGE: gettext_lazy("she does not read the language in which it is written"),
    PANEL: gettext_lazy("her panel does not read its area"),
}


class CannotBeGiven(SummitryError):
    """A rule keeps this entry from this juror."""

    code = "cannot-be-given"
    message = gettext_lazy("This entry cannot go to this juror: %(reason)s.")


class ReviewBegun(SummitryError):
    """What a juror has begun is not taken from her by hand; she can recuse herself."""

    code = "review-begun"
    message = gettext_lazy("She has begun this review. It stays with her unless she recuses herself.")


def give_entry(round_: Round, entry: Entry, juror: Juror, *, by: Actor) -> Assignment:
    """Give an entry of a round to a juror. Announces AssignmentsChanged.

    Raises InConflict, and CannotBeGiven with the rule that keeps it from her: language, panel, load, or how many jurors of
    one organisation or one country or region may read it.
    """
    require(by, "edit", Assignment(round=round_, entry=entry, juror=juror))
    check_open(round_)
    with recording():
        _check_pair(round_, entry, juror)
        _check_counts(round_, entry, juror)
        row = Assignment.objects.filter(round=round_, entry=entry, juror=juror).first()
        if row is None:
            row = Assignment.objects.create(round=round_, entry=entry, juror=juror, state_since=clock.now())
            record("calls.assignment.given", by=by, obj=row)
        elif row.state == A.RECUSED:
            raise CannotBeGiven(reason=_("she has recused herself from it"))
        elif row.state == A.TAKEN_BACK:
            changes = {"state_since": clock.now(), "reason": ""}
            transition(
                row,
                ASSIGNMENT,
                A.GIVEN,
                by=by,
                audit="calls.assignment.given",
                changes=changes,
                withhold=REASON,
            )
        else:
            raise CannotBeGiven(reason=_("she has it already"))
        _told(row, "given", by)
        if round_.state == RoundState.READING:
            tell_of_reads(round_, {juror.pk: 1}, by=by)
    return row


def take_back(assignment: Assignment, *, by: Actor, reason: str = "") -> Assignment:
    """Take an entry that a juror has not begun to review back from her. Announces AssignmentsChanged.

    The reason stays with the assignment, not in the log. Raises ReviewBegun, InvalidInput for a reason that is too long, and
    OwnReviewFirst for her own: who took it back to look at the others' marks could give it to herself again.
    """
    require(by, "edit", assignment)
    if by.account_id is not None and assignment.juror.account_id == by.account_id:
        raise OwnReviewFirst
    reason = reason.strip()
    check_reason(reason)
    check_open(assignment.round)
    if assignment.state in {A.BEGUN, A.SUBMITTED}:
        raise ReviewBegun
    with recording():
        changes = {"state_since": clock.now(), "reason": reason}
        transition(
            assignment,
            ASSIGNMENT,
            A.TAKEN_BACK,
            by=by,
            audit="calls.assignment.taken_back",
            changes=changes,
            withhold=REASON,
        )
        _told(assignment, "taken_back", by)
    return assignment


def set_reads(standing: Standing, reads: int, *, by: Actor) -> Standing:
    """Say how many jurors read one entry of a round, other than the round says. Raises InvalidInput, RoundOver, StaleState."""
    require(by, "edit", standing.round)
    check_open(standing.round)
    if not 0 <= reads <= MOST_READS:
        raise InvalidInput(fields={"reads": [_("Give a number from 0 to %(most)d.") % {"most": MOST_READS}]})
    with recording():
        change(standing, {"reads": reads}, by=by, audit="calls.standing.reads")
    return standing


def _check_pair(round_: Round, entry: Entry, juror: Juror) -> None:
    """Refuse for what holds between this juror and this entry."""
    if juror.call_id != round_.call_id or juror.state != JurorState.ACCEPTED:
        raise CannotBeGiven(reason=_("she is not a juror of this call, or has not accepted"))
    if not at_stake(round_).filter(entry=entry).exists():
        raise CannotBeGiven(reason=_("it is not in this round"))
    kinds = Conflict.objects.filter(juror=juror, entry=entry, state__in=BARRING).values_list(
        "kind", flat=True
    )
    if kinds:
        names = ", ".join(sorted({str(ConflictKind(kind).label) for kind in kinds}))
        raise InConflict(gettext_lazy("A conflict of interest bars this: %(kinds)s."), kinds=names)
    for rule in pair_rules(entry, juror):
        raise CannotBeGiven(reason=RULES[rule])


def _check_counts(round_: Round, entry: Entry, juror: Juror) -> None:
    """Refuse for how much she has already, and for who else reads it."""
    held = Assignment.objects.filter(round=round_, state__in=HELD)
    load = held.filter(juror=juror).exclude(entry=entry).count()
    if load >= juror.most:
        said = _("she has %(load)d entries and reads at most %(most)d")
        raise CannotBeGiven(reason=said % {"load": load, "most": juror.most})
    others = held.filter(entry=entry).exclude(juror=juror)
    caps = (
        ("organisation", round_.per_organisation, _("jurors of her organisation read it already")),
        ("entity", round_.per_entity, _("jurors of her country or region read it already")),
    )
    for name, cap, said in caps:
        own = getattr(juror, f"{name}_id")
        if cap and own and others.filter(**{f"juror__{name}": own}).count() >= cap:
            raise CannotBeGiven(reason=_("%(cap)d %(said)s") % {"cap": cap, "said": said})


def _told(row: Assignment, what: str, by: Actor) -> None:
    round_ = row.round
    content = {"round": round_.number, "change": what, "entry": row.entry.number, "juror": row.juror_id}
    record_step(round_.call_id, StepKind.ROUND, content)
    announce(
        AssignmentsChanged(by=by, edition_id=round_.edition_id, call_id=round_.call_id, round_id=round_.pk)
    )
