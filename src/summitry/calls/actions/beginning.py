"""Beginning an entry from outside: by anybody, with an access code, or after a nomination.

The link of the entry's pages goes by letter to the address that was given: only its owner learns it, and whether she has a
draft already. Whoever fills in the form learns nothing by it.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from summitry.calls.actions.access_code import use_code
from summitry.calls.actions.entry import NewEntry, begin_entry, checked_contact
from summitry.calls.actions.entry_letters import send_page
from summitry.calls.enums import Admission, EntryState
from summitry.calls.errors import CallClosed
from summitry.calls.models import Call, Entry
from summitry.calls.queries.begin_letters import may_write
from summitry.calls.queries.calls import open_state
from summitry.foundation import clock
from summitry.foundation.access import PUBLIC, require, system
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput

ENTRANCE = system("entrance")
"""Who acts for somebody who holds no link yet."""
NO_ADDRESS = frozenset("@/\\<>{}[]|:;=")
"""Signs of addresses and of programs: letters go to strangers in the name of the summit and carry no advertisement."""


def ask_to_begin(call: Call, new: NewEntry, *, code: str = "") -> None:
    """Write the link of an entry to the address that was given: of a draft that is still empty, or of a new one.

    A use of the access code is spent with each new draft; of two who use the last one at once, one is refused. Raises
    PermissionRefused for a call that is not public, CallClosed, and InvalidInput by field.
    """
    require(PUBLIC, "view", call)
    if open_state(call, clock.now()) != "open" or call.admission == Admission.NOMINATION:
        raise CallClosed
    facts = checked_contact(new)
    if not facts["contact_name"] or NO_ADDRESS & set(facts["contact_name"]):
        raise InvalidInput(fields={"contact_name": [_("Please give the name alone.")]})
    with recording():
        known = _empty_draft(call, facts["contact_email"])
        if known is None and call.admission == Admission.CODE:
            use_code(call, code)
        if not may_write("begin", call.pk, facts["contact_email"]):
            raise InvalidInput(
                fields={
                    "contact_email": [
                        _("This address has had several letters today. Please look into its mail.")
                    ]
                }
            )
        if known is not None:
            send_page(known, by=ENTRANCE)
        else:
            begin_entry(call, new, by=ENTRANCE)


def send_entry_link_again(entry: Entry, *, email: str) -> None:
    """Write the present link to an entry's own address, for whoever holds a former one."""
    if may_write("again", entry.pk, email):
        with recording():
            if send_page(entry, by=ENTRANCE):
                record("calls.entry.link_sent", by=ENTRANCE, obj=entry)


def _empty_draft(call: Call, email: str) -> Entry | None:
    """Return the draft of an address in which nothing was filled in yet."""
    rows = Entry.objects.filter(call=call, contact_email=email, state=EntryState.DRAFT, edits=0)
    return rows.select_related("call__edition").first()
