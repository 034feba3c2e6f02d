"""What the record of a call adds to the rest of Summitry."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from summitry.calls.models import Call
from summitry.calls.tabs import register_tab
from summitry.foundation.access import Actor, policy_for


def record_link(call: Call, actor: Actor) -> str | None:
    """Return where the record of a call is shown, for those who may read it."""
    if not policy_for(Call).may(actor, "audit", call):
        return None
    return reverse("calls:record", args=[call.edition.slug, call.slug])


def register() -> None:
    """Register all of it; called once, when the room starts."""
    register_tab("record", pgettext_lazy("call", "Record"), 90, record_link)
