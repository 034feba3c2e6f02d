"""A look at the running sessions every minute: an overrun grows by itself, and nobody presses a button for it."""

from __future__ import annotations

from summitry.foundation.access import system
from summitry.foundation.jobs import job
from summitry.live.actions.run import tell_overrun
from summitry.live.models import Run
from summitry.live.queries.rundown import rundown_now


@job(retries=0)
def watch_overruns() -> None:
    """Announce the overruns that have grown by another five minutes."""
    rows = Run.objects.filter(started_at__isnull=False, ended_at=None).select_related("session__edition")
    for run in rows:
        tell_overrun(run, rundown_now(run.session), by=system("run of show"))
