"""What is wrong with an interpretation plan: missing languages, doubled or tired interpreters, relays that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from summitry.algorithms.booths.shifts import LONGEST

ALONE = 40 * 60
"""How long one interpreter may work in a booth without a partner, in seconds."""
REST = 15 * 60
"""How long an interpreter needs between two sittings, in seconds."""


class FaultKind(StrEnum):
    """What can be wrong."""

    NO_BOOTH = "no_booth"
    NO_INTERPRETER = "no_interpreter"
    ALONE = "alone"
    LONG_SHIFT = "long_shift"
    TWICE = "twice"
    NO_REST = "no_rest"
    WRONG_LANGUAGE = "wrong_language"
    NOT_COVERED = "not_covered"
    RELAY_MISSING = "relay_missing"
    RELAY_CIRCLE = "relay_circle"
    TOO_MANY_BOOTHS = "too_many_booths"


@dataclass(frozen=True, slots=True)
class Booth:
    """One language of one sitting: who interprets into it, from what is spoken or (relay) from another booth's language.

    `team` are the interpreters' ids; `longest` is the longest turn of anybody in it, in seconds.
    """

    sitting: int
    lang: str
    starts: int
    ends: int
    team: tuple[int, ...]
    spoken: frozenset[str]
    relay: str = ""
    longest: int = LONGEST


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a sitting, about a language and an interpreter where these are concerned.

    `other` is the second sitting of a fault between two.
    """

    sitting: int
    kind: FaultKind
    lang: str = ""
    interpreter: int = 0
    other: int = 0


def check(
    booths: Sequence[Booth],
    wanted: Mapping[int, frozenset[str]],
    places: Mapping[int, int],
    pairs: Mapping[int, frozenset[tuple[str, str]]],
) -> list[Fault]:
    """Return all faults, by sitting.

    `wanted` are the languages that each sitting is to be interpreted into, `places` how many booths its room has (a
    sitting that is not named has no limit), `pairs` which (from, into) each interpreter masters.
    """
    by_sitting: dict[int, list[Booth]] = defaultdict(list)
    for booth in booths:
        by_sitting[booth.sitting].append(booth)
    faults: list[Fault] = []
    for sitting, langs in wanted.items():
        planned = {booth.lang for booth in by_sitting.get(sitting, ())}
        faults += [Fault(sitting, FaultKind.NO_BOOTH, lang) for lang in langs - planned]
    for sitting, those in by_sitting.items():
        if len(those) > places.get(sitting, len(those)):
            faults.append(Fault(sitting, FaultKind.TOO_MANY_BOOTHS))
        for booth in those:
            faults += _of_booth(booth, pairs)
        faults += _of_relays(those)
    faults += _of_interpreters(booths)
    return sorted(faults)


def _of_booth(booth: Booth, pairs: Mapping[int, frozenset[tuple[str, str]]]) -> Iterable[Fault]:
    if not booth.team:
        yield Fault(booth.sitting, FaultKind.NO_INTERPRETER, booth.lang)
        return
    if len(booth.team) == 1 and booth.ends - booth.starts > ALONE:
        yield Fault(booth.sitting, FaultKind.ALONE, booth.lang, booth.team[0])
    if booth.longest > LONGEST:
        yield Fault(booth.sitting, FaultKind.LONG_SHIFT, booth.lang)
    sources = {booth.relay} if booth.relay else booth.spoken - {booth.lang}
    covered: set[str] = set()
    for interpreter in booth.team:
        known = pairs.get(interpreter, frozenset())
        mastered = {source for source in sources if (source, booth.lang) in known}
        covered |= mastered
        if sources and not mastered:
            yield Fault(booth.sitting, FaultKind.WRONG_LANGUAGE, booth.lang, interpreter)
    if covered and covered != sources:
        yield Fault(booth.sitting, FaultKind.NOT_COVERED, booth.lang)


def _of_relays(booths: Sequence[Booth]) -> Iterable[Fault]:
    relays = {booth.lang: booth.relay for booth in booths}
    for booth in booths:
        if not booth.relay:
            continue
        if booth.relay not in relays and booth.relay not in booth.spoken:
            yield Fault(booth.sitting, FaultKind.RELAY_MISSING, booth.lang)
            continue
        seen, at = {booth.lang}, booth.relay
        while at and at not in seen:
            seen.add(at)
            at = relays.get(at, "")
        if at:
            yield Fault(booth.sitting, FaultKind.RELAY_CIRCLE, booth.lang)


def _of_interpreters(booths: Sequence[Booth]) -> Iterable[Fault]:
    """Yield who works twice at once or without rest; one sweep over each interpreter's sittings in order."""
    work: dict[int, list[Booth]] = defaultdict(list)
    for booth in booths:
        for interpreter in booth.team:
            work[interpreter].append(booth)
    for interpreter, those in work.items():
        those.sort(key=lambda booth: (booth.starts, booth.ends, booth.sitting, booth.lang))
        last = those[0]
        for booth in those[1:]:
            if booth.starts < last.ends:
                yield Fault(booth.sitting, FaultKind.TWICE, booth.lang, interpreter, last.sitting)
            elif booth.starts - last.ends < REST and booth.sitting != last.sitting:
                yield Fault(booth.sitting, FaultKind.NO_REST, booth.lang, interpreter, last.sitting)
            if booth.ends > last.ends:
                last = booth
