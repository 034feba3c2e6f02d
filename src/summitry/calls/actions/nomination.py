"""Nominations: received from anybody, looked at by the office, and taken up by whoever was nominated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from summitry.calls.actions.beginning import ENTRANCE, NO_ADDRESS
from summitry.calls.actions.entry import NewEntry, begin_entry
from summitry.calls.actions.entry_letters import send_nomination
from summitry.calls.enums import EntrySource, NominationState
from summitry.calls.errors import CallClosed
from summitry.calls.models import Call, Nomination
from summitry.calls.queries.calls import open_state
from summitry.calls.queries.entry_values import read_email, read_language, read_line
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, TransitionRefused
from summitry.guests.queries.answer_values import Refused, words

S = NominationState
LONGEST_WORDS = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNomination:
    """Who proposes whom, and why."""

    nominator_name: str
    nominator_email: str
    nominee_name: str
    nominee_email: str
    nominator_organisation: str = ""
    nominee_organisation: str = ""
    language: str = ""
    words: str = ""


def nominate(call: Call, new: NewNomination) -> Nomination:
    """Take in a nomination from the public; nobody is written to before the office has looked at it.

    Raises InvalidInput by field, CallClosed, PermissionRefused for a call that is not public.
    """
    require(PUBLIC, "view", call)
    if open_state(call, clock.now()) != "open":
        raise CallClosed
    facts = _checked(new)
    with recording():
        made = Nomination.objects.create(call=call, sent_at=clock.now(), **facts)
        record("calls.nomination.received", by=ENTRANCE, edition_id=call.edition_id, call=str(call.name))
    return made


def invite_nominated(nomination: Nomination, *, by: Actor) -> Nomination:
    """Begin an entry for whoever was nominated and write her its link. Raises TransitionRefused, CallClosed, InvalidInput."""
    require(by, "edit", nomination)
    with recording():
        present = _held(nomination)
        if present.state != S.SENT:
            raise TransitionRefused
        if open_state(present.call, clock.now()) not in {"before", "open"}:
            raise CallClosed
        new = NewEntry(
            contact_email=present.nominee_email,
            contact_name=present.nominee_name,
            organisation_name=present.nominee_organisation,
            language=present.language,
            source=EntrySource.NOMINATED,
            is_told=False,
        )
        entry = begin_entry(present.call, new, by=by)
        present.state, present.entry = S.INVITED, entry
        present.save(update_fields=["state", "entry"])
        send_nomination(present, entry, by=by)
        record("calls.nomination.invited", by=by, edition_id=present.edition_id)
    nomination.state, nomination.entry = present.state, present.entry
    return nomination


def dismiss_nomination(nomination: Nomination, *, by: Actor) -> Nomination:
    """Leave a nomination as it is: nobody is written to. Raises TransitionRefused."""
    require(by, "edit", nomination)
    with recording():
        present = _held(nomination)
        if present.state != S.SENT:
            raise TransitionRefused
        present.state = S.DISMISSED
        present.save(update_fields=["state"])
        record("calls.nomination.dismissed", by=by, edition_id=present.edition_id)
    nomination.state = present.state
    return nomination


def _held(nomination: Nomination) -> Nomination:
    rows = Nomination.objects.select_for_update(no_key=True, of=("self",)).select_related("call__edition")
    return rows.get(pk=nomination.pk)


def _checked(new: NewNomination) -> dict[str, str]:
    facts: dict[str, str] = {}
    errors: dict[str, list[str]] = {}
    readers: dict[str, Callable[[Any], str]] = {
        "nominator_name": lambda raw: read_line(raw, 200),
        "nominator_email": read_email,
        "nominator_organisation": read_line,
        "nominee_name": lambda raw: read_line(raw, 200),
        "nominee_email": read_email,
        "nominee_organisation": read_line,
        "language": read_language,
        "words": lambda raw: words(raw, LONGEST_WORDS),
    }
    for name, read in readers.items():
        try:
            facts[name] = read(getattr(new, name))
        except Refused as refusal:
            errors[name] = [str(refusal)]
    for name in ("nominator_name", "nominee_name"):
        if name in facts and (not facts[name] or NO_ADDRESS & set(facts[name])):
            errors[name] = [_("Please give the name alone.")]
    if errors:
        raise InvalidInput(fields=errors)
    return facts
