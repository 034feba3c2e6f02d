"""What clashes for one person: two places at once, not enough time to walk, her own availability, her own night."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from operator import itemgetter
from zoneinfo import ZoneInfo

from summitry.algorithms.clashes.clash import Clash, Kind, Severity
from summitry.algorithms.clashes.plan import HOUR, NIGHT, UNSOCIABLE, Part, Person, Plan, Sitting

DAY = 24 * HOUR
Duty = tuple[Sitting, Part]


def people_clashes(plan: Plan) -> Iterator[Clash]:
    """Yield the clashes of everybody, each person by herself."""
    longest = max((*plan.walks.values(), plan.within), default=0)
    for person, duties in _by_person(plan).items():
        yield from _pairs(plan, duties, longest)
        known = plan.people.get(person)
        if known is not None:
            for sitting, part in duties:
                yield from _own_time(known, sitting, part)


def _by_person(plan: Plan) -> dict[int, list[Duty]]:
    """Return each person's sittings in the order of time, each once: two roles in one sitting are no clash."""
    duties: dict[int, dict[int, Duty]] = defaultdict(dict)
    for sitting in plan.sittings:
        for part in sitting.parts:
            known = duties[part.person].get(sitting.id)
            merged = part if known is None else _both(known[1], part)
            duties[part.person][sitting.id] = (sitting, merged)
    order = lambda duty: (duty[0].starts, duty[0].id)  # noqa: E731 - a key
    return {person: sorted(own.values(), key=order) for person, own in duties.items()}


def _both(one: Part, other: Part) -> Part:
    """Return two roles in one sitting as one: she leads if either does, and is remote only if both are."""
    return Part(one.person, one.leads or other.leads, one.remote and other.remote)


def _pairs(plan: Plan, duties: list[Duty], longest: int) -> Iterator[Clash]:
    """Sweep over a person's duties; a later one is compared until it starts too late for any walk to matter."""
    for index, (first, part) in enumerate(duties):
        for second, other in duties[index + 1 :]:
            if second.starts >= first.ends + longest:
                break
            if second.starts < first.ends:
                kind = Kind.CHAIR if part.leads and other.leads else Kind.SPEAKER
                end = min(first.ends, second.ends)
                pair = (first.id, second.id)
                yield Clash(kind, Severity.BLOCKING, pair, second.starts, end, person=part.person)
            elif not part.remote and not other.remote:
                yield from _walk(plan, first, second, part.person)


def _walk(plan: Plan, first: Sitting, second: Sitting, person: int) -> Iterator[Clash]:
    needed, elsewhere = plan.walk(first, second)
    left = second.starts - first.ends
    if left < needed:
        yield Clash(
            Kind.WALK,
            Severity.WARNING if elsewhere else Severity.NOTE,
            (first.id, second.id),
            first.ends,
            second.starts,
            person=person,
            wanted=needed,
            there=left,
        )


def _own_time(person: Person, sitting: Sitting, part: Part) -> Iterator[Clash]:
    if person.windows and not _covered(person.windows, sitting.starts, sitting.ends):
        yield Clash(
            Kind.AVAILABILITY,
            Severity.BLOCKING,
            (sitting.id,),
            sitting.starts,
            sitting.ends,
            person=person.id,
        )
    if part.remote and person.zone is not None:
        severity = night_severity(sitting.starts, sitting.ends, person.zone)
        if severity is not None:
            yield Clash(Kind.NIGHT, severity, (sitting.id,), sitting.starts, sitting.ends, person=person.id)


def _covered(windows: tuple[tuple[int, int], ...], starts: int, ends: int) -> bool:
    """Say whether the windows together cover the span; windows that touch are one."""
    reached = starts
    for opens, closes in sorted(windows, key=itemgetter(0)):
        if opens > reached:
            break
        reached = max(reached, closes)
    return reached >= ends


def night_severity(starts: int, ends: int, zone: ZoneInfo) -> Severity | None:
    """Return how unreasonable a span is by the clock of `zone`: at night, early or late, or not at all."""
    span = _wall(starts, zone), _wall(ends, zone)
    if _touches(span, *NIGHT):
        return Severity.WARNING
    opens, closes = UNSOCIABLE
    if _touches(span, NIGHT[1], opens) or _touches(span, closes, DAY):
        return Severity.NOTE
    return None


def _wall(instant: int, zone: ZoneInfo) -> int:
    """Return what the clock on the wall shows, as seconds since the epoch of such clocks."""
    local = dt.datetime.fromtimestamp(instant, zone)
    return instant + int((local.utcoffset() or dt.timedelta()).total_seconds())


def _touches(span: tuple[int, int], opens: int, closes: int) -> bool:
    """Say whether a span of wall time meets the daily span from `opens` to `closes` on any of its days."""
    start, end = span
    first = start // DAY
    return any(
        start < day * DAY + closes and day * DAY + opens < max(end, start + 1)
        for day in range(first, max(end, start) // DAY + 1)
    )
