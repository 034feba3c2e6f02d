"""What the pages of entries, from draft to frozen, add to the rest of Summitry: jobs, a tab, texts to translate, holdings."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.calls.actions.entry_keeping import keep_no_longer
from summitry.calls.actions.freezing import freeze_due
from summitry.calls.entry_contributions import ENTRIES, HOLDINGS
from summitry.calls.models import Call, Entry
from summitry.calls.tabs import register_tab
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.jobs import every
from summitry.guests.queries.holdings import register_holding
from summitry.translation.sources import register_source


def entries_link(call: Call, actor: Actor) -> str | None:
    """Return where the entries of a call are listed; None for those who do not work with them."""
    if not policy_for(Entry).may(actor, "view", Entry(call=call)):
        return None
    return reverse("calls:entries_of", args=[call.edition.slug, call.slug])


def register() -> None:
    """Register all of it; called once, when the room starts."""
    every(dt.timedelta(minutes=1), freeze_due)
    every(dt.timedelta(days=1), keep_no_longer)
    register_source(ENTRIES)
    for held in HOLDINGS:
        register_holding(held)
    register_tab("entries", _("Entries"), 20, entries_link)
