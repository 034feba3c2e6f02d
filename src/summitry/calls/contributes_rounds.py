"""What rounds, assignments and calibrations add to the rest of Summitry: a tab, recurring jobs, readiness, summaries."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from summitry.calls import readiness_rounds
from summitry.calls.actions.computing import register_summary
from summitry.calls.actions.round import close_rounds_in_time
from summitry.calls.actions.telling_jurors import remind_jurors
from summitry.calls.enums import Task
from summitry.calls.models import Call, Computation
from summitry.calls.queries.summaries import assignment_summary, calibration_summary
from summitry.calls.tabs import register_tab
from summitry.foundation.access import Actor, policy_for
from summitry.foundation.jobs import every

TAB = "rounds"


def _link(call: Call, actor: Actor) -> str | None:
    if not policy_for(Computation).may(actor, "view", Computation(call=call)):
        return None
    return reverse("calls:rounds", args=[call.edition.slug, call.slug])


def register() -> None:
    """Register all of it; called once, when the room starts."""
    register_tab(TAB, _("Rounds"), 50, _link)
    register_summary(Task.ASSIGNMENT, assignment_summary)
    register_summary(Task.CALIBRATION, calibration_summary)
    readiness_rounds.register()
    every(dt.timedelta(minutes=1), close_rounds_in_time)
    every(dt.timedelta(hours=1), remind_jurors)
