"""When a speaker can appear, by her own clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.programme.events import SpeakerChanged
from summitry.programme.models import Availability, Speaker

Interval = tuple[dt.datetime, dt.datetime]
MOST = 20
MARGIN = dt.timedelta(days=2)


def set_availability(
    speaker: Speaker, intervals: Sequence[Interval], *, by: Actor, expected: Sequence[Interval] | None = None
) -> list[Availability]:
    """Make `intervals` all in which she can appear; none means that she has not restricted herself.

    Overlapping and touching ones become one. `expected` is what the editor saw. Announces SpeakerChanged. Raises
    InvalidInput by row (`row-0`), and StaleState where somebody else changed them first.
    """
    require(by, "edit", speaker)
    check_intervals(speaker.edition, intervals)
    wanted = merged(intervals)
    with recording():
        Speaker.objects.select_for_update().only("pk").get(pk=speaker.pk)
        present = intervals_of(speaker)
        if expected is not None and present != list(expected):
            raise StaleState
        if present != wanted:
            Availability.objects.filter(speaker=speaker).delete()
            Availability.objects.bulk_create(
                Availability(speaker=speaker, starts_at=start, ends_at=end) for start, end in wanted
            )
            record(
                "programme.speaker.availability_set",
                by=by,
                obj=speaker,
                before={"availability": present},
                after={"availability": wanted},
                count=len(wanted),
            )
            announce(SpeakerChanged(by=by, edition_id=speaker.edition_id, speaker_id=speaker.pk))
    return list(Availability.objects.filter(speaker=speaker))


def intervals_of(speaker: Speaker) -> list[Interval]:
    """Return when she can appear, in order."""
    return list(Availability.objects.filter(speaker=speaker).values_list("starts_at", "ends_at"))


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals in order, with overlapping and touching ones joined."""
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def check_intervals(edition: Edition, intervals: Sequence[Interval]) -> None:
    """Raise InvalidInput naming the rows that end before they begin, or lie far from the edition's days."""
    if len(intervals) > MOST:
        raise InvalidInput(fields={"": [_("At most %(most)d intervals are possible.") % {"most": MOST}]})
    opening = dt.datetime.combine(edition.starts_on, dt.time(), edition.zone) - MARGIN
    closing = dt.datetime.combine(edition.ends_on, dt.time(), edition.zone) + MARGIN + dt.timedelta(days=1)
    fields: dict[str, list[str]] = {}
    for place, (start, end) in enumerate(intervals):
        if start >= end:
            fields[f"row-{place}"] = [_("The end must be after the beginning.")]
        elif end < opening or start > closing:
            fields[f"row-{place}"] = [_("This is not in the days of the summit.")]
    if fields:
        raise InvalidInput(fields=fields)
