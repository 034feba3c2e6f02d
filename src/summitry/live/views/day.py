"""The day's sessions by room, each with how far it has come."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from summitry.editions.views.door import at_work
from summitry.foundation.i18n import formats
from summitry.live.enums import RunState
from summitry.live.queries.day import UNDER_WAY, RoomDay, rundowns_of_day, shown_day

NAV = "run"


class DayTab(NamedTuple):
    """A day to choose."""

    day: str
    label: str
    current: bool


@never_cache
@login_required
@require_safe
def runs(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the sessions of a day; `state=no_sheet` keeps those without a cue sheet, `state=now` those under way."""
    shown, actor = at_work(request, edition, NAV)
    day = shown_day(shown, request.GET.get("day", ""))
    rooms = rundowns_of_day(actor, shown, day)
    state = request.GET.get("state", "")
    context = {
        "rooms": _narrowed(rooms, state),
        "day": day,
        "tabs": [
            DayTab(one.isoformat(), formats.date(one, get_language() or "en", "MMMEd"), one == day)
            for one in shown.days
        ],
        "state": state,
        "total": sum(len(room.rundowns) for room in rooms),
        "under_way": sum(one.state in UNDER_WAY for room in rooms for one in room.rundowns),
        "bare": sum(one.state is RunState.NO_SHEET for room in rooms for one in room.rundowns),
    }
    return render(request, "live/day.html", context)


def _narrowed(rooms: list[RoomDay], state: str) -> list[RoomDay]:
    wanted = {"no_sheet": frozenset({RunState.NO_SHEET}), "now": UNDER_WAY}.get(state)
    if wanted is None:
        return rooms
    kept = [RoomDay(room.room, tuple(one for one in room.rundowns if one.state in wanted)) for room in rooms]
    return [room for room in kept if room.rundowns]
