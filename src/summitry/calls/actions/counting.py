"""Closing the ballots of a final, and counting those that were revealed: anybody can count again from the record."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from summitry.algorithms.ranking import Rules
from summitry.algorithms.ranking.plain import rules_plain
from summitry.calls.actions.ballot import RevealClosed, reveal_kept
from summitry.calls.actions.final import tell
from summitry.calls.actions.recording import record_step, record_steps
from summitry.calls.actions.round import close_round
from summitry.calls.enums import FINAL, FinalState, RoundState, StepKind
from summitry.calls.models import Ballot, Criterion, Final, Pitch, PublicVote, Round
from summitry.calls.queries.finals import closed_to
from summitry.calls.record.canonical import digest
from summitry.calls.record.seeds import derived_seed
from summitry.calls.record.tallying import drawn, scored, tallied
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.states import transition

TIES = "ties"
"""What is drawn where a tally leaves entries equal, in derived seeds and in the record."""


def close_ballots(final: Final, *, by: Actor) -> Final:
    """Take no more ballots: the round closes, and every device reveals its own. Announces FinalChanged.

    Raises TransitionRefused and StaleState.
    """
    require(by, "edit", final)
    with recording():
        transition(final, FINAL, FinalState.COMMITTED, by=by, audit="calls.final.closed")
        round_ = Round.objects.select_related("call__edition").get(pk=final.round_id)
        if round_.state == RoundState.READING:
            close_round(round_, by=by)
        reveal_kept(final)
        _step(final)
        tell(final, by)
    return final


def reopen_ballots(final: Final, *, by: Actor) -> Final:
    """Take ballots again, as long as no ballot is revealed. Announces FinalChanged. Raises RevealClosed."""
    require(by, "edit", final)
    with recording():
        Final.objects.select_for_update().get(pk=final.pk)
        if Ballot.objects.filter(final=final, revealed_at__isnull=False).exists():
            raise RevealClosed
        transition(final, FINAL, FinalState.RUNNING, by=by, audit="calls.final.reopened")
        _step(final)
        tell(final, by)
    return final


def count_ballots(final: Final, *, by: Actor) -> Final:
    """Count the ballots that are revealed, and the public's votes; whose ballot is missing is written into the result.

    The public's vote ends with it. Announces FinalChanged. Raises TransitionRefused, StaleState.
    """
    require(by, "edit", final)
    with recording():
        now = clock.now()
        fresh = Final.objects.select_for_update().get(pk=final.pk)
        final.vote_opens_at, final.vote_closes_at = fresh.vote_opens_at, fresh.vote_closes_at
        problem = problem_of(final)
        answer = tallied(problem)
        missing = Ballot.objects.filter(final=final, revealed_at=None).order_by("juror_id")
        tally: dict[str, Any] = {
            "problem": problem,
            "answer": answer,
            "entries": scored(answer),
            "missing": list(missing.values_list("juror_id", flat=True)),
        }
        closes_at = min(final.vote_closes_at or now, now) if final.public_share else final.vote_closes_at
        if final.vote_opens_at and closes_at and closes_at <= final.vote_opens_at:
            closes_at = final.vote_closes_at  # the vote never opened
        changes = {"tally": tally, "vote_closes_at": closes_at}
        transition(final, FINAL, FinalState.REVEALED, by=by, audit="calls.final.counted", changes=changes)
        _record_tally(final, tally)
        _step(final)
        tell(final, by)
    return final


def problem_of(final: Final) -> dict[str, Any]:
    """Return what is counted, as plain JSON; `record.tallying.tallied` answers it."""
    round_ = final.round
    entries = sorted(Pitch.objects.filter(final=final).values_list("entry_id", flat=True))
    ballots = Ballot.objects.filter(final=final, revealed_at__isnull=False).order_by("juror_id")
    contents = {ballot.juror_id: ballot.content for ballot in ballots}
    criteria = Criterion.objects.filter(round=round_).order_by("slug")
    votes = PublicVote.objects.filter(final=final).order_by().values_list("entry_id").annotate(n=Count("pk"))
    return {
        "kind": str(final.ballot),
        "entries": entries,
        "criteria": {one.slug: [one.weight, one.lowest, one.highest] for one in criteria},
        "ballots": list(contents.values()),
        "struck": [list(pair) for pair in sorted(closed_to(final, contents))],
        "rules": rules_plain(Rules()),
        "seed": str(derived_seed(round_.call.seed, TIES, round_.number)),
        "votes": {str(entry): n for entry, n in sorted(votes)} if final.public_share else {},
        "public_share": final.public_share,
    }


def _record_tally(final: Final, tally: dict[str, Any]) -> None:
    round_, problem, answer = final.round, tally["problem"], tally["answer"]
    seed = digest(problem["seed"])
    lots = [
        {
            "round": round_.number,
            "what": TIES,
            "keys": sorted(group),
            "places": len(group),
            "drawn": group,
            "seed": seed,
        }
        for group in drawn(answer)
    ]
    record_steps(round_.call_id, [(StepKind.LOTTERY, lot) for lot in lots])
    record_step(
        round_.call_id,
        StepKind.TALLY,
        {
            "round": round_.number,
            "problem": digest(problem),
            "answer": digest(answer),
            "missing": tally["missing"],
            "spoiled": answer["spoiled"],
        },
    )


def _step(final: Final) -> None:
    final.revision += 1
    Final.objects.filter(pk=final.pk).update(revision=final.revision)
