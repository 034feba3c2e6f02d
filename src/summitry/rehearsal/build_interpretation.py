"""The demo's interpretation plan: booths, interpreters, teams, two faults that somebody has to see, and the crew."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from summitry.directory.models import Person
from summitry.editions.actions.team import appoint
from summitry.editions.enums import Equipment
from summitry.editions.models import Room
from summitry.foundation import clock
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.live.actions.booth_plan import set_team, take_proposals
from summitry.live.actions.interpreters import (
    accept_undertaking,
    engage_interpreters,
    open_account,
    set_booths,
    write_undertaking,
)
from summitry.live.models import BoothPlan, Interpreter, Shift
from summitry.live.queries.engaging import pairs_of
from summitry.live.queries.interpretation import booths_by_room, planned, proposals
from summitry.live.queries.places import planning_version
from summitry.programme.enums import SpeakerRole
from summitry.programme.models import Appearance
from summitry.programme.permissions import ROOM_OPERATOR, STREAM_CREW
from summitry.rehearsal.built import Built
from summitry.rehearsal.clock import SUMMIT_MORNING

BOOTHS_OF_LARGE, BOOTHS_OF_SMALL, LARGE = 6, 4, 150
MORE = {"zh": 30, "en": 12, "fr": 12, "es": 12, "ru": 12, "ar": 12}
"""How many more than the programme names are engaged for each language, so that nobody works alone."""
UNDECIDED = 7
"""Every so many interpreters have not accepted the undertaking."""
UNDERTAKING = Text.of(
    {
        "en": "I keep to myself what I learn from papers, speeches and conversations before they are public. I use the "
        "documents of a session for my preparation only, show them to nobody, and delete them after the session.",
        "fr": "Je garde pour moi ce que m’apprennent les documents, les discours et les conversations avant qu’ils ne "
        "soient publics. Je n’utilise les documents d’une séance que pour ma préparation et les efface ensuite.",
        "zh-hans": "文件、讲话和谈话在公开之前，我对其内容保密。会议文件只供本人准备之用，不给他人看，会后删除。",
    }
)


def build_interpretation(built: Built, by: Actor) -> None:
    """Plan the interpretation of all days, with two faults, and open the console to the crew."""
    edition = built.edition
    rooms = [
        room for room in Room.objects.filter(edition=edition) if Equipment.INTERPRETATION in room.equipment
    ]
    counts = {room: BOOTHS_OF_LARGE if (room.capacity or 0) >= LARGE else BOOTHS_OF_SMALL for room in rooms}
    set_booths(edition, counts, by=by)
    engaged = engage_interpreters(edition, [(one, pairs_of(one)) for one in _people(built)], by=by)
    version = planning_version(edition)
    if version is None:
        return
    state = planned(version)
    interpreted = [pk for pk, session in state.sessions.items() if session.interpreted]
    take_proposals(edition, proposals(state, interpreted, booths_by_room(edition)), by=by)
    _spoil(built, by)
    _undertake(built, engaged, by)
    _crew(built, engaged, rooms, by)


def _people(built: Built) -> list[Person]:
    """Those whom the programme names, and others who speak the languages and appear nowhere."""
    named = Appearance.objects.filter(session__edition=built.edition, role=SpeakerRole.INTERPRETER)
    people = list(Person.objects.filter(pk__in=named.values("person")).select_related("account"))
    busy = set(Appearance.objects.filter(session__edition=built.edition).values_list("person_id", flat=True))
    wanted = Counter(MORE)
    for person in Person.objects.exclude(pk__in=busy).select_related("account").order_by("pk"):
        lang = next((code for code in person.languages if wanted[code] > 0), None)
        if lang is not None and "en" in person.languages and len(person.languages) > 1:
            wanted[lang] -= 1
            people.append(person)
        if not +wanted:
            break
    return people


def _spoil(built: Built, by: Actor) -> None:
    """Leave one interpreter alone, and one without her rest, in sessions to come."""
    now = dt.datetime.fromisoformat(SUMMIT_MORNING)
    shifts = Shift.objects.filter(plan__session__edition=built.edition, starts_at__gt=now)
    plans = (
        BoothPlan.objects.filter(pk__in=shifts.values("plan"))
        .select_related("session__edition")
        .order_by("pk")
    )
    whole = [plan for plan in plans if plan.members.count() == 2 and not plan.relay][:1]
    for plan in whole:
        set_team(plan, [plan.members.all()[0].interpreter], by=by)


def _undertake(built: Built, engaged: Sequence[Interpreter], by: Actor) -> None:
    with clock.frozen(
        dt.datetime.combine(built.edition.starts_on, dt.time(9), built.edition.zone) - dt.timedelta(days=20)
    ):
        text = write_undertaking(built.edition, UNDERTAKING, by=by)
        for number, interpreter in enumerate(engaged):
            if number % UNDECIDED:
                accept_undertaking(interpreter, text, by=by)


def _crew(built: Built, engaged: Sequence[Interpreter], rooms: Sequence[Room], by: Actor) -> None:
    edition = built.edition
    appoint(edition, "operator@rivertown.example", ROOM_OPERATOR.code, by=by, name="Room operator")
    appoint(edition, "stream@rivertown.example", STREAM_CREW.code, by=by, name="Stream crew")
    busiest = Counter(Shift.objects.filter(interpreter__in=engaged).values_list("interpreter", flat=True))
    row = next(one for one in engaged if one.pk == busiest.most_common(1)[0][0])
    open_account(row, "interpreter@rivertown.example", by=by)
