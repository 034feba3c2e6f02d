"""What stands above the timetable: days, views and filters; and the clocks that its pages share."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.foundation.i18n import formats
from summitry.programme.forms import TimetableQuery
from summitry.programme.queries.choices import Choice, choices_of
from summitry.programme.queries.clocks import OFFERED
from summitry.programme.queries.links import Links
from summitry.programme.queries.programme import Programme, SessionLine
from summitry.programme.queries.timetable import Viewing


class Tab(NamedTuple):
    """A link of a row of links."""

    url: str
    label: str
    note: str
    current: bool


def day_tabs(
    programme: Programme,
    found: Iterable[SessionLine],
    query: TimetableQuery,
    days: tuple[dt.date, ...],
    links: Links,
) -> list[Tab]:
    """Return a link for each day with the number of matching sessions, and one for all; none where days do not matter."""
    if query.view == "now":
        return []
    counts = Counter(session.day for session in found)
    tabs = [
        Tab(
            links.timetable + query.address(day=day.isoformat()),
            formats.date(day, programme.lang, "MMMEd"),
            session_count(counts[day]),
            days == (day,),
        )
        for day in programme.days
    ]
    if len(tabs) > 1:
        whole = links.timetable + query.address(day="all")
        tabs.append(Tab(whole, _("All days"), session_count(counts.total()), len(days) > 1))
    return tabs


def view_tabs(query: TimetableQuery, links: Links) -> list[Tab]:
    """Return the links to the four views, which keep day and filters."""
    labels = {"grid": _("Grid"), "list": _("List"), "now": _("Now & next"), "agenda": _("My agenda")}
    return [
        Tab(links.timetable + query.address(view=view), label, "", view == query.view)
        for view, label in labels.items()
    ]


def session_count(count: int) -> str:
    """Return "12 sessions"."""
    return ngettext("%(count)d session", "%(count)d sessions", count) % {"count": count}


class Select(NamedTuple):
    """A filter of the timetable; secondary ones give way on narrow screens."""

    name: str
    label: str
    choices: list[Choice]
    value: str
    classes: str


def selects(programme: Programme, query: TimetableQuery) -> list[Select]:
    """Return the filters that this programme has something to choose for."""
    labels = {
        "topic": _("All topics"),
        "kind": _("All kinds"),
        "room": _("All rooms"),
        "lang": _("All languages"),
        "delivery": _("Any delivery"),
    }
    choices = choices_of(programme)
    return [
        Select(
            name,
            label,
            getattr(choices, name),
            getattr(query, name),
            "" if getattr(query, name) else "only-wide",
        )
        for name, label in labels.items()
        if len(getattr(choices, name)) > 1
    ]


def clock_context(viewing: Viewing) -> dict[str, Any]:
    """Return what templates need to show both clocks and to offer a choice of the reader's."""
    return {
        "two_clocks": True,
        "zones": OFFERED,
        "reader_zone": viewing.reader.key if viewing.reader else "",
    }
