"""Screening: names go out in numbered lists, and what comes back is that somebody passed, or that there are objections."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, StaleState
from summitry.guests.actions.deciding import admissible
from summitry.guests.actions.moving import move_many
from summitry.guests.actions.unsealing import note_looks
from summitry.guests.enums import DecisionKind, GuestState, ScreeningResult
from summitry.guests.models import Guest, ScreeningEntry, ScreeningList
from summitry.guests.models.visa import ALPHABET
from summitry.guests.queries.steps import leads_to

KINDS: Mapping[str, DecisionKind] = {
    ScreeningResult.PASSED: DecisionKind.CLEAR,
    ScreeningResult.OBJECTS: DecisionKind.OBJECT,
}


def make_screening_list(edition: Edition, *, by: Actor) -> ScreeningList:
    """Put everybody into a list who waits for screening and is in none that is not answered yet.

    Raises InvalidInput where nobody waits.
    """
    require(by, "screen", Guest(edition=edition))
    with recording():
        waiting = Guest.objects.filter(edition=edition, state=GuestState.SCREENING)
        waiting = waiting.exclude(screenings__result=ScreeningResult.OPEN)
        guests = list(waiting.select_related("person").order_by("state_since", "pk"))
        if not guests:
            raise InvalidInput(_("Nobody waits for screening who is not in a list already."))
        last = ScreeningList.objects.filter(edition=edition).order_by("-number").first()
        batch = ScreeningList.objects.create(
            edition=edition,
            number=last.number + 1 if last else 1,
            made_at=clock.now(),
            account_id=by.account_id,
            actor_label=by.label,
        )
        ScreeningEntry.objects.bulk_create(
            [ScreeningEntry(batch=batch, guest=guest, code=_code(batch)) for guest in guests], batch_size=500
        )
        record("guests.screening.made", by=by, obj=batch, count=len(guests))
    return batch


def send_out(batch: ScreeningList, *, by: Actor) -> list[ScreeningEntry]:
    """Return the entries of a list with what they need for a file, and record that each was looked at."""
    require(by, "view", batch)
    entries = list(batch.entries.select_related("guest__person__entity", "guest__category"))
    note_looks("guests.screening.sent", [entry.guest for entry in entries], by=by, list=str(batch))
    return entries


def answer_entry(
    entry: ScreeningEntry, result: str, *, by: Actor, seen: str = ScreeningResult.OPEN
) -> ScreeningEntry:
    """Note what came back about one name. Announces GuestMoved. Raises InvalidInput, and StaleState where it is answered."""
    answer_entries(entry.batch, {entry.code: result}, by=by, seen=seen)
    entry.refresh_from_db()
    return entry


def answer_entries(
    batch: ScreeningList, results: Mapping[str, str], *, by: Actor, seen: str = ScreeningResult.OPEN
) -> int:
    """Note what came back about many names of one list, by their codes; all of them, or none. Return how many were new.

    What is noted already with the same result is passed over, so that a file may be handed in twice. Whoever has left
    screening meanwhile, because she withdrew, only gets her result noted. Announces GuestMoved for each who moves.
    Raises InvalidInput with a sentence for each code that cannot be taken, and StaleState.
    """
    require(by, "answer", batch)
    with recording():
        entries = {
            entry.code: entry
            for entry in batch.entries.filter(code__in=list(results)).select_related(
                "guest__category", "guest__edition", "guest__person"
            )
        }
        new = _checked(entries, results)
        now = clock.now()
        for result, kind in KINDS.items():
            group = [entry for entry in new if results[entry.code] == result]
            rows = ScreeningEntry.objects.filter(pk__in=[entry.pk for entry in group], result=seen)
            if rows.update(result=result, answered_at=now, actor_label=by.label) != len(group):
                raise StaleState
            guests = [entry.guest for entry in group if entry.guest.state == GuestState.SCREENING]
            _refuse_own(guests, kind, by)
            move_many(guests, {guest.pk: leads_to(guest, kind) for guest in guests}, by=by, kind=kind)
        if new:
            record("guests.screening.answered", by=by, obj=batch, count=len(new))
    return len(new)


def _checked(entries: Mapping[str, ScreeningEntry], results: Mapping[str, str]) -> list[ScreeningEntry]:
    errors: list[str] = []
    new = []
    for code, result in results.items():
        entry = entries.get(code)
        if entry is None:
            errors.append(_("%(code)s is not in this list.") % {"code": code})
        elif result not in KINDS:
            errors.append(_("%(code)s: “passed” or “objects” is expected.") % {"code": code})
        elif entry.result == ScreeningResult.OPEN:
            new.append(entry)
        elif entry.result != result:
            errors.append(_("%(code)s was answered otherwise before.") % {"code": code})
    if errors:
        raise InvalidInput(fields={"file": errors})
    return new


def _refuse_own(guests: Sequence[Guest], kind: str, by: Actor) -> None:
    refused = admissible(guests, kind, by)
    if refused:
        named = [f"{guest}: {refused[guest.pk]}" for guest in guests if guest.pk in refused]
        raise InvalidInput(fields={"file": named})


def _code(batch: ScreeningList) -> str:
    return f"S{batch.number}-" + "".join(secrets.choice(ALPHABET) for _n in range(8))
