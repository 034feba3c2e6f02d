"""The chair decides: entry by entry or as proposed, with a reason wherever it is not as proposed, by lot inside a tie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from summitry.algorithms.selection import Result, lottery
from summitry.calls.actions.moving import move
from summitry.calls.actions.recording import record_step, record_steps
from summitry.calls.enums import CallState, EntryState, StepKind, Verdict
from summitry.calls.errors import InConflict, OwnReviewFirst
from summitry.calls.events import SelectionDecided
from summitry.calls.models import Call, Decision, Entry
from summitry.calls.permissions_judging import due_from
from summitry.calls.queries.selection import (
    CANDIDATES,
    candidates_of,
    is_masked,
    proposal_in_force,
    proposed_verdicts,
)
from summitry.calls.record.seeds import lot_seed, seed_digest
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState

STATES: dict[Verdict, EntryState] = {
    Verdict.SELECTED: EntryState.SELECTED,
    Verdict.RESERVE: EntryState.RESERVE,
    Verdict.NOT_SELECTED: EntryState.NOT_SELECTED,
}
LONGEST_REASON = 2000


def decide(
    entry: Entry, verdict: Verdict, *, by: Actor, reason: str = "", rank: int | None = None
) -> Decision:
    """Decide about one candidate; a decision that is not the proposal's needs a reason.

    Announces SelectionDecided. Raises InConflict for whom a conflict bars from any candidate, InvalidInput without the reason, StaleState for
    an entry that is no candidate any more or a call that was announced.
    """
    require_unmasked(entry.call, by)
    wanted = proposed_verdicts(proposal_in_force(entry.call))
    proposed, place = wanted.get(entry.pk, (Verdict.NOT_SELECTED, None))
    follows = bool(wanted) and proposed == verdict
    reason = reason.strip()
    if not follows and not reason:
        raise InvalidInput(
            fields={"reason": [_("This is not what was proposed. Please say why you decide so.")]}
        )
    if len(reason) > LONGEST_REASON:
        text = _("At most %(limit)d characters are possible.") % {"limit": LONGEST_REASON}
        raise InvalidInput(fields={"reason": [text]})
    with recording():
        _check_open(entry.call)
        made = _put(entry, verdict, rank if rank is not None else place, by, follows=follows, reason=reason)
        _told(entry.call, [made], by)
    return made


def decide_as_proposed(call: Call, *, by: Actor) -> list[Decision]:
    """Decide about all candidates that are not decided yet as the proposal in force says.

    Announces SelectionDecided. Raises InConflict for whom a conflict bars from any candidate, StaleState where no proposal
    is in force.
    """
    require_unmasked(call, by)
    with recording():
        _check_open(call)
        proposal = proposal_in_force(call)
        if proposal is None:
            raise StaleState
        wanted = proposed_verdicts(proposal)
        entries = candidates_of(call).filter(decision=None).select_related("call")
        made = [
            _put(entry, *wanted.get(entry.pk, (Verdict.NOT_SELECTED, None)), by, follows=True, reason="")
            for entry in entries
        ]
        if made:
            _told(call, made, by)
    return made


def draw_lot(call: Call, entry_ids: Iterable[int], places: int, *, by: Actor) -> tuple[int, ...]:
    """Draw `places` of some candidates by lot, and record it with what anybody needs to draw again once the seed is told.

    Nothing is decided by it: the chair decides, and names the lot as her reason. The same entries and places always give the
    same draw: there is no drawing again until it pleases. Raises InvalidInput unless these entries are a tie of the proposal
    in force with so many places, InConflict, StaleState where this lot was drawn already.
    """
    require_unmasked(call, by)
    keys = sorted(set(entry_ids))
    if (tuple(keys), places) not in _ties(call):
        raise InvalidInput(fields={"lot": [_("These entries are no tie of the proposal in force.")]})
    with recording():
        _check_open(call)
        drawn = lottery(keys, places, lot_seed(call.seed, keys, places))
        content = {"keys": keys, "places": places, "drawn": list(drawn), "seed": seed_digest(call.seed)}
        if call.steps.filter(kind=StepKind.LOTTERY, content=content).exists():
            raise StaleState
        record_step(call.pk, StepKind.LOTTERY, content)
        record("calls.lot.drawn", by=by, obj=call, count=len(keys), places=places)
    return drawn


def require_unmasked(call: Call, by: Actor) -> None:
    """Ask for who decides, and from whom no candidate is withheld: who is chosen tells of who is not.

    Raises PermissionRefused, OwnReviewFirst, InConflict.
    """
    require(by, "decide", call)
    if is_masked(call, by):
        reads = candidates_of(call).filter(pk__in=due_from(by).values("entry_id"))
        raise OwnReviewFirst if reads.exists() else InConflict


def _ties(call: Call) -> set[tuple[tuple[int, ...], int]]:
    """Return the groups inside which the proposal in force leaves open whom it chooses, with their places."""
    proposal = proposal_in_force(call)
    if proposal is None or not isinstance(proposal.answer, Result):
        return set()
    return {(tuple(sorted(tie.keys)), tie.places) for tie in proposal.answer.ties if tie.open}


def _check_open(call: Call) -> None:
    state = Call.objects.filter(pk=call.pk).values_list("state", flat=True).get()
    if state in {CallState.ANNOUNCED, CallState.CANCELLED}:
        raise StaleState


def _put(
    entry: Entry, verdict: Verdict, rank: int | None, by: Actor, *, follows: bool, reason: str
) -> Decision:
    state = Entry.objects.filter(pk=entry.pk).values_list("state", flat=True).get()
    if state not in CANDIDATES:
        raise StaleState
    entry.state = state
    made, _created = Decision.objects.update_or_create(
        entry=entry,
        defaults={
            "verdict": verdict,
            "rank": rank,
            "follows": follows,
            "reason": reason,
            "decided_by": by.label[:200],
            "decided_at": clock.now(),
        },
    )
    made.entry = entry
    if state != STATES[verdict]:
        move(entry, STATES[verdict], by=by)
    record("calls.decision.made", by=by, obj=entry)
    return made


def _told(call: Call, made: Sequence[Decision], by: Actor) -> None:
    steps = [
        (
            StepKind.DECIDED,
            {
                "entry": one.entry.number,
                "verdict": str(one.verdict),
                "rank": one.rank,
                "follows": one.follows,
            },
        )
        for one in made
    ]
    record_steps(call.pk, steps)
    ids = tuple(one.entry_id for one in made)
    announce(SelectionDecided(by=by, edition_id=call.edition_id, call_id=call.pk, entry_ids=ids))
