"""What speakers are reminded of before it is due: biography and portrait, slides, recordings, the test of their link."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from summitry.editions.actions.reminding import claim, moment, reminder_day
from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline, Edition
from summitry.foundation import clock
from summitry.foundation.access import system
from summitry.foundation.audit import recording
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import job
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, person_recipient, post_notice
from summitry.programme.models import Appearance, Speaker
from summitry.programme.queries.owed import (
    without_biography,
    without_link_test,
    without_portrait,
    without_recording,
    without_slides,
)
from summitry.programme.queries.speaker_links import Holder, page_address
from summitry.programme.queries.speaking import speaking_of
from summitry.programme.queries.speaking_due import Task, tasks_of

OWING: dict[DeadlineKind, tuple[Callable[[QuerySet[Appearance]], QuerySet[Appearance]], ...]] = {
    DeadlineKind.BIOGRAPHIES: (without_biography, without_portrait),
    DeadlineKind.SLIDES: (without_slides,),
    DeadlineKind.VIDEOS: (without_recording,),
    DeadlineKind.LINK_TESTS: (without_link_test,),
}
_BATCH = 25
"""How many letters are written in one transaction, so that nobody waits long for the database."""


class Asking(NamedTuple):
    """A deadline of which speakers are to be reminded now, and which of the reminders it is."""

    kind: DeadlineKind
    due_at: dt.datetime
    day: int


@job()
def remind_of_speaking() -> None:
    """Remind speakers of what they owe, a week and two days before it is due and on the day.

    Each gets one letter, with everything that is open on her page; her assistant gets the same with a link of her own.
    """
    for edition, asking in _due(clock.now()):
        owing = _owing(edition, asking)
        keys = sorted(owing)
        for start in range(0, len(keys), _BATCH):
            _remind(edition, asking, {pk: owing[pk] for pk in keys[start : start + _BATCH]})


def _due(now: dt.datetime) -> Iterator[tuple[Edition, list[Asking]]]:
    asking: dict[Edition, list[Asking]] = defaultdict(list)
    for deadline in Deadline.objects.filter(kind__in=OWING, due_at__gt=now).select_related("edition"):
        day = reminder_day(now, deadline.due_at)
        if day is not None:
            asking[deadline.edition].append(Asking(DeadlineKind(deadline.kind), deadline.due_at, day))
    yield from asking.items()


def _owing(edition: Edition, asking: Collection[Asking]) -> dict[int, set[DeadlineKind]]:
    """Return who owes what, by the key of her record."""
    owing: dict[int, set[DeadlineKind]] = defaultdict(set)
    parts = Appearance.objects.filter(session__edition=edition)
    for one in asking:
        for narrowed in OWING[one.kind]:
            people = narrowed(parts).values("person")
            speakers = Speaker.objects.filter(edition=edition, person__in=people)
            for pk in speakers.values_list("pk", flat=True):
                owing[pk].add(one.kind)
    return owing


def _remind(edition: Edition, asking: Collection[Asking], owing: dict[int, set[DeadlineKind]]) -> None:
    with recording():
        fresh: set[int] = set()
        for one in asking:
            ids = {pk for pk, kinds in owing.items() if one.kind in kinds}
            fresh |= claim(edition, one.kind, ids, one.day, one.due_at)
        speakers = Speaker.objects.filter(pk__in=fresh).select_related("edition", "person__portrait")
        letters = [letter for speaker in speakers.order_by("pk") for letter in _letters(speaker)]
        post_notice(edition, NoticeKey.SPEAKER_REMINDER, letters, by=system("reminders"))


def _letters(speaker: Speaker) -> Iterator[Recipient]:
    facts = _facts(speaker, Holder.SPEAKER)
    yield person_recipient(speaker.person, language=speaker.language, context=facts)
    if speaker.assistant_email:
        facts = _facts(speaker, Holder.ASSISTANT)
        yield Recipient(None, speaker.assistant_name, speaker.assistant_email, speaker.language, "", facts)


def _facts(speaker: Speaker, holder: Holder) -> dict[str, Fact]:
    return {
        "tasks": lambda lang: _tasks(speaker, lang),
        "link": lambda lang: page_address(speaker, holder, lang),
    }


def _tasks(speaker: Speaker, lang: str) -> tuple[str, ...]:
    """Return a line for each thing that is open on her page."""
    with translation.override(lang):
        tasks = tasks_of(speaking_of(speaker, system("reminders"), lang))
        return tuple(_line(speaker.edition, task, lang) for task in tasks if not task.is_done)


def _line(edition: Edition, task: Task, lang: str) -> str:
    about = task.about
    if isinstance(about, Text):
        about = about.shown(lang, tuple(edition.fallback)).text
    words = _("%(task)s (%(about)s)") % {"task": task.label, "about": about} if about else task.label
    if task.due.due_at is None:
        return words
    return _("%(task)s, by %(due)s") % {"task": words, "due": moment(edition, task.due.due_at)(lang)}
