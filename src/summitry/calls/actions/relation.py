"""Whom an entrant names because she should not judge the entry; the jury's officers decide what follows."""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.calls.actions.entry_draft import check_open, locked_entry
from summitry.calls.enums import LEFT, ConflictKind
from summitry.calls.errors import EntryClosed
from summitry.calls.events import EntriesChanged
from summitry.calls.models import Entry, Relation
from summitry.calls.queries.entry_values import read_line
from summitry.calls.queries.entry_windows import OVER
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.guests.queries.answer_values import Refused, words

MOST = 200
DECLARABLE = (
    ConflictKind.SAME_ORGANISATION,
    ConflictKind.CO_ENTRANT,
    ConflictKind.ADVISER,
    ConflictKind.FUNDER,
    ConflictKind.OTHER,
)
"""What an entrant can know of somebody; the rest is found in the data."""


def declare_relation(
    entry: Entry, *, name: str, kind: str, by: Actor, organisation_name: str = "", explanation: str = ""
) -> Relation:
    """Name somebody who should not judge an entry; possible until the call is announced, as more may be remembered later.

    Raises InvalidInput by field, EntryClosed, PermissionRefused. Announces EntriesChanged.
    """
    require(by, "fill", entry)
    facts, errors = {"kind": str(kind)}, {}
    for field, raw, limit in (("name", name, 200), ("organisation_name", organisation_name, 300)):
        try:
            facts[field] = read_line(raw, limit)
        except Refused as refusal:
            errors[field] = [str(refusal)]
    try:
        facts["words"] = words(explanation, 500)
    except Refused as refusal:
        errors["explanation"] = [str(refusal)]
    if not facts.get("name"):
        errors.setdefault("name", [_("Please give a name.")])
    if kind not in DECLARABLE:
        errors["kind"] = [_("Choose one of the list.")]
    if errors:
        raise InvalidInput(fields=errors)
    with recording():
        present = locked_entry(entry)
        if present.state in LEFT or present.call.state in OVER:
            raise EntryClosed
        if Relation.objects.filter(entry=present).count() >= MOST:
            raise InvalidInput(_("At most %(count)d can be declared."), count=MOST)
        made = Relation.objects.create(entry=present, **facts)
        record("calls.relation.declared", by=by, obj=present)
        _announced(present, by)
    return made


def take_back_relation(relation: Relation, *, by: Actor) -> None:
    """Take back a declaration, while the entry can be changed. Raises CallClosed, EntryClosed, PermissionRefused."""
    require(by, "fill", relation.entry)
    with recording():
        present = locked_entry(relation.entry)
        check_open(present, by)
        Relation.objects.filter(pk=relation.pk).delete()
        record("calls.relation.taken_back", by=by, obj=present)
        _announced(present, by)


def _announced(entry: Entry, by: Actor) -> None:
    announce(EntriesChanged(by=by, edition_id=entry.edition_id, call_id=entry.call_id, entry_ids=(entry.pk,)))
