"""What makes the demo's console look lived in: deadlines, forums at every step, and last year's daily numbers."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from summitry.editions.actions.deadline import DeadlineGiven, set_deadlines
from summitry.editions.actions.edition import create_edition
from summitry.editions.enums import DeadlineKind, EditionOrigin
from summitry.editions.models import Edition
from summitry.foundation.access import Actor
from summitry.foundation.i18n import Text
from summitry.insight.models import DailyFigure
from summitry.insight.queries.pace import measured
from summitry.programme.actions.sign_off import missing_in, return_forum, sign_forum, submit_forum
from summitry.programme.models import Forum
from summitry.rehearsal.built import Built

DAYS_BEFORE = {
    DeadlineKind.FORUMS: 30,
    DeadlineKind.BIOGRAPHIES: 21,
    DeadlineKind.TRANSLATIONS: 14,
    DeadlineKind.VIDEOS: 7,
    DeadlineKind.INTERPRETATION: 5,
    DeadlineKind.LINK_TESTS: 2,
    DeadlineKind.SLIDES: 1,
}
GRACE_HOURS = 48
FIRST_DAY, LAST_DAY = 200, -3
# What share of its last value a gauge had shown 120, 60, 30 and 7 days before the opening, and on the day.
_GROWTH = ((200, 0.02), (120, 0.15), (60, 0.45), (30, 0.74), (7, 0.95), (0, 1.0), (-3, 1.0))
_LAST_YEAR = 0.88
"""How large last year's edition was beside this one."""
_STEPS = ("signed",) * 8 + ("submitted", "draft", "returned")
_REMARKS = "Please add the name of the chair, and shorten the description to 800 characters."


def build_deadlines(built: Built, by: Actor) -> None:
    """Set the deadlines, each at noon of its day in the host city."""
    opening = dt.datetime.combine(built.edition.starts_on, dt.time(12), built.edition.zone)
    given = [
        DeadlineGiven(kind, opening - dt.timedelta(days=days), GRACE_HOURS)
        for kind, days in DAYS_BEFORE.items()
    ]
    set_deadlines(built.edition, given, by=by)


def build_steps(built: Built, by: Actor) -> None:
    """Hand most forums in and sign them off; leave some waiting, some returned, some drafts."""
    for place, forum in enumerate(Forum.objects.filter(edition=built.edition)):
        step = _STEPS[place % len(_STEPS)]
        if step == "draft" or missing_in(forum):
            continue
        submit_forum(forum, by=by)
        if step == "signed":
            sign_forum(forum, by=by)
        elif step == "returned":
            return_forum(forum, by=by, remarks=_REMARKS)


def build_last_year(built: Built, by: Actor) -> Edition:
    """Open last year's edition, not public, with the numbers of each day up to its opening."""
    this = built.edition
    last = create_edition(
        this.summit,
        f"{this.summit.slug}-{this.year - 1}",
        by=by,
        name=Text.of(
            {
                lang: words.replace(str(this.year), str(this.year - 1))
                for lang, words in this.name.texts.items()
            }
        ),
        host_city=this.host_city,
        starts_on=this.starts_on - dt.timedelta(days=364),
        ends_on=this.ends_on - dt.timedelta(days=364),
        zone_name=this.zone_name,
        languages=this.languages,
        origin=EditionOrigin.RECORD,
    )
    final = {gauge: value * _LAST_YEAR for gauge, value in measured(this).items()}
    DailyFigure.objects.bulk_create(
        DailyFigure(edition=last, gauge=gauge, days_left=days, value=round(value * _share(days)))
        for days in range(FIRST_DAY, LAST_DAY - 1, -1)
        for gauge, value in final.items()
    )
    return last


def _share(days: int) -> float:
    for (far, low), (near, high) in pairwise(_GROWTH):
        if near <= days <= far:
            return low + (high - low) * (far - days) / (far - near)
    return 0.0
