"""Checks an exported record by itself: the chain, the digests, and whether each result follows from what it was asked.

A computation is run again, in a process of its own as it was then, and its answer compared byte by byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from summitry.algorithms.apart import ApartError, run_apart
from summitry.algorithms.assignment.check import check as breaches_of
from summitry.algorithms.assignment.plain import problem_from, result_from
from summitry.algorithms.assignment.types import Note, Result
from summitry.calls.record.canonical import canonical, digest
from summitry.calls.record.chain import GENESIS, sealed_hash
from summitry.calls.record.follows import follows
from summitry.calls.record.lines import Fault, Grade, Line, Part, read

SECONDS, MEGABYTES = 300.0, 4096
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """One computation that was run again: its number, its task, and whether the same answer came.

    Where a clock had ended the search, `is_checked` instead: against the rules and figures of its problem.
    """

    number: int
    task: str
    same: bool
    is_checked: bool = False


@dataclass(slots=True)
class Verdict:
    """What a check found: the head of the chain, how many lines of each part, what was replayed, and every fault."""

    grade: str = ""
    call: str = ""
    head: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    replayed: list[Replayed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify(
    lines: Iterable[bytes], *, replay: bool = True, head: str = "", told: Told = lambda _words: None
) -> Verdict:
    """Check a record. `head` is the hash of the last step, where it is known from elsewhere; `told` hears of each replay.

    Nothing is raised for what is wrong: every fault is in the verdict, with the line and the part that it concerns.
    """
    found, faults = read(lines)
    verdict = Verdict(faults=list(faults))
    for line in found:
        verdict.counts[line.part] = verdict.counts.get(line.part, 0) + 1
    checks: Sequence[Callable[[list[Line]], Iterator[Fault]]] = (_chain, _versions, _computations)
    for check in checks:
        verdict.faults += _guarded(check, found)
    opening = next((line.value for line in found if line.part is Part.RECORD), {})
    verdict.grade, verdict.call = str(opening.get("grade", "")), str(opening.get("call", ""))
    steps = [line for line in found if line.part is Part.STEP]
    verdict.head = str(steps[-1].value.get("hash", "")) if steps else GENESIS
    if head and head != verdict.head:
        verdict.faults.append(Fault(steps[-1].number if steps else 0, Part.STEP, "head", verdict.head))
    if verdict.grade == Grade.AUDITOR:
        verdict.faults += _guarded(follows, found)
        if replay:
            _replay(found, verdict, told)
    return verdict


def _guarded(check: Callable[[list[Line]], Iterator[Fault]], found: list[Line]) -> list[Fault]:
    """Return what a check finds; a line of another shape than ours, whose digest holds all the same, ends it."""
    faults = []
    try:
        for fault in check(found):
            faults.append(fault)  # noqa: PERF402 - what came before the end counts
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        faults.append(Fault(0, "", "shape", f"{type(error).__name__}: {error}"))
    return faults


def _chain(found: list[Line]) -> Iterator[Fault]:
    previous, number = GENESIS, 0
    for line in found:
        if line.part is not Part.STEP:
            continue
        step = line.value
        number += 1
        if step["number"] != number:
            yield Fault(line.number, line.part, "order", str(step["number"]))
        if step["previous_hash"] != previous:
            yield Fault(line.number, line.part, "link", str(step["number"]))
        mark = digest(step["content"]) if "content" in step else step["content_digest"]
        made = sealed_hash(step["previous_hash"], step["number"], step["kind"], step["at"], mark)
        if made != step["hash"]:
            yield Fault(line.number, line.part, "hash", str(step["number"]))
        previous, number = step["hash"], step["number"]


def _versions(found: list[Line]) -> Iterator[Fault]:
    frozen = {
        (step["entry"], step["version"]): step["digest"]
        for step in _steps(found, "entry_frozen", "entry_added")
        if "digest" in step
    }
    for line in found:
        if line.part is not Part.VERSION:
            continue
        version = line.value
        if digest(version["content"]) != version["digest"] and not version["content"].get("erased"):
            yield Fault(line.number, line.part, "digest-of-content", str(version["entry"]))
        said = frozen.get((version["entry"], version["number"]))
        if said is not None and said != version["digest"] and not version["content"].get("erased"):
            yield Fault(line.number, line.part, "not-what-was-frozen", str(version["entry"]))


def _computations(found: list[Line]) -> Iterator[Fault]:
    said = {step["number"]: step for step in _steps(found, "computed")}
    for line in found:
        if line.part is not Part.COMPUTATION:
            continue
        one = line.value
        for what in ("problem", "answer"):
            if one.get(what) is not None and digest(one[what]) != one[f"{what}_digest"]:
                yield Fault(line.number, line.part, f"digest-of-{what}", str(one["number"]))
        step = said.get(one["number"])
        if step is None or (step["problem"], step["answer"]) != (one["problem_digest"], one["answer_digest"]):
            yield Fault(line.number, line.part, "not-what-was-recorded", str(one["number"]))


def _steps(found: list[Line], *kinds: str) -> list[dict[str, Any]]:
    return [
        line.value["content"]
        for line in found
        if line.part is Part.STEP and line.value["kind"] in kinds and "content" in line.value
    ]


def _replay(found: list[Line], verdict: Verdict, told: Told) -> None:
    for line in found:
        one = line.value
        if line.part is not Part.COMPUTATION or one.get("answer") is None:
            continue
        number, task = one.get("number", 0), str(one.get("task"))
        told(f"{task} {number}")
        if task == "assignment" and Note.STOPPED in one["answer"].get("notes", ()):
            verdict.replayed.append(Replayed(number, task, same=False, is_checked=True))
            verdict.faults += _guarded(partial(_checked, line), found)
            continue
        details = str(number)
        try:
            answer = run_apart(task, one.get("problem") or {}, seconds=SECONDS, megabytes=MEGABYTES)
            same = canonical(answer) == canonical(one["answer"])
        except (ApartError, KeyError) as error:
            same, details = False, f"{number}: {type(error).__name__}"
        verdict.replayed.append(Replayed(number, task, same))
        if not same:
            verdict.faults.append(Fault(line.number, line.part, "not-replayed", details))


def _checked(line: Line, _found: list[Line]) -> Iterator[Fault]:
    """Check an assignment by its rules and figures: a clock ended its search, so that another machine may find another."""
    result = result_from(line.value["answer"])
    if isinstance(result, Result):
        for breach in breaches_of(problem_from(line.value["problem"]), result):
            details = f"{line.value['number']}: {breach.fault}, {breach.entry}, {breach.juror}"
            yield Fault(line.number, line.part, "breaks-its-rules", details)
