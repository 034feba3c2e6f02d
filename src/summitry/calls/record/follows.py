"""Whether each result of a record follows from the one before it.

Ratings follow from reviews, the tally of a final from its ballots, decisions from the selection in force, laureates from the
decisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summitry.algorithms.ranking import check
from summitry.algorithms.selection import lottery
from summitry.calls.record.canonical import canonical, digest
from summitry.calls.record.chain import words_digest
from summitry.calls.record.lines import Fault, Line, Part
from summitry.calls.record.scale import scale_over
from summitry.calls.record.seeds import derived_seed, lot_seed
from summitry.calls.record.tallying import drawn, scored, tallied


def follows(found: list[Line]) -> Iterator[Fault]:
    """Yield what does not follow."""
    yield from _seed(found)
    yield from _words(found)
    yield from _reviews(found)
    yield from _ratings(found)
    yield from _lots(found)
    yield from _ballots(found)
    yield from _tallies(found)
    yield from _candidates(found)
    yield from _decisions(found)
    yield from _laureates(found)


def _of(found: list[Line], part: Part) -> list[Line]:
    return [line for line in found if line.part is part]


def _contents(found: list[Line], kind: str) -> list[dict[str, Any]]:
    return [line.value["content"] for line in _of(found, Part.STEP) if line.value["kind"] == kind]


def _seed(found: list[Line]) -> Iterator[Fault]:
    for line in _of(found, Part.RECORD):
        seed = line.value.get("seed")
        committed = _contents(found, "seed")
        if seed and committed and committed[0]["digest"] != digest(seed):
            yield Fault(line.number, line.part, "seed")


def _keys(found: list[Line]) -> dict[int, int]:
    """Return the number of each entry by the key under which computations and ballots know it."""
    return {line.value["key"]: line.value["number"] for line in _of(found, Part.ENTRY)}


def _words(found: list[Line]) -> Iterator[Fault]:
    """What was written with a step is what the step has the digest of, and is there, unless it was erased."""
    said = {
        line.value["number"]: line.value["content"]["words"]
        for line in _of(found, Part.STEP)
        if "words" in line.value["content"]
    }
    for line in _of(found, Part.WORDS):
        one = line.value
        mark = said.pop(one["step"], None)
        if mark is None or not (one.get("erased") or words_digest(one["words"], one["salt"]) == mark):
            yield Fault(line.number, line.part, "not-what-was-recorded", str(one["step"]))
    for number in sorted(said):
        yield Fault(0, Part.WORDS, "missing", str(number))


def _reviews(found: list[Line]) -> Iterator[Fault]:
    """A review is what its juror's receipt says, and was recorded when she handed it in; none that was recorded is missing."""
    said = {(s["round"], s["entry"], s["juror"]): s["digest"] for s in _contents(found, "review")}
    there = set()
    for line in _of(found, Part.REVIEW):
        review = line.value
        key = (review["round"], review["entry"], review["juror"])
        there.add(key)
        if digest(review["content"]) != review["digest"]:
            yield Fault(line.number, line.part, "digest-of-content", str(key))
        if said.get(key) != review["digest"]:
            yield Fault(line.number, line.part, "not-what-was-recorded", str(key))
    for key in sorted(key for key, mark in said.items() if mark and key not in there):
        yield Fault(0, Part.REVIEW, "missing", str(key))


def _ratings(found: list[Line]) -> Iterator[Fault]:
    """What the calibrations in force were asked is what the reviews say, on the scale of the criteria in the record."""
    marks = {
        (line.value["round"], line.value["entry"], line.value["juror"]): line.value["content"]["marks"]
        for line in _of(found, Part.REVIEW)
    }
    criteria = {
        one["round"]: [tuple(each) for each in one["criteria"]]
        for one in _contents(found, "round")
        if "criteria" in one
    }
    numbers = _keys(found)
    for line in _of(found, Part.COMPUTATION):
        if (line.value["task"], line.value["state"]) != ("calibration", "in_force"):
            continue
        so_far = {number: each for number, each in criteria.items() if number <= line.value["round"]}
        scale = scale_over(so_far)
        for entry, juror, round_, score, _seconds in line.value["problem"]["ratings"]:
            key = (round_, numbers[entry], juror)
            if key not in marks or scale.score(round_, marks[key]) != score:
                yield Fault(line.number, line.part, "not-what-was-reviewed", str(key))


def _lots(found: list[Line]) -> Iterator[Fault]:
    """What a lot drew follows from the call's seed, once that is known, and from the keys that were in it."""
    secret = next((line.value.get("seed") for line in _of(found, Part.RECORD)), "")
    for line in _of(found, Part.STEP):
        lot = line.value["content"]
        if line.value["kind"] != "lottery" or not secret:
            continue
        what, number = lot.get("what", "selection"), lot.get("round", 0)
        seed = (
            str(derived_seed(secret, what, number))
            if "what" in lot
            else lot_seed(secret, lot["keys"], lot["places"])
        )
        if list(lottery(lot["keys"], lot["places"], seed)) != lot["drawn"]:
            yield Fault(line.number, line.part, "not-drawn", f"{what} {number}")


