"""What eligibility, juries and conflicts add to the rest of Summitry."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.calls import handlers_jury, readiness_jury
from summitry.calls.actions.deriving import derive_everywhere
from summitry.calls.jury_contributions import HOLDINGS, JURORS
from summitry.calls.models import Call
from summitry.calls.permissions import JUROR, MANAGER
from summitry.calls.tabs import register_tab
from summitry.directory.permissions import imply_creator
from summitry.foundation.access import Actor, Scope, policy_for
from summitry.foundation.jobs import every
from summitry.guests.queries.holdings import register_holding
from summitry.mailing.audiences import register_audience


def _eligibility(call: Call, actor: Actor) -> str | None:
    """To the queue; who only sets the call up goes to its rules."""
    return _link("calls:eligibility", call, actor, "check") or _link(
        "calls:eligibility_rules", call, actor, "edit"
    )


def _jury(call: Call, actor: Actor) -> str | None:
    return _link("calls:jury", call, actor, "audit")


def _conflicts(call: Call, actor: Actor) -> str | None:
    return _link("calls:conflicts", call, actor, "audit")


def _mine(call: Call, actor: Actor) -> str | None:
    """A juror's own page: for whoever holds her role in this very call."""
    mine = actor.account_id is not None and (JUROR.code, Scope("call", call.pk)) in actor.grants
    return reverse("calls:mine", args=[call.edition.slug, call.slug]) if mine else None


def _link(name: str, call: Call, actor: Actor, verb: str) -> str | None:
    allowed = policy_for(Call).may(actor, verb, call)
    return reverse(name, args=[call.edition.slug, call.slug]) if allowed else None


def register() -> None:
    """Register all of it; called once, when the room starts."""
    imply_creator(MANAGER.code)
    handlers_jury.connect()
    every(dt.timedelta(days=1), derive_everywhere)
    readiness_jury.register()
    register_audience(JURORS)
    for held in HOLDINGS:
        register_holding(held)
    register_tab("eligibility", _("Eligibility"), 30, _eligibility)
    register_tab("jury", _("Jury"), 40, _jury)
    register_tab("conflicts", _("Conflicts"), 42, _conflicts)
    register_tab("mine", _("My part in the jury"), 44, _mine)
