"""What selection and announcement add to the rest of Summitry."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from summitry.calls.events import CallAnnounced
from summitry.calls.models import Call, Laureate
from summitry.calls.tabs import register_tab
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.webhooks import register_webhook_event


def _link(name: str, call: Call, actor: Actor) -> str | None:
    if not policy_for(Call).may(actor, "approve", call):
        return None
    return reverse(f"calls:{name}", args=[call.edition.slug, call.slug])


def _announced(event: CallAnnounced) -> dict[str, Any]:
    slug = Call.objects.values_list("slug", flat=True).get(pk=event.call_id)
    laureates = Laureate.objects.filter(entry__call=event.call_id, revoked_at=None).order_by("position", "pk")
    return {"call": slug, "laureates": list(laureates.values_list("number", flat=True))}


def register() -> None:
    """Register all of it; called once, when the room starts."""
    register_tab("selection", _("Selection"), 70, lambda call, actor: _link("selection", call, actor))
    register_tab(
        "announcement",
        pgettext_lazy("stage", "Announcement"),
        80,
        lambda call, actor: _link("announcement", call, actor),
    )
    register_webhook_event("calls.announced", CallAnnounced, _announced, _("Laureates were announced"))