def _ballots(found: list[Line]) -> Iterator[Fault]:
    """A ballot is the one that was committed, and what was revealed is what was committed to."""
    said = {(step["round"], step["juror"]): step["commitment"] for step in _contents(found, "ballot")}
    for line in _of(found, Part.BALLOT):
        ballot = line.value
        key = (ballot["round"], ballot["juror"])
        if said.get(key) != ballot["commitment"]:
            yield Fault(line.number, line.part, "not-what-was-recorded", str(key))
        if ballot["content"] is None:
            continue
        data, salt = canonical(ballot["content"]), bytes.fromhex(ballot["salt"])
        if not check(ballot["commitment"], data, salt) or ballot["content"]["juror"] != ballot["juror"]:
            yield Fault(line.number, line.part, "not-what-was-committed", str(key))


def _tallies(found: list[Line]) -> Iterator[Fault]:
    """A tally counts the ballots that were revealed, all of them, and counted again it is the same to the byte."""
    said = {step["round"]: step for step in _contents(found, "tally")}
    lots = [step for step in _contents(found, "lottery") if step.get("what") == "ties"]
    for line in _of(found, Part.FINAL):
        number, tally = line.value["round"], line.value["tally"]
        if not tally:
            continue
        problem, answer = tally["problem"], tally["answer"]
        rows = [one.value for one in _of(found, Part.BALLOT) if one.value["round"] == number]
        step = said.get(number, {})
        if (step.get("problem"), step.get("answer")) != (digest(problem), digest(answer)):
            yield Fault(line.number, line.part, "not-what-was-recorded", str(number))
        if problem["ballots"] != [row["content"] for row in rows if row["content"] is not None]:
            yield Fault(line.number, line.part, "not-what-was-revealed", str(number))
        if tally["missing"] != [row["juror"] for row in rows if row["content"] is None]:
            yield Fault(line.number, line.part, "not-who-is-missing", str(number))
        if canonical(tallied(problem)) != canonical(answer) or tally["entries"] != scored(answer):
            yield Fault(line.number, line.part, "not-counted", str(number))
        if drawn(answer) != [lot["drawn"] for lot in lots if lot["round"] == number]:
            yield Fault(line.number, line.part, "not-drawn", str(number))


def _decisions(found: list[Line]) -> Iterator[Fault]:
    """A decision is the last that was recorded; it is the proposal's, or says that it is not, and why."""
    said = {s["entry"]: (s["verdict"], s["rank"], s["follows"]) for s in _contents(found, "decided")}
    numbers = _keys(found)
    chosen: set[int] | None = None
    for line in _of(found, Part.COMPUTATION):
        if (line.value["task"], line.value["state"]) == ("selection", "in_force"):
            chosen = {numbers[key] for key in line.value["answer"]["chosen"]}
    there = set()
    for line in _of(found, Part.DECISION):
        one = line.value
        there.add(one["entry"])
        if said.get(one["entry"]) != (one["verdict"], one["rank"], one["follows"]):
            yield Fault(line.number, line.part, "not-what-was-recorded", str(one["entry"]))
        same = chosen is not None and (one["entry"] in chosen) == (one["verdict"] == "selected")
        if one["follows"] and not same:
            yield Fault(line.number, line.part, "not-what-was-proposed", str(one["entry"]))
        if not one["follows"] and not one["reason"]:
            yield Fault(line.number, line.part, "no-reason", str(one["entry"]))
    for entry in sorted(said.keys() - there):
        yield Fault(0, Part.DECISION, "missing", str(entry))


def _candidates(found: list[Line]) -> Iterator[Fault]:
    """What a selection chose from is what the last tally or calibration in force says, under the places of the call."""
    opening = next((line.value for line in _of(found, Part.RECORD)), {})
    scores: dict[int, float] = {}
    for line in _of(found, Part.COMPUTATION):
        if (line.value["task"], line.value["state"]) == ("calibration", "in_force"):
            scores = {row["entry"]: row["score"] for row in line.value["answer"]["estimates"]}
    for line in _of(found, Part.FINAL):
        if line.value["tally"]:
            scores = {row["entry"]: row["score"] for row in line.value["tally"]["entries"]}
    for line in _of(found, Part.COMPUTATION):
        if (line.value["task"], line.value["state"]) != ("selection", "in_force"):
            continue
        problem = line.value["problem"]
        if problem["places"] != opening.get("places"):
            yield Fault(line.number, line.part, "not-what-was-asked", "places")
        for one in problem["candidates"]:
            if scores.get(one["key"]) != one["score"]:
                yield Fault(line.number, line.part, "not-what-was-asked", str(one["key"]))


def _laureates(found: list[Line]) -> Iterator[Fault]:
    """A laureate was selected, and is among those that were announced; none of these is missing, unless it was revoked."""
    selected = {
        line.value["entry"] for line in _of(found, Part.DECISION) if line.value["verdict"] == "selected"
    }
    announced = _contents(found, "announced")
    said = (
        {one["number"]: (one["entry"], one["award"]) for one in announced[-1]["laureates"]}
        if announced
        else None
    )
    for line in _of(found, Part.LAUREATE):
        one = line.value
        if one["entry"] not in selected:
            yield Fault(line.number, line.part, "not-selected", str(one["entry"]))
        if said is not None and said.get(one["number"]) != (one["entry"], one["award"]):
            yield Fault(line.number, line.part, "not-what-was-recorded", one["number"])
