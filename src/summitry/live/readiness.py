"""What run of show and interpretation still lack, told to the readiness list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Edition
from summitry.editions.queries.readiness import Asked, Line, Severity, register_check
from summitry.foundation import clock
from summitry.foundation.access import within
from summitry.foundation.web.navigation import Phase
from summitry.live.models import Interpreter, Undertaking, UndertakingText
from summitry.live.queries.day import day_of, without_sheet
from summitry.live.queries.interpretation import incomplete, planned
from summitry.live.queries.places import planning_version
from summitry.live.queries.rundown import sessions_to_run
from summitry.programme.models import Session


def rows(name: str, edition: Edition, **wanted: str) -> str:
    """Return the address of a page of this room, narrowed to exactly the rows a line speaks of."""
    query = f"?{urlencode(wanted)}" if wanted else ""
    return reverse(f"live:{name}", args=[edition.slug]) + query


def cue_sheets(asked: Asked) -> Iterator[Line]:
    """Which sessions of today and tomorrow have no cue sheet; before the summit, those of its first day."""
    edition = asked.edition
    today = day_of(clock.now(), edition)
    days = [today, today + dt.timedelta(days=1)]
    for day in days:
        if day not in edition.days:
            continue
        count = len(without_sheet(asked.actor, edition, [day]))
        if not count:
            continue
        is_today = day == today
        text = (
            ngettext(
                "%(count)d session of today has no cue sheet.",
                "%(count)d sessions of today have no cue sheet.",
                count,
            )
            if is_today
            else ngettext(
                "%(count)d session of tomorrow has no cue sheet.",
                "%(count)d sessions of tomorrow have no cue sheet.",
                count,
            )
        )
        yield Line(
            f"cue-sheets-{day.isoformat()}", Severity.BLOCKER if is_today else Severity.DUE,
            _("Cue sheets of today") if is_today else _("Cue sheets of tomorrow"), text % {"count": count},
            Phase.RUN, count, _("Stage managers"),
            dt.datetime.combine(day, dt.time(), edition.zone),
            rows("runs", edition, day=day.isoformat(), state="no_sheet"),
        )  # fmt: skip


def interpretation(asked: Asked) -> Iterator[Line]:
    """Which sessions are interpreted without a complete plan."""
    edition = asked.edition
    version = planning_version(edition)
    if version is None:
        return
    state = planned(version)
    faulty = incomplete(state)
    now = clock.now()
    open_ = [pk for pk in faulty if state.places[pk].ends_at > now]
    count = sessions_to_run(asked.actor, Session.objects.filter(pk__in=open_)).count() if open_ else 0
    if count:
        text = ngettext(
            "%(count)d session is interpreted without a complete plan.",
            "%(count)d sessions are interpreted without a complete plan.",
            count,
        )
        yield Line(
            "interpretation", Severity.DUE, _("Interpretation plan"), text % {"count": count}, Phase.RUN, count,
            _("Chief interpreter"), asked.due(DeadlineKind.INTERPRETATION),
            rows("interpretation", edition, day="all", show="faults"),
        )  # fmt: skip
    elif state.plans and not faulty:
        yield Line(
            "interpretation-done", Severity.DONE, _("Interpretation plan"),
            _("Every interpreted session has booths and rested teams."), Phase.RUN, url=rows("interpretation", edition),
        )  # fmt: skip


def undertakings(asked: Asked) -> Iterator[Line]:
    """Which interpreters have not accepted the present undertaking, and whether there is one."""
    edition = asked.edition
    engaged = within(asked.actor, Interpreter.objects.filter(edition=edition))
    total = engaged.count()
    if not total:
        return
    text = UndertakingText.objects.filter(edition=edition).first()
    if text is None:
        yield Line(
            "undertaking-missing", Severity.DUE, _("Undertaking of confidentiality"),
            _("There is no text yet that interpreters could accept, so none of them can prepare."), Phase.RUN, 1,
            _("Chief interpreter"), asked.due(DeadlineKind.INTERPRETATION), rows("undertaking", edition),
        )  # fmt: skip
        return
    accepted = Undertaking.objects.filter(text=text).values("interpreter")
    count = engaged.exclude(pk__in=accepted).count()
    if count:
        words = ngettext(
            "%(count)d interpreter has not accepted the undertaking.",
            "%(count)d interpreters have not accepted the undertaking.",
            count,
        )
        yield Line(
            "undertakings", Severity.DUE, _("Undertaking of confidentiality"), words % {"count": count}, Phase.RUN,
            count, _("Interpreters"), asked.due(DeadlineKind.INTERPRETATION),
            rows("interpreters", edition, undertaking="no"),
        )  # fmt: skip


def register() -> None:
    """Let these checks contribute to the readiness list."""
    for check in (cue_sheets, interpretation, undertakings):
        register_check(f"live.{check.__name__}", check)
