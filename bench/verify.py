"""How long `summitry verify` takes on a whole competition, and whether it names every changed byte.

The record is made here: 1,000 entries, 150 jurors, five reads each, a conflict in ten pairs; every version, review and step
with its digest; assignment, calibration and selection computed in earnest. Beside the check stands what the three
computations alone take: a check that cost much more than what it checks would not be made. Then single bytes are changed.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from random import Random
from typing import Any

from bench.ours import NAME, OursFailedError
from bench.progress import step
from bench.table import aligned, figure, ratio_line
from summitry.algorithms.apart import run_apart
from summitry.calls.record.canonical import digest
from summitry.calls.record.chain import GENESIS, step_hash
from summitry.calls.record.lines import FORMAT, Part, read, written
from summitry.calls.record.verify import verify

ENTRIES, JURORS, READS, PLACES = 1000, 150, 5, 100
MOST = 40
SECONDS, MEGABYTES = 300.0, 4096
BAR = 60.0
"""Seconds in which the whole is checked."""
FLIPS = 2000
AT = "2026-11-01T09:00:00.000000+00:00"


def run() -> None:
    """Make the record, check it, change it, and print what was found."""
    step("computing assignment, calibration and selection")
    started = time.perf_counter()
    answers = _computed()
    computing = time.perf_counter() - started
    step("writing the record")
    lines = list(written(_parts(answers)))
    step("checking it")
    started = time.perf_counter()
    verdict = verify(lines)
    checking = time.perf_counter() - started
    if not verdict.holds or len(verdict.replayed) != len(answers):
        raise OursFailedError(f"The record does not hold: {verdict.faults[:3]}")
    if checking > BAR:
        raise OursFailedError(f"Checking took {checking:.0f} s; {BAR:.0f} were allowed.")
    step(f"changing {FLIPS} bytes, one at a time")
    named = _named(lines)
    if named != FLIPS:
        raise OursFailedError(f"Of {FLIPS} changed bytes {FLIPS - named} were not named.")
    size = sum(map(len, lines)) / 1e6
    rows = [
        ["system", "what", "seconds"],
        ["three computations alone", "in a process each", figure(computing)],
        [NAME, f"{len(lines):,} lines, {size:.1f} MB, checked and computed again", figure(checking)],
    ]
    print(aligned(rows), "", f"{named} of {FLIPS} changed bytes were named with their line.", "", sep="\n")
    print(
        ratio_line(computing / checking, "seconds of the computations alone, beside those of the whole check")
    )


def _computed() -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    rng = Random(7)
    barred = [
        [entry, juror, ["declared"]]
        for entry in range(1, ENTRIES + 1)
        for juror in range(1, JURORS + 1)
        if rng.random() < 0.1
    ]
    assignment = {
        "entries": [[entry, READS] for entry in range(1, ENTRIES + 1)],
        "jurors": [[juror, MOST, 20, f"o{juror % 90}", f"e{juror % 24}"] for juror in range(1, JURORS + 1)],
        "affinity": [[rng.randrange(10_001) for _juror in range(JURORS)] for _entry in range(ENTRIES)],
        "barred": barred,
        "kept": [],
        "former": [],
        "per_organisation": 1,
        "per_entity": 2,
    }
    given = run_apart("assignment", assignment, seconds=SECONDS, megabytes=MEGABYTES)
    worth = [rng.gauss(0, 1) for _entry in range(ENTRIES + 1)]
    mood = [rng.gauss(0, 0.8) for _juror in range(JURORS + 1)]
    calibration = {
        "entries": list(range(1, ENTRIES + 1)),
        "ratings": [
            [entry, juror, 1, float(_mark(5.5 + worth[entry] + mood[juror] + rng.gauss(0, 1))), None]
            for entry, juror in given["pairs"]
        ],
        "places": PLACES,
        "lowest": 1.0,
        "highest": 10.0,
        "draws": 2000,
        "seed": 11,
    }
    weighed = run_apart("calibration", calibration, seconds=SECONDS, megabytes=MEGABYTES)
    selection = {
        "candidates": [
            {
                "key": row["entry"],
                "score": row["score"],
                "error": row["error"],
                "labels": {"area": [f"a{row['entry'] % 6}"], "entity": [f"e{row['entry'] % 20}"]},
            }
            for row in weighed["estimates"]
        ],
        "places": PLACES,
        "quotas": [{"dimension": "area", "label": "*", "least": 10, "most": 25}],
        "draws": 500,
        "seed": 12,
        "reserve": 10,
    }
    chosen = run_apart("selection", selection, seconds=SECONDS, megabytes=MEGABYTES)
    return [
        ("assignment", assignment, given),
        ("calibration", calibration, weighed),
        ("selection", selection, chosen),
    ]


def _mark(felt: float) -> int:
    return max(1, min(10, round(felt)))


def _parts(
    answers: list[tuple[str, dict[str, Any], dict[str, Any]]],
) -> Iterator[tuple[Part, dict[str, Any]]]:
    yield Part.RECORD, {"format": FORMAT, "grade": "auditor", "call": "bench", "places": PLACES}
    versions = [
        {"number": n, "title": f"Entry {n}", "abstract": "Words. " * 120} for n in range(1, ENTRIES + 1)
    ]
    reviews = [
        {
            "round": 1,
            "entry": entry,
            "juror": juror,
            "marks": {"worth": int(score)},
            "salt": f"{entry:032x}{juror:032x}",
        }
        for entry, juror, _round, score, _seconds in answers[1][1]["ratings"]
    ]
    contents: list[tuple[str, dict[str, Any]]] = [("round", {"round": 1, "criteria": [["worth", 1, 1, 10]]})]
    contents += [
        ("entry_frozen", {"entry": n, "version": 1, "digest": digest(version)})
        for n, version in enumerate(versions, 1)
    ]
    contents += [
        ("review", {"round": 1, "entry": one["entry"], "juror": one["juror"], "digest": digest(one)})
        for one in reviews
    ]
    contents += [
        ("computed", {"task": task, "number": n, "problem": digest(problem), "answer": digest(answer)})
        for n, (task, problem, answer) in enumerate(answers, 1)
    ]
    previous = GENESIS
    for n, (kind, content) in enumerate(contents, 1):
        made = step_hash(previous, n, kind, AT, content)
        yield (
            Part.STEP,
            {
                "number": n,
                "kind": kind,
                "at": AT,
                "content": content,
                "previous_hash": previous,
                "hash": made,
            },
        )
        previous = made
    for n in range(1, ENTRIES + 1):
        yield Part.ENTRY, {"number": n, "key": n, "state": "judged"}
    for n, version in enumerate(versions, 1):
        yield Part.VERSION, {"entry": n, "number": 1, "content": version, "digest": digest(version)}
    for one in reviews:
        facts = {name: one[name] for name in ("round", "entry", "juror")}
        yield Part.REVIEW, {**facts, "content": one, "digest": digest(one)}
    for n, (task, problem, answer) in enumerate(answers, 1):
        yield (
            Part.COMPUTATION,
            {
                "number": n,
                "task": task,
                "round": 1,
                "state": "in_force",
                "problem": problem,
                "problem_digest": digest(problem),
                "answer": answer,
                "answer_digest": digest(answer),
            },
        )


def _named(lines: list[bytes]) -> int:
    """Return how many of so many changed bytes are found in the line in which they stand."""
    rng = Random(3)
    whole = sum(map(len, lines))
    found = 0
    for _flip in range(FLIPS):
        place = rng.randrange(whole)
        number = 0
        while place >= len(lines[number]):
            place -= len(lines[number])
            number += 1
        found += _is_named(lines[number], place, rng.randrange(1, 256))
    return found


def _is_named(line: bytes, place: int, by: int) -> bool:
    """Return whether a line tells that one of its bytes was changed; the reader of records looks at it alone."""
    changed = bytearray(line)
    changed[place] ^= by
    _found, faults = read(io.BytesIO(bytes(changed)))
    return any(fault.line == 1 and fault.what in {"line", "digest"} for fault in faults)
