"""What this room does when something happens below: pages that show it are made anew, and agendas find their owner.

Handlers of events run inside the transaction of what happened, so that no reader can meet the old page afterwards.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models import Q
from django.http import HttpRequest

from summitry.directory.events import (
    EntityNamesChanged,
    MergeUndone,
    OrganisationsChanged,
    PeopleChanged,
    RecordsMerged,
    TopicsChanged,
)
from summitry.editions.actions.content import touch_content
from summitry.editions.events import EditionChanged
from summitry.editions.models import Edition
from summitry.foundation.bus import Event, subscribe
from summitry.foundation.jobs import every
from summitry.foundation.models import Account
from summitry.programme.actions.agenda import adopt_agendas
from summitry.programme.actions.exchange.merging import follow_merge, follow_undone_merge
from summitry.programme.actions.forum_notices import remind_of_forums, tell_of_step
from summitry.programme.actions.indexing import index_edition, index_forums, index_people, index_sessions
from summitry.programme.actions.schedule_notices import tell_of_version
from summitry.programme.actions.sign_off import mark_published
from summitry.programme.events import ForumsChanged, ForumStepTaken, SchedulePublished, SessionsChanged
from summitry.programme.models import Appearance, Forum, Session, Version
from summitry.programme.queries.agenda import tokens_in


def on_people_changed(event: PeopleChanged) -> None:
    """Renew the pages of every edition in which these people appear, and what is found of them."""
    for edition_id in _touch(_with_people(event.person_ids)):
        index_people(Edition.objects.get(pk=edition_id), event.person_ids)


def on_organisations_changed(event: OrganisationsChanged) -> None:
    """Renew the pages of every edition whose forums or speakers name these organisations."""
    ids = event.organisation_ids
    _touch(
        Q(forums__organisers__organisation__in=ids)
        | Q(organisers__organisation__in=ids)
        | Q(sessions__appearances__person__affiliations__organisation__in=ids)
    )


def on_entity_names_changed(event: EntityNamesChanged) -> None:
    """Renew the pages of every edition that names entities by this profile."""
    _touch(Q(naming_profile=event.profile_id))


def on_topics_changed(event: TopicsChanged) -> None:
    """Renew the pages of every edition whose forums use these topics, or topics below them."""
    _touch(Q(forums__topic__in=event.topic_ids) | Q(forums__topic__parent__in=event.topic_ids))


def on_merge(event: RecordsMerged | MergeUndone) -> None:
    """Renew the pages that show either of two merged records, and let imported people follow theirs."""
    ids = (event.kept_id, event.absorbed_id)
    if event.model == "directory.person":
        follow = follow_merge if isinstance(event, RecordsMerged) else follow_undone_merge
        follow(event.kept_id, event.absorbed_id)
        _touch(_with_people(ids))
    elif event.model == "directory.organisation":
        _touch(Q(forums__organisers__organisation__in=ids) | Q(organisers__organisation__in=ids))


def on_programme_changed(event: ForumsChanged | SessionsChanged) -> None:
    """Keep search in step with the texts of forums and sessions, and with who appears."""
    edition = _published(event)
    if edition is None:
        return  # nothing of it is public yet; the first publication indexes everything
    if isinstance(event, ForumsChanged):
        index_forums(edition, event.forum_ids)
        session_ids = Session.objects.filter(forum__in=event.forum_ids).values_list("pk", flat=True)
    else:
        session_ids = Session.objects.filter(pk__in=event.session_ids).values_list("pk", flat=True)
    index_sessions(edition, session_ids)
    index_people(
        edition, Appearance.objects.filter(session__in=session_ids).values_list("person_id", flat=True)
    )


def on_edition_changed(event: EditionChanged) -> None:
    """Keep search in step with the edition's languages and with whether it is public."""
    edition = _published(event)
    if edition is not None:
        index_edition(edition)


def on_published(event: SchedulePublished) -> None:
    """Make what is public now findable; the first version brings everything.

    Signed forums in it count as published, and whoever appears in what it changes is written to.
    """
    mark_published(event.edition_id or 0, event.version_id, by=event.by)
    tell_of_version(Version.objects.select_related("edition").get(pk=event.version_id), by=event.by)
    edition = _published(event)
    if edition is None:
        return
    if event.number == 1:
        index_edition(edition)
    else:
        sessions = Session.objects.filter(pk__in=event.session_ids)
        index_forums(edition, sessions.values_list("forum_id", flat=True))
        index_sessions(edition, event.session_ids)
        index_people(
            edition, Appearance.objects.filter(session__in=sessions).values_list("person_id", flat=True)
        )


def on_step(event: ForumStepTaken) -> None:
    """Tell the other party of a forum's step, in the same transaction: the letter waits where the step does."""
    forum = Forum.objects.select_related("edition").get(pk=event.forum_id)
    tell_of_step(forum, event.state, by=event.by)


def on_signed_in(sender: Any, request: HttpRequest, user: Account, **_kwargs: Any) -> None:
    """Give the agendas that this browser made to the account that has just signed in."""
    adopt_agendas(user, tokens_in(request))


def connect() -> None:
    """Subscribe to what happens here and in lower rooms."""
    subscribe(ForumsChanged, on_programme_changed, inside=True)
    subscribe(SessionsChanged, on_programme_changed, inside=True)
    subscribe(SchedulePublished, on_published, inside=True)
    subscribe(ForumStepTaken, on_step, inside=True)
    every(dt.timedelta(hours=1), remind_of_forums)
    subscribe(EditionChanged, on_edition_changed, inside=True)
    subscribe(PeopleChanged, on_people_changed, inside=True)
    subscribe(OrganisationsChanged, on_organisations_changed, inside=True)
    subscribe(EntityNamesChanged, on_entity_names_changed, inside=True)
    subscribe(TopicsChanged, on_topics_changed, inside=True)
    subscribe(RecordsMerged, on_merge, inside=True)
    subscribe(MergeUndone, on_merge, inside=True)
    user_logged_in.connect(on_signed_in, dispatch_uid="summitry.programme.agenda")


def _published(event: Event) -> Edition | None:
    """Return the edition that an event is about, if it has a published schedule."""
    version = Version.objects.filter(edition=event.edition_id or 0, number__isnull=False).select_related(
        "edition"
    )
    last = version.first()
    return last.edition if last else None


def _with_people(ids: tuple[int, ...]) -> Q:
    return Q(sessions__appearances__person__in=ids) | Q(forums__chair__in=ids)


def _touch(condition: Q) -> list[int]:
    ids = list(Edition.objects.filter(condition).order_by().values_list("pk", flat=True).distinct())
    for edition_id in ids:
        touch_content(edition_id)
    return ids
