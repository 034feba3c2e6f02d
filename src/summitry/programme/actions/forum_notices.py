"""What institutions and the secretariat are told about a forum: its steps to sign-off, and that it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.urls import reverse

from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline, Edition, Reminder
from summitry.foundation import clock
from summitry.foundation.access import Actor, system
from summitry.foundation.i18n import Text, formats
from summitry.foundation.jobs import job
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, holders, post_notice, secretariat, site_address
from summitry.programme.actions.tenancy import closing_of
from summitry.programme.enums import WITH_INSTITUTION, ForumState
from summitry.programme.models import Forum
from summitry.programme.permissions import FORUM_EDITOR

DAYS_BEFORE = (7, 2, 0)
"""How many days before a deadline its institutions are reminded."""
_NOTICES = {
    ForumState.SUBMITTED: NoticeKey.FORUM_SUBMITTED,
    ForumState.RETURNED: NoticeKey.FORUM_RETURNED,
    ForumState.SIGNED: NoticeKey.FORUM_SIGNED,
}


def tell_of_step(forum: Forum, state: str, *, by: Actor) -> None:
    """Tell the other party of a step that `by` took: the secretariat of a submission, the institution of the answer."""
    key = _NOTICES.get(ForumState(state))
    if key is None:
        return
    facts: dict[str, Fact] = {
        "forum": forum.title,
        "institution": _institutions(forum),
        "remarks": forum.remarks,
        "due": _moment(forum.edition, closing_of(forum)),
        "link": _link(forum),
    }
    readers = secretariat(forum.edition) if key is NoticeKey.FORUM_SUBMITTED else _editors(forum)
    post_notice(forum.edition, key, readers, facts, by=by)


@job()
def remind_of_forums() -> None:
    """Remind institutions whose forum is not handed in, a week and two days before it is due and on the day; once each."""
    now = clock.now()
    for deadline in Deadline.objects.filter(kind=DeadlineKind.FORUMS).select_related("edition"):
        forums = Forum.objects.filter(edition=deadline.edition_id, state__in=WITH_INSTITUTION)
        for forum in forums.select_related("edition"):
            due_at = forum.due_at or deadline.due_at
            day = _reminder_day(now, due_at)
            if day is not None:
                _remind(forum, due_at, day)


def _remind(forum: Forum, due_at: dt.datetime, days_left: int) -> None:
    with transaction.atomic():
        _row, is_new = Reminder.objects.get_or_create(
            edition=forum.edition,
            kind=DeadlineKind.FORUMS,
            object_id=forum.pk,
            days_left=days_left,
            due_at=due_at,
        )
        if is_new:
            facts: dict[str, Fact] = {
                "what": forum.title,
                "due": _moment(forum.edition, due_at),
                "link": _link(forum),
            }
            readers = _editors(forum)
            post_notice(forum.edition, NoticeKey.DEADLINE_REMINDER, readers, facts, by=system("reminders"))


def _reminder_day(now: dt.datetime, due_at: dt.datetime) -> int | None:
    """Return which reminder is due now: the latest whose day has come; none before the first or after the deadline."""
    if now >= due_at:
        return None
    left = (due_at - now).total_seconds() / dt.timedelta(days=1).total_seconds()
    come = [days for days in DAYS_BEFORE if left <= max(days, 1)]
    return min(come) if come else None


def _editors(forum: Forum) -> list[Recipient]:
    return holders({FORUM_EDITOR.code}, "forum", [forum.pk]).get(forum.pk, [])


def _moment(edition: Edition, at: dt.datetime | None) -> Callable[[str], str]:
    """Return an instant by the host city's clock, in the words of the reader's language; nothing where there is none."""

    def told(lang: str) -> str:
        if at is None:
            return "–"
        there = at.astimezone(edition.zone)
        return f"{formats.date(there.date(), lang)}, {formats.time(at, edition.zone)} ({edition.zone_name})"

    return told


def _institutions(forum: Forum) -> Text:
    first = forum.organisers.select_related("organisation").first()
    name: Text = first.organisation.name if first else forum.title
    return name


def _link(forum: Forum) -> str:
    return site_address(reverse("programme_console:forum_edit", args=[forum.edition.slug, forum.slug]))
