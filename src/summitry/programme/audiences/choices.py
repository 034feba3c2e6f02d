"""What the filters of audiences offer, and what a choice means in the schedule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from summitry.editions.models import Edition, Room
from summitry.foundation.access import within
from summitry.foundation.i18n import Text, formats, languages
from summitry.mailing.audiences import Choices, Question
from summitry.programme.enums import ChangeKind, ForumKind
from summitry.programme.models import Forum, Slot, Version

MOVING = frozenset({ChangeKind.ADDED, ChangeKind.MOVED, ChangeKind.CANCELLED})


def forum_choices(question: Question) -> Choices:
    """Return the forums that the actor works on, by title."""
    forums = within(question.actor, Forum.objects.filter(edition=question.edition))
    return [(str(forum.pk), _shown(forum.title, question.edition)) for forum in forums]


def kind_choices(question: Question) -> Choices:
    """Return the kinds of forums."""
    return ForumKind.choices


def room_choices(question: Question) -> Choices:
    """Return the edition's rooms."""
    rooms = Room.objects.filter(edition=question.edition)
    return [(str(room.pk), _shown(room.name, question.edition)) for room in rooms]


def day_choices(question: Question) -> Choices:
    """Return the edition's days."""
    lang = get_language() or "en"
    return [
        (
            day.isoformat(),
            _("Day %(number)d, %(date)s") % {"number": n, "date": formats.date(day, lang, "MMMEd")},
        )
        for n, day in enumerate(question.edition.days, 1)
    ]


def language_choices(question: Question, lang: str) -> Choices:
    """Return the edition's languages."""
    codes = dict.fromkeys([*question.edition.languages, *question.edition.fallback])
    return [(code.partition("-")[0], languages.name_in(code, lang)) for code in codes]


def changed_choices(question: Question) -> Choices:
    """Return the published versions that moved, added or cancelled anything, newest first."""
    versions = Version.objects.filter(edition=question.edition, number__gt=1).order_by("-number")
    return [
        (str(version.number), _("By version %(number)d") % {"number": version.number})
        for version in versions
        if version.changes
    ]


def changed_sessions(edition: Edition, numbers: Iterable[str]) -> set[int]:
    """Return the sessions that these versions moved, added or cancelled."""
    wanted = [int(number) for number in numbers if number.isascii() and number.isdecimal()]
    stored = Version.objects.filter(edition=edition, number__in=wanted).values_list("changes", flat=True)
    return {change["session"] for changes in stored for change in changes if change["kind"] in MOVING}


def on_days(slots: QuerySet[Slot], edition: Edition, days: Iterable[str]) -> QuerySet[Slot]:
    """Narrow slots to those that begin on one of these days, by the host city's clock."""
    condition = Q(pk__in=[])
    for given in days:
        try:
            start = dt.datetime.combine(dt.date.fromisoformat(given), dt.time(), edition.zone)
        except ValueError:
            continue
        condition |= Q(starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=1))
    return slots.filter(condition)


def present_version(edition: Edition) -> Version | None:
    """Return the schedule that people know: the last published version, or the draft before there is one."""
    rows = Version.objects.filter(edition=edition).defer("changes")
    return rows.filter(number__isnull=False).order_by("-number").first() or rows.first()


def _shown(text: Text, edition: Edition) -> str:
    return text.shown(get_language() or "en", edition.fallback).text
