"""What calls, their forms and what people ask about them add to the rest of Summitry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.calls import readiness_setup, translation_setup
from summitry.calls.actions.draft_reminders import remind_drafts
from summitry.calls.actions.inquiry import forget_askers
from summitry.calls.events import CallChanged
from summitry.calls.models import Area, Call
from summitry.calls.queries.calls import has_public_calls, works_on_calls
from summitry.calls.tabs import register_tab
from summitry.editions.enums import EditionOrigin
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.jobs import every
from summitry.foundation.web.navigation import NavEntry, Phase, register_nav
from summitry.foundation.webhooks import register_webhook_event


def calls_link(edition: Any, actor: Actor) -> str | None:
    """Return where the calls of an edition are kept; None for those who work with none of them."""
    if edition is None or edition.origin != EditionOrigin.RUN or not works_on_calls(actor, edition):
        return None
    return reverse("calls:calls", args=[edition.slug])


def public_link(edition: Any) -> str | None:
    """Return where everybody finds the calls of an edition; None where there is none to see."""
    if edition is None or not has_public_calls(edition):
        return None
    return reverse("calls_public:calls", args=[edition.slug])


def overview_link(call: Call, actor: Actor) -> str:
    """Return where a call is told in short; for everybody who enters."""
    return reverse("calls:call", args=[call.edition.slug, call.slug])


def set_up_link(call: Call, actor: Actor) -> str | None:
    """Return where a call is set up; None for those who may not look at it."""
    if not policy_for(Area).may(actor, "view", Area(call=call)):
        return None
    return reverse("calls:settings", args=[call.edition.slug, call.slug])


def _changed(event: CallChanged) -> dict[str, Any]:
    return {"call_id": event.call_id}


def register() -> None:
    """Register all of it; called once, when the room starts."""
    register_nav(NavEntry("calls", _("Calls"), 40, calls_link, "list", Phase.INVITE), console=True)
    register_nav(NavEntry("calls", _("Calls"), 35, public_link))
    register_tab("overview", _("Overview"), 0, overview_link)
    register_tab("setup", _("Set-up"), 10, set_up_link)
    translation_setup.register()
    readiness_setup.register()
    register_webhook_event("calls.call.changed", CallChanged, _changed, _("A call or its set-up changed"))
    every(dt.timedelta(hours=1), remind_drafts)
    every(dt.timedelta(days=1), forget_askers)
