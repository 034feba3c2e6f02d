"""Keeping each day's numbers of the editions that are run here."""

from __future__ import annotations

from summitry.editions.enums import EditionOrigin
from summitry.editions.models import Edition
from summitry.foundation import clock
from summitry.foundation.jobs import job
from summitry.insight.models import DailyFigure
from summitry.insight.queries.pace import days_left, measured

FIRST_DAY, LAST_DAY = 400, -60
"""From how many days before the opening to how many after it the numbers of a day are kept."""


def take_figures(edition: Edition) -> None:
    """Write down what every gauge shows today; taken again on the same day, the later figures stand."""
    left = days_left(edition)
    DailyFigure.objects.bulk_create(
        [
            DailyFigure(edition=edition, gauge=gauge, days_left=left, value=value)
            for gauge, value in measured(edition).items()
        ],
        update_conflicts=True,
        unique_fields=["edition", "gauge", "days_left"],
        update_fields=["value"],
    )


@job()
def take_all_figures() -> None:
    """Take the day's figures of every edition near its opening."""
    today = clock.now().date()
    for edition in Edition.objects.filter(origin=EditionOrigin.RUN):
        if LAST_DAY <= (edition.starts_on - today).days <= FIRST_DAY:
            take_figures(edition)
