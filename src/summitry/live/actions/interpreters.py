"""Engaging interpreters, saying how many booths the rooms have, and the undertaking of confidentiality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from summitry.directory.models import Person
from summitry.editions.models import Edition, Room
from summitry.editions.permissions import CREW
from summitry.foundation import clock
from summitry.foundation.access import Actor, Scope, require
from summitry.foundation.accounts import account_at
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import put_grant
from summitry.foundation.i18n import Text
from summitry.foundation.models import Account
from summitry.live.errors import ForeignObject
from summitry.live.events import InterpretersChanged, UndertakingAccepted
from summitry.live.models import Booth, Interpreter, Undertaking, UndertakingText
from summitry.programme.permissions import INTERPRETER

MOST_BOOTHS = 20
Pairs = Iterable[tuple[str, str]]


def engage_interpreters(
    edition: Edition, given: Iterable[tuple[Person, Pairs]], *, by: Actor
) -> list[Interpreter]:
    """Engage people as interpreters of an edition, each with the pairs that she masters.

    Whoever has an account may enter the console and prepare there. Announces InterpretersChanged. Raises InvalidInput
    for a pair of the same language, or somebody who is engaged already.
    """
    require(by, "edit", Interpreter(edition=edition))
    with recording():
        rows = [
            Interpreter(edition=edition, person=person, pairs=checked_pairs(pairs)) for person, pairs in given
        ]
        taken = Interpreter.objects.filter(edition=edition, person__in=[row.person_id for row in rows])
        if taken.exists():
            raise InvalidInput(fields={"person": [str(_("This person is engaged already."))]})
        made = Interpreter.objects.bulk_create(rows)
        for one in made:
            _open_console(one, by)
            record(
                "live.interpreter.engaged", by=by, obj=one, edition_id=edition.pk, after={"pairs": one.pairs}
            )
        announce(
            InterpretersChanged(by=by, edition_id=edition.pk, interpreter_ids=tuple(one.pk for one in made))
        )
    return made


def change_interpreter(interpreter: Interpreter, *, by: Actor, **values: Any) -> Interpreter:
    """Change the pairs or the note. Announces InterpretersChanged. Raises InvalidInput and StaleState."""
    require(by, "edit", interpreter)
    if "pairs" in values:
        values["pairs"] = checked_pairs(values["pairs"])
    with recording():
        _open_console(interpreter, by)
        if change(interpreter, values, by=by, audit="live.interpreter.changed"):
            announce(
                InterpretersChanged(
                    by=by, edition_id=interpreter.edition_id, interpreter_ids=(interpreter.pk,)
                )
            )
    return interpreter


def open_account(interpreter: Interpreter, email: str, *, by: Actor) -> Account:
    """Let an interpreter sign in by an address, enter the console and prepare there; an account is made where need be.

    Raises InvalidInput where she has another account already, or the address is somebody else's.
    """
    require(by, "edit", interpreter)
    with recording():
        person = Person.objects.select_for_update().get(pk=interpreter.person_id)
        account = account_at(email, by=by, name=str(person))
        others = Person.objects.filter(account=account).exclude(pk=person.pk)
        if others.exists() or (person.account_id is not None and person.account_id != account.pk):
            text = _("This address, or this interpreter, belongs to another account already.")
            raise InvalidInput(fields={"email": [str(text)]})
        if person.account_id is None:
            Person.objects.filter(pk=person.pk).update(account=account)
            record("live.interpreter.invited", by=by, obj=interpreter, edition_id=interpreter.edition_id)
        interpreter.person.account = account
        _open_console(interpreter, by)
    return account


def checked_pairs(pairs: Pairs) -> list[list[str]]:
    """Return pairs as they are kept, each once. Raises InvalidInput."""
    found = sorted({(source, into) for source, into in pairs})
    if any(
        not source or not into or source == into or len(source) > 20 or len(into) > 20
        for source, into in found
    ):
        raise InvalidInput(fields={"pairs": [str(_("A pair has two different languages."))]})
    return [list(pair) for pair in found]


def set_booths(edition: Edition, counts: Mapping[Room, int], *, by: Actor) -> None:
    """Say how many booths rooms have; those that go are taken out of the plans. Raises InvalidInput and ForeignObject."""
    require(by, "edit", Interpreter(edition=edition))
    if any(room.edition_id != edition.pk for room in counts):
        raise ForeignObject
    if any(not 0 <= count <= MOST_BOOTHS for count in counts.values()):
        raise InvalidInput
    with recording():
        there = set(Booth.objects.filter(room__in=counts).values_list("room_id", "number"))
        wanted = {(room.pk, number) for room, count in counts.items() for number in range(1, count + 1)}
        Booth.objects.bulk_create(
            Booth(room_id=room_id, number=number) for room_id, number in sorted(wanted - there)
        )
        for room_id, number in there - wanted:
            Booth.objects.filter(room=room_id, number=number).delete()
        if there != wanted:
            changed = {room_id for room_id, _number in there ^ wanted}
            record(
                "live.booths.set",
                by=by,
                obj=edition,
                count=len(changed),
                after={room.code: count for room, count in counts.items() if room.pk in changed},
            )


def write_undertaking(edition: Edition, text: Text, *, by: Actor) -> UndertakingText:
    """Write the next version of the undertaking; everybody has to accept it anew. Raises InvalidInput."""
    require(by, "edit", UndertakingText(edition=edition))
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        last = UndertakingText.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
        row = UndertakingText(edition=edition, number=last + 1, text=text, created_at=clock.now())
        checked(row, only={"text"})
        row.save(force_insert=True)
        record("live.undertaking.written", by=by, obj=edition, number=row.number, after={"text": text})
    return row


def accept_undertaking(interpreter: Interpreter, text: UndertakingText, *, by: Actor) -> Undertaking:
    """Note that an interpreter herself accepts a version of the text; twice changes nothing.

    Announces UndertakingAccepted. Raises PermissionRefused for anybody else, and ForeignObject.
    """
    require(by, "prepare", interpreter)
    if text.edition_id != interpreter.edition_id:
        raise ForeignObject
    with recording():
        row, made = Undertaking.objects.get_or_create(
            interpreter=interpreter, text=text, defaults={"accepted_at": clock.now()}
        )
        if made:
            record(
                "live.undertaking.accepted",
                by=by,
                obj=interpreter,
                edition_id=interpreter.edition_id,
                number=text.number,
            )
            announce(
                UndertakingAccepted(
                    by=by,
                    edition_id=interpreter.edition_id,
                    interpreter_id=interpreter.pk,
                    number=text.number,
                )
            )
    return row


def _open_console(interpreter: Interpreter, by: Actor) -> None:
    account = interpreter.person.account
    if account is not None:
        scope = Scope("edition", interpreter.edition_id)
        put_grant(account, INTERPRETER.code, scope, by=by)
        put_grant(account, CREW.code, scope, by=by)
