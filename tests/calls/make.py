"""Builders for calls: each calls a real action, as the system unless told otherwise."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from typing import Any

from summitry.calls.actions.area import create_area
from summitry.calls.actions.call import NewCall, create_call
from summitry.calls.actions.entry import NewEntry, begin_entry
from summitry.calls.actions.juror import (
    accept_appointment,
    appoint_juror,
    decline_appointment,
    invite_juror,
    leave_jury,
)
from summitry.calls.enums import EntryState, JurorState, Preset
from summitry.calls.models import Area, Call, Criterion, Entry, Juror, Round
from summitry.directory.models import Person
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from tests.directory.make import make_person, name
from tests.editions.make import make_edition

SYSTEM = system("tests")
_numbers = itertools.count(1)
_OF_NEW_CALL = {field.name for field in dataclasses.fields(NewCall)}


def make_call(edition: Edition | None = None, **facts: Any) -> Call:
    """Make a call that is open now, with no areas and no form; published without a check, and with no record yet."""
    n = next(_numbers)
    now = clock.now()
    given: dict[str, Any] = {
        "slug": f"call-{n}",
        "preset": Preset.CASES,
        "name": Text.of(f"Call {n}"),
        "opens_at": now - dt.timedelta(days=10),
        "closes_at": now + dt.timedelta(days=10),
        "languages": ["en"],
        **{name: facts.pop(name) for name in _OF_NEW_CALL & facts.keys()},
    }
    call = create_call(edition or make_edition(), NewCall(fills=False, **given), by=SYSTEM)
    for fact, value in {"state": "published", "seed": f"{n:064x}", **facts}.items():
        setattr(call, fact, value)
    call.save()
    return call


def make_area(call: Call, slug: str = "", **facts: Any) -> Area:
    n = next(_numbers)
    return create_area(
        call, by=SYSTEM, **{"slug": slug or f"area-{n}", "name": Text.of(f"Area {n}"), **facts}
    )


def make_entry(call: Call, title: str = "", **facts: Any) -> Entry:
    """Make an entry that is eligible, unless `facts` name another state; its link is written to nobody."""
    n = next(_numbers)
    new = NewEntry(
        contact_email=facts.pop("contact_email", f"entrant-{n}@example.org"),
        is_told=False,
        more={"title": Text.of(title or f"Entry {n}"), "state": EntryState.ELIGIBLE, **facts},
    )
    entry = begin_entry(call, new, by=SYSTEM)
    entry.call = call
    return entry


def make_juror(
    call: Call,
    person: Person | str = "",
    account: Account | None = None,
    state: str = JurorState.ACCEPTED,
    **facts: Any,
) -> Juror:
    """Appoint a juror and bring her to `state`; an accepted one without an account cannot sign in."""
    if not isinstance(person, Person):
        n = next(_numbers)
        person = make_person(name("display", "en", person or f"Juror {n}"), email=f"juror-{n}@jury.example")
    juror = appoint_juror(call, person, by=SYSTEM, **facts)
    if state in {JurorState.INVITED, JurorState.DECLINED}:
        invite_juror(juror, by=SYSTEM)
    if state in {JurorState.ACCEPTED, JurorState.LEFT}:
        accept_appointment(juror, by=SYSTEM, account=account)
    if state == JurorState.DECLINED:
        decline_appointment(juror, by=SYSTEM)
    if state == JurorState.LEFT:
        leave_jury(juror, by=SYSTEM)
    return juror


def make_round(call: Call, number: int = 1, *, criteria: int = 1, **facts: Any) -> Round:
    """Make a round with criteria marked from 1 to 10."""
    made = Round.objects.create(call=call, number=number, **{"name": Text.of(f"Round {number}"), **facts})
    for n in range(criteria):
        Criterion.objects.create(round=made, slug=f"criterion-{n + 1}", name=Text.of(f"Criterion {n + 1}"))
    return made
