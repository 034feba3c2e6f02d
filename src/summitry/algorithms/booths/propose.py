"""A proposal of who could work in which booth: simple, in the order of difficulty, and to be looked at by people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from summitry.algorithms.booths.check import ALONE, REST

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opening:
    """A booth without a full team: its language, the time, and the languages of the floor.

    `team` are those who are in it already and stay; `relays` the languages that it could take the words from instead of
    from the floor, the best first.
    """

    sitting: int
    lang: str
    starts: int
    ends: int
    spoken: frozenset[str]
    team: tuple[int, ...] = ()
    relays: tuple[str, ...] = ()

    @property
    def wanted(self) -> int:
        """How many it needs: two, one where the sitting is short."""
        return 2 if self.ends - self.starts > ALONE else 1


@dataclass(frozen=True, slots=True)
class Choice:
    """What is proposed for an opening: the whole team, and the relay where nobody masters all that is spoken."""

    opening: Opening
    team: tuple[int, ...]
    relay: str = ""

    @property
    def missing(self) -> int:
        """How many are still missing."""
        return max(0, self.opening.wanted - len(self.team))


def propose(
    openings: Iterable[Opening],
    pairs: Mapping[int, frozenset[tuple[str, str]]],
    busy: Mapping[int, Sequence[Span]],
) -> list[Choice]:
    """Return a choice for each opening, in the order of time.

    Those openings come first for which the fewest people are able, and of those able and rested the one who has worked
    least. `busy` is when each interpreter works already. Nobody is proposed twice at once, or without a rest.
    """
    openings = list(openings)
    work: dict[int, list[Span]] = defaultdict(list, {who: list(spans) for who, spans in busy.items()})
    load = {who: sum(end - start for start, end in work[who]) for who in pairs}
    able = {
        id(each): sum(_masters(known, each.spoken, each.lang) > 0 for known in pairs.values())
        for each in openings
    }
    relays: dict[tuple[int, str], str] = {}
    chosen = []
    for opening in sorted(openings, key=lambda each: (able[id(each)], each.starts, each.sitting, each.lang)):
        free = [who for who in pairs if who not in opening.team and _is_free(work[who], opening)]
        ways = [relay for relay in opening.relays if not _leads_back(relays, opening, relay)]
        choice = _choose(opening, sorted(free, key=lambda who: (load[who], who)), pairs, ways)
        relays[opening.sitting, opening.lang] = choice.relay
        for who in choice.team[len(opening.team) :]:
            work[who].append((opening.starts, opening.ends))
            load[who] += opening.ends - opening.starts
        chosen.append(choice)
    return sorted(
        chosen, key=lambda choice: (choice.opening.starts, choice.opening.sitting, choice.opening.lang)
    )


def _choose(
    opening: Opening,
    free: Sequence[int],
    pairs: Mapping[int, frozenset[tuple[str, str]]],
    relays: Iterable[str],
) -> Choice:
    """Take the first way that fills the team with people who understand all of it: the floor before any relay."""
    best, worth = Choice(opening, opening.team), (False, len(opening.team))
    ways = [("", opening.spoken - {opening.lang})]
    ways += [(relay, frozenset({relay})) for relay in relays]
    for relay, sources in ways:
        team, rest = _team(opening, sources, free, pairs)
        if (not rest, len(team)) > worth:
            best, worth = Choice(opening, team, relay), (not rest, len(team))
        if not rest and not best.missing:
            break
    return best


def _team(
    opening: Opening,
    sources: frozenset[str],
    free: Sequence[int],
    pairs: Mapping[int, frozenset[tuple[str, str]]],
) -> tuple[tuple[int, ...], set[str]]:
    """Return a team and what none of it understands: first those who add most, of equals who comes first in `free`."""
    team, rest = list(opening.team), set(sources)
    for who in team:
        rest -= {source for source in sources if (source, opening.lang) in pairs.get(who, frozenset())}
    able = [who for who in free if _masters(pairs[who], sources, opening.lang)]
    while able and len(team) < opening.wanted:
        who = max(able, key=lambda one: _masters(pairs[one], rest, opening.lang))
        able.remove(who)
        team.append(who)
        rest -= {source for source in sources if (source, opening.lang) in pairs[who]}
    return tuple(team), rest


def _leads_back(relays: Mapping[tuple[int, str], str], opening: Opening, relay: str) -> bool:
    """Return whether a booth that takes this relay would hear itself, over however many others."""
    at, seen = relay, {opening.lang}
    while at and at not in seen:
        seen.add(at)
        at = relays.get((opening.sitting, at), "")
    return at == opening.lang


def _masters(known: frozenset[tuple[str, str]], sources: Iterable[str], lang: str) -> int:
    return sum((source, lang) in known for source in sources if source != lang)


def _is_free(spans: Iterable[Span], opening: Opening) -> bool:
    return all(end + REST <= opening.starts or opening.ends + REST <= start for start, end in spans)
