"""The way of a forum: drafted by its institution, handed in, returned with remarks or signed off, and published."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from summitry.foundation import clock
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.bus import announce
from summitry.foundation.errors import InvalidInput
from summitry.foundation.states import transition
from summitry.programme.actions.tenancy import check_open
from summitry.programme.enums import FORUM_STEPS, ForumState
from summitry.programme.errors import ForumIncomplete
from summitry.programme.events import ForumStepTaken
from summitry.programme.models import Forum, Session


def submit_forum(forum: Forum, *, by: Actor) -> Forum:
    """Hand a forum in to the secretariat. Announces ForumStepTaken.

    Raises ForumIncomplete naming what is missing, DeadlinePassed, TransitionRefused, and StaleState where somebody
    took a step first.
    """
    require(by, "submit", forum)
    with recording():
        check_open(forum, by)
        missing = missing_in(forum)
        if missing:
            raise ForumIncomplete(fields=missing)
        return _step(forum, ForumState.SUBMITTED, by, "submitted", submitted_at=clock.now())


def take_back_forum(forum: Forum, *, by: Actor) -> Forum:
    """Make a submitted forum a draft again, as long as nobody has decided about it. Announces ForumStepTaken."""
    require(by, "submit", forum)
    return _step(forum, ForumState.DRAFT, by, "taken_back", submitted_at=None)


def return_forum(forum: Forum, *, by: Actor, remarks: str) -> Forum:
    """Return a forum to its institution with `remarks`, also one signed off or published before.

    Announces ForumStepTaken. Raises InvalidInput without remarks, TransitionRefused, StaleState.
    """
    require(by, "sign", forum)
    remarks = remarks.strip()
    if not remarks:
        raise InvalidInput(fields={"remarks": [_("Say what the institution should change.")]})
    limit = Forum._meta.get_field("remarks").max_length or 0
    if len(remarks) > limit:
        raise InvalidInput(
            fields={"remarks": [_("At most %(limit)d characters are possible.") % {"limit": limit}]}
        )
    return _step(forum, ForumState.RETURNED, by, "returned", remarks=remarks, signed_at=None)


def sign_forum(forum: Forum, *, by: Actor) -> Forum:
    """Sign a submitted forum off: it is ready for publication. Announces ForumStepTaken.

    Raises TransitionRefused, and StaleState where somebody took a step first.
    """
    require(by, "sign", forum)
    return _step(forum, ForumState.SIGNED, by, "signed", remarks="", signed_at=clock.now())


def mark_published(edition_id: int, version_id: int, *, by: Actor) -> int:
    """Count those signed forums as published whose sessions stand in a version; return how many there were."""
    signed = Forum.objects.filter(
        edition=edition_id,
        state=ForumState.SIGNED,
        sessions__slots__version=version_id,
        sessions__slots__is_cancelled=False,
    ).distinct()
    return len([_step(forum, ForumState.PUBLISHED, by, "published") for forum in signed])


def missing_in(forum: Forum) -> dict[str, list[str]]:
    """Return what a forum still lacks before it can be handed in: a sentence for each field, in the active language."""
    missing: dict[str, list[str]] = {}
    if not forum.title:
        missing["title"] = [_("The forum has no title.")]
    if not forum.abstract:
        missing["abstract"] = [_("The forum has no description.")]
    sessions = Session.objects.filter(forum=forum).prefetch_related("appearances", "contributions")
    if not sessions:
        missing["sessions"] = [_("The forum has no session.")]
    for session in sessions:
        if not session.spoken:
            text = _("“%(session)s” does not say which language is spoken.")
            missing.setdefault("spoken", []).append(text % {"session": session})
        if not session.appearances.all():
            text = _("Nobody appears in “%(session)s”.")
            missing.setdefault("appearances", []).append(text % {"session": session})
    return missing


def _step(forum: Forum, to: ForumState, by: Actor, verb: str, **changes: Any) -> Forum:
    was = forum.state
    with recording():
        transition(forum, FORUM_STEPS, to, by=by, audit=f"programme.forum.{verb}", changes=changes)
        announce(
            ForumStepTaken(by=by, edition_id=forum.edition_id, forum_id=forum.pk, state=str(to), was=str(was))
        )
    return forum
