"""`summitry verify` and `summitry export-record`."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console

from summitry.calls.record.lines import Fault
from summitry.calls.record.verify import Replayed, Verdict, verify

DONE, REFUSED = 0, 1
WORDS = {
    "line": "is no line of a record",
    "digest": "does not agree with its digest: a byte of it was changed",
    "end": "the end is missing, or something follows it: the file was cut or added to",
    "whole": "the lines are not those over which the end was made: one is missing, new or elsewhere",
    "format": "is of another format than this version reads",
    "shape": "a part has another shape than a record's",
    "order": "a step is missing or out of order",
    "link": "a step does not follow the one before it",
    "hash": "a step does not agree with its hash",
    "head": "the last step is not the one that was published",
    "seed": "the seed is not the one that was committed to",
    "digest-of-content": "the content does not agree with its digest",
    "digest-of-problem": "what was computed from does not agree with its digest",
    "digest-of-answer": "what was computed does not agree with its digest",
    "not-what-was-frozen": "is not the version that was frozen",
    "not-what-was-recorded": "is not what the chain of steps recorded",
    "not-what-was-reviewed": "a rating is not what the review says",
    "not-what-was-proposed": "the decision and the proposal differ, and nothing says so",
    "not-what-was-committed": "a ballot is not the one that was committed to",
    "not-what-was-revealed": "a tally does not count the ballots that were revealed",
    "not-who-is-missing": "a tally names others as missing than those whose ballots are",
    "not-counted": "counting the ballots again gives another result",
    "not-drawn": "drawing the lot again gives another order",
    "no-reason": "a decision against the proposal has no reason",
    "not-what-was-asked": "a selection was not made from what was weighed before it",
    "missing": "something that the chain of steps recorded is not there",
    "not-selected": "a laureate was not selected",
    "breaks-its-rules": "an assignment breaks a rule of its problem",
    "not-replayed": "computing it again gives another answer",
}
MOST = 50


def verify_record(
    path: Path,
    *,
    head: str = "",
    replay: bool = True,
    stdout: Console | None = None,
    stderr: Console | None = None,
) -> int:
    """Check the record at `path` and print what was found; needs no installation.

    Returns 0 where it holds, 1 where it does not or cannot be read.
    """
    out, err = stdout or Console(soft_wrap=True), stderr or Console(stderr=True, soft_wrap=True)
    try:
        with path.open("rb") as lines:
            verdict = verify(lines, replay=replay, head=head, told=lambda words: out.print(f"  {words} …"))
    except OSError as error:
        err.print(f"{path}: {os.strerror(error.errno or 0)}.", markup=False, highlight=False)
        return REFUSED
    _print(out, err, verdict)
    return DONE if verdict.holds else REFUSED


def _print(out: Console, err: Console, verdict: Verdict) -> None:
    counts = ", ".join(f"{n} {part}" for part, n in sorted(verdict.counts.items()))
    out.print(f"Record of {verdict.call or '?'} ({verdict.grade or '?'}): {counts}.", markup=False)
    for one in verdict.replayed:
        out.print(f"  {one.task} {one.number}: {_outcome(one)}.", markup=False)
    out.print(f"Last step: {verdict.head}", markup=False, highlight=False)
    for fault in verdict.faults[:MOST]:
        err.print(_sentence(fault), markup=False, highlight=False)
    if len(verdict.faults) > MOST:
        err.print(f"… and {len(verdict.faults) - MOST} more.", markup=False)
    out.print(
        "The record holds." if verdict.holds else f"The record does not hold: {len(verdict.faults)} faults."
    )


def _outcome(one: Replayed) -> str:
    if one.is_checked:
        return "checked by its rules, for a clock had ended the search"
    return "computed again, " + ("the same answer" if one.same else "ANOTHER ANSWER")


def _sentence(fault: Fault) -> str:
    place = f"Line {fault.line}" if fault.line else "File"
    part = f" ({fault.part})" if fault.part else ""
    details = f" [{fault.details}]" if fault.details else ""
    return f"{place}{part}: {WORDS.get(fault.what, fault.what)}.{details}"
