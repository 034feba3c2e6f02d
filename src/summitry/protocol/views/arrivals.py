"""The arrival board: who comes and goes on a day, and how far each is."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from summitry.editions.models import Edition
from summitry.editions.views.door import at_work, may_in, number_in, page
from summitry.foundation import clock
from summitry.foundation.errors import SummitryError
from summitry.foundation.i18n import formats
from summitry.protocol.actions.travel import move_leg
from summitry.protocol.enums import Direction, LegState
from summitry.protocol.models import SeatingPlan, Transfer
from summitry.protocol.queries.health import standings
from summitry.protocol.queries.travel import board_days, leg_at_work, legs_of_day, rides_of
from summitry.protocol.views.refusals import lines_of

NAV = "protocol-arrivals"


class DayTab(NamedTuple):
    """A day to choose."""

    day: str
    label: str
    current: bool


@page
def board(request: HttpRequest, edition: str) -> HttpResponse:
    """Show the journeys of a day with greeters and rides; say who arrived and was met."""
    shown, actor = at_work(request, edition, NAV, SeatingPlan)
    day = _day(shown, request.GET.get("day", ""))
    direction = Direction.DEPARTURE if request.GET.get("way") == Direction.DEPARTURE else Direction.ARRIVAL
    refused: list[str] = []
    if request.method == "POST":
        try:
            leg = leg_at_work(actor, shown, number_in(request.POST.get("leg")))
            move_leg(leg, request.POST.get("to", ""), by=actor)
        except SummitryError as refusal:
            refused = lines_of(refusal)
        else:
            return redirect(f"{request.path}?day={day.isoformat()}&way={direction}#leg-{leg.pk}")
    lines = legs_of_day(actor, shown, direction, day)
    health = standings(shown, [line.leg.guest_id for line in lines])
    start = dt.datetime.combine(day, dt.time(), shown.zone)
    rides = rides_of(shown, actor).filter(starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=1))
    context = {
        "lines": [(line, health[line.leg.guest_id]) for line in lines],
        "rides": rides,
        "day": day,
        "direction": direction,
        "tabs": [
            DayTab(one.isoformat(), formats.date(one, get_language() or "en", "MMMEd"), one == day)
            for one in board_days(shown)
        ],
        "expected": sum(line.leg.state == LegState.EXPECTED for line in lines),
        "late": sum(line.is_late for line in lines),
        "may_edit": may_in(actor, shown, "edit", Transfer),
        "refused": refused,
    }
    return render(request, "protocol/board.html", context, status=409 if refused else 200)


def _day(edition: Edition, asked: str) -> dt.date:
    """Return the day that is asked for, else today where the board has it, else the day before the edition begins."""
    days = board_days(edition)
    try:
        day = dt.date.fromisoformat(asked)
    except ValueError:
        day = clock.now().astimezone(edition.zone).date()
    return day if day in days else edition.starts_on - dt.timedelta(days=1)
