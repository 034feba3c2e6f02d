"""What makes the demo's run of show and interpretation plan look lived in."""

from __future__ import annotations

import datetime as dt

from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.live.actions.arrival import set_arrival
from summitry.live.actions.cues import draft_cues
from summitry.live.actions.run import finish_run, next_cue
from summitry.live.enums import ArrivalState
from summitry.live.models import Cue
from summitry.live.queries.places import Place, current_version, places_in
from summitry.programme.enums import PUBLIC_ROLES, Delivery
from summitry.programme.models import Appearance, Session
from summitry.rehearsal.built import Built
from summitry.rehearsal.clock import SUMMIT_MORNING

OVERRUN = dt.timedelta(minutes=6)
"""By how much the largest running session is behind."""


def build_live(built: Built, by: Actor) -> None:
    """Write the cue sheets of the demo's day, run what has begun, and put people into the green room."""
    now = dt.datetime.fromisoformat(SUMMIT_MORNING)
    day = now.date()
    places = {
        pk: place
        for pk, place in places_in(current_version(built.edition)).items()
        if place.starts_at.astimezone(built.edition.zone).date() == day
    }
    sessions = Session.objects.filter(pk__in=places).select_related("edition").order_by("pk")
    slowest = None
    for number, session in enumerate(sorted(sessions, key=lambda one: places[one.pk].starts_at)):
        place = places[session.pk]
        if number % 11 == 5 and place.starts_at > now:
            continue
        with clock.frozen(place.starts_at - dt.timedelta(days=2)):
            draft_cues(session, by=by)
        behind = dt.timedelta()
        if place.starts_at < now < place.ends_at and slowest is None and session.contributions.count() > 2:
            slowest, behind = session, OVERRUN
        _run(session, place, now, behind, by)
        if place.starts_at - dt.timedelta(hours=2) < now:
            _arrive(session, place, now, by)


def _run(session: Session, place: Place, now: dt.datetime, behind: dt.timedelta, by: Actor) -> None:
    """Press "next" at each cue's time; where the session is behind, its cues after the opening are later."""
    lead = dt.timedelta(minutes=15)
    at = place.starts_at - lead
    cues = list(Cue.objects.filter(session=session))
    for number, cue in enumerate(cues):
        late = behind if number > 2 else dt.timedelta()
        if at + late > now:
            return
        with clock.frozen(at + late):
            next_cue(session, by=by)
        at += dt.timedelta(minutes=cue.minutes)
    if place.ends_at <= now:
        with clock.frozen(min(at, now)):
            finish_run(session, by=by)


def _arrive(session: Session, place: Place, now: dt.datetime, by: Actor) -> None:
    rows = Appearance.objects.filter(session=session, role__in=PUBLIC_ROLES).select_related(
        "person", "session"
    )
    states = [ArrivalState.GREEN_ROOM, ArrivalState.GREEN_ROOM, ArrivalState.ARRIVED, ArrivalState.EXPECTED]
    if place.ends_at <= now:
        states = [ArrivalState.GONE]
    elif place.starts_at <= now:
        states = [ArrivalState.ON_STAGE, ArrivalState.ON_STAGE, ArrivalState.GREEN_ROOM, ArrivalState.ARRIVED]
    with clock.frozen(min(now, place.starts_at) - dt.timedelta(minutes=10)):
        for number, appearance in enumerate(rows):
            state = states[number % len(states)]
            if appearance.delivery == Delivery.LIVE_LINK and state is not ArrivalState.GONE:
                state = ArrivalState.LINKED if number % 2 else ArrivalState.EXPECTED
            if state is not ArrivalState.EXPECTED:
                set_arrival(appearance, state, by=by)
