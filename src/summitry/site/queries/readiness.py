"""What stands between an edition and its opening, as far as this installation's rooms can tell.

Each room will add its own blockers; these are the ones of the programme and of the translated texts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from summitry.editions.models import Edition
from summitry.foundation.i18n import TextState, languages
from summitry.programme.enums import Delivery
from summitry.programme.models import Appearance, Forum, Session, Slot, Version


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the readiness list; `state` is done, attention or refused."""

    state: str
    title: str
    text: str
    url: str = ""
    label: str = ""


def readiness(edition: Edition, lang: str) -> list[Line]:
    """Return the edition's readiness list, most pressing first."""
    lines = [line for check in _CHECKS for line in check(edition, lang)]
    order = {"refused": 0, "attention": 1, "done": 2}
    return sorted(lines, key=lambda line: order[line.state])


def _schedule(edition: Edition, lang: str) -> list[Line]:
    timetable = reverse("programme:timetable", args=[edition.slug])
    last = Version.objects.filter(edition=edition, number__isnull=False).first()
    if last is None:
        importing = reverse("programme_console:import", args=[edition.slug])
        text = _("Import a schedule, or place the sessions; then publish.")
        return [Line("refused", _("No schedule is published"), text, importing, _("Import"))]
    placed = Slot.objects.filter(version=last, session=OuterRef("pk"))
    unplaced = Session.objects.filter(edition=edition).filter(~Exists(placed)).count()
    lines = [
        Line(
            "done",
            _("Schedule version %(number)d is published") % {"number": last.number},
            _("%(count)d sessions have a room and a time.") % {"count": last.slots.count()},
            timetable,
            _("Open"),
        )
    ]
    if unplaced:
        text = ngettext("%(count)d session has no place.", "%(count)d sessions have no place.", unplaced)
        lines.append(Line("attention", _("Unscheduled sessions"), text % {"count": unplaced}))
    return lines


def _titles(edition: Edition, lang: str) -> list[Line]:
    titles = [
        *Session.objects.filter(edition=edition).values_list("title", flat=True),
        *Forum.objects.filter(edition=edition).values_list("title", flat=True),
    ]
    lines = []
    for code in edition.languages:
        states = [title.state(code) for title in titles]
        missing, stale = states.count(TextState.MISSING), states.count(TextState.STALE)
        name = languages.name_in(code, lang)
        if missing or stale:
            text = _("%(missing)d titles are missing, %(stale)d are out of date.") % {
                "missing": missing,
                "stale": stale,
            }
            lines.append(Line("attention", _("Titles in %(language)s") % {"language": name}, text))
        else:
            lines.append(
                Line("done", _("Titles in %(language)s") % {"language": name}, _("All titles are there."))
            )
    return lines


def _remote(edition: Edition, lang: str) -> list[Line]:
    remote = Appearance.objects.filter(session__edition=edition).exclude(delivery=Delivery.IN_PERSON)
    without = remote.filter(fallback="", delivery=Delivery.LIVE_LINK).count()
    if without:
        text = ngettext(
            "%(count)d appearance by live link has no fallback.",
            "%(count)d appearances by live link have no fallback.",
            without,
        )
        return [Line("attention", _("Remote speakers"), text % {"count": without})]
    return []


_CHECKS: tuple[Callable[[Edition, str], list[Line]], ...] = (_schedule, _titles, _remote)
