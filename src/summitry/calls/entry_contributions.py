"""What entries give to other rooms: texts to translate, and what is kept of a guest who enters a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.calls.actions.entry_translating import translate_entries
from summitry.calls.enums import LEFT, WITH_ENTRANT, CallState
from summitry.calls.models import Entry, Member
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.guests.models import Guest
from summitry.guests.queries.holdings import Held
from summitry.translation.sources import SAVED, Rewritten, Source, TextField

FROZEN = (CallState.FROZEN, CallState.ANNOUNCED)


def _rows(edition: Edition) -> QuerySet[Entry]:
    """Entries that are frozen: before that their texts are the entrants' alone."""
    rows = Entry.objects.filter(call__edition=edition, call__state__in=FROZEN)
    rows = rows.exclude(state__in=LEFT | WITH_ENTRANT).select_related("call").order_by("call_id", "number")
    return rows.only("pk", "title", "abstract", "number", "call__name", "call__edition_id")


def _write(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    translate_entries(edition, [(one.row, one.texts) for one in changes], by=by, audit=SAVED)


ENTRIES = Source(
    key="calls.entry",
    model=Entry,
    label=pgettext_lazy("call", "Entry"),
    plural=_("Entries"),
    fields=(TextField("title", _("Title")), TextField("abstract", _("Abstract"), is_prose=True)),
    rows=_rows,
    name=lambda entry: entry.title or str(entry.number),
    within=lambda entry: entry.call.name,
    write=_write,
    order=90,
)


def _entries(guest: Guest) -> Sequence[Mapping[str, Any]]:
    if not guest.person.email:
        return []
    rows = Entry.objects.filter(call__edition=guest.edition_id, contact_email__iexact=guest.person.email)
    return [
        {"call": row.call.name, "title": row.title, "number": row.number, "name": row.contact_name}
        for row in rows.select_related("call")
    ]


def _memberships(guest: Guest) -> Sequence[Mapping[str, Any]]:
    if not guest.person.email:
        return []
    rows = Member.objects.filter(
        entry__call__edition=guest.edition_id, email__iexact=guest.person.email
    ).select_related("entry__call")
    return [
        {
            "call": row.entry.call.name,
            "title": row.entry.title,
            "part": row.part,
            "state": row.get_state_display(),
        }
        for row in rows
    ]


HOLDINGS = (
    Held(
        "entries",
        _("Your entries"),
        _("To reach whoever answers for an entry of a call."),
        _entries,
        {"call": _("Call"), "title": _("Title"), "number": _("Number"), "name": _("Name")},
    ),
    Held(
        "memberships",
        _("Teams of which you are a member"),
        _("So that a team is who it says it is."),
        _memberships,
        {"call": _("Call"), "title": _("Title"), "part": _("Part in the entry"), "state": _("State")},
    ),
)
