"""What makes the demo's run of show lived in: cue sheets of its second day, sessions that run, people in green rooms."""

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

BEHIND = dt.timedelta(minutes=7)
"""By how much one of the running sessions is behind."""
LEAD = dt.timedelta(minutes=15)
WITHOUT_SHEET = 19
"""Every so many sessions to come still lack a cue sheet."""


def build_live(built: Built, by: Actor) -> None:
    """Write the cue sheets of the demo's day, run what has begun, and put people into the green room."""
    now = dt.datetime.fromisoformat(SUMMIT_MORNING)
    places = {
        pk: place
        for pk, place in places_in(current_version(built.edition)).items()
        if place.starts_at.astimezone(built.edition.zone).date() == now.date()
    }
    rows = Session.objects.filter(pk__in=places).select_related("edition")
    is_behind_found = False
    for number, session in enumerate(sorted(rows, key=lambda one: (places[one.pk].starts_at, one.pk))):
        place = places[session.pk]
        if number % WITHOUT_SHEET == 5 and place.starts_at > now:
            continue
        with clock.frozen(place.starts_at - dt.timedelta(days=2)):
            draft_cues(session, by=by)
        if place.starts_at - LEAD > now:
            continue
        runs = place.starts_at < now < place.ends_at
        late = runs and not is_behind_found and len(session.interpreted) > 2
        is_behind_found |= late
        _run(session, place, now, BEHIND if late else dt.timedelta(), by)
        if runs:
            _arrive(session, now, by)


def _run(session: Session, place: Place, now: dt.datetime, behind: dt.timedelta, by: Actor) -> None:
    """Press "next" at each cue's time; where the session is behind, the contributions begin later and later."""
    cues = list(Cue.objects.filter(session=session))
    if place.ends_at <= now:
        cues = cues[:1]  # of what is over, only that it was
    at, step = place.starts_at - LEAD, behind / max(1, len(cues) - 2)
    for number, cue in enumerate(cues):
        moment = at + max(0, number - 1) * step
        if moment > now:
            return
        with clock.frozen(moment):
            next_cue(session, by=by)
        at += dt.timedelta(minutes=cue.minutes)
    if place.ends_at <= now:
        with clock.frozen(place.ends_at):
            finish_run(session, by=by)


def _arrive(session: Session, now: dt.datetime, by: Actor) -> None:
    """Those of the first contributions are on stage, those of the last on their way."""
    rows = Appearance.objects.filter(session=session, role__in=PUBLIC_ROLES).exclude(
        delivery=Delivery.RECORDED
    )
    states = (ArrivalState.ON_STAGE, ArrivalState.ON_STAGE, ArrivalState.GREEN_ROOM, ArrivalState.ARRIVED)
    with clock.frozen(now - dt.timedelta(minutes=20)):
        for number, appearance in enumerate(rows.select_related("person", "session")):
            state = states[number % len(states)]
            if appearance.delivery == Delivery.LIVE_LINK:
                state = ArrivalState.LINKED if number % 3 else ArrivalState.EXPECTED
            set_arrival(appearance, state, by=by)
