"""What institutions and the secretariat are told about a forum: its steps to sign-off, and that it is due."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.urls import reverse

from summitry.editions.actions.reminding import claim, moment, reminder_day
from summitry.editions.enums import DeadlineKind
from summitry.editions.models import Deadline
from summitry.foundation import clock
from summitry.foundation.access import Actor, system
from summitry.foundation.audit import recording
from summitry.foundation.i18n import Text
from summitry.foundation.jobs import job
from summitry.mailing.audiences import Fact
from summitry.mailing.notices import NoticeKey, Recipient, holders, post_notice, secretariat, site_address
from summitry.programme.actions.tenancy import closing_of
from summitry.programme.enums import WITH_INSTITUTION, ForumState
from summitry.programme.models import Forum
from summitry.programme.permissions import FORUM_EDITOR

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
        "due": moment(forum.edition, closing_of(forum)),
        "link": _link(forum),
    }
    readers = secretariat(forum.edition) if key is NoticeKey.FORUM_SUBMITTED else _editors(forum)
    post_notice(forum.edition, key, readers, facts, by=by)


@job()
def remind_of_forums() -> None:
    """Remind institutions whose forum is not handed in, a week and two days before it is due and on the day; once each."""
    now = clock.now()
    edition_wide = dict(Deadline.objects.filter(kind=DeadlineKind.FORUMS).values_list("edition", "due_at"))
    forums = Forum.objects.filter(state__in=WITH_INSTITUTION).select_related("edition")
    for forum in forums.filter(Q(due_at__gt=now) | Q(due_at=None, edition__in=edition_wide)):
        due_at = forum.due_at or edition_wide[forum.edition_id]
        day = reminder_day(now, due_at)
        if day is not None:
            _remind(forum, due_at, day)


def _remind(forum: Forum, due_at: dt.datetime, day: int) -> None:
    edition = forum.edition
    with recording():
        if claim(edition, DeadlineKind.FORUMS, {forum.pk}, day, due_at):
            facts: dict[str, Fact] = {
                "what": forum.title,
                "due": moment(edition, due_at),
                "link": _link(forum),
            }
            post_notice(edition, NoticeKey.DEADLINE_REMINDER, _editors(forum), facts, by=system("reminders"))


def _editors(forum: Forum) -> list[Recipient]:
    return holders({FORUM_EDITOR.code}, "forum", [forum.pk]).get(forum.pk, [])


def _institutions(forum: Forum) -> Text:
    first = forum.organisers.select_related("organisation").first()
    name: Text = first.organisation.name if first else forum.title
    return name


def _link(forum: Forum) -> str:
    return site_address(reverse("programme_console:forum_edit", args=[forum.edition.slug, forum.slug]))
