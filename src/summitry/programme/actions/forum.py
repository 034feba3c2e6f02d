"""What is done with forums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summitry.directory.models import Organisation
from summitry.editions.actions.content import touch_content
from summitry.editions.enums import OrganiserRole
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.i18n import Text
from summitry.programme.actions.addresses import check_plain_fields, free_address, unique_address
from summitry.programme.actions.tenancy import change_in_forum, check_open
from summitry.programme.enums import ForumKind
from summitry.programme.errors import ForeignObject
from summitry.programme.events import ForumsChanged
from summitry.programme.models import Forum, ForumOrganiser


def create_forum(
    edition: Edition,
    *,
    by: Actor,
    title: Text,
    slug: str = "",
    kind: ForumKind = ForumKind.SUB,
    **fields: Any,
) -> Forum:
    """Create a forum; `fields` are further fields of the model. Without a `slug` one is made of the title.

    Raises InvalidInput, and AddressTaken where the slug is in use.
    """
    forum = Forum(edition=edition, slug=slug, title=title, kind=kind, **fields)
    return create_forums(edition, [forum], by=by)[0]


def create_forums(edition: Edition, forums: Sequence[Forum], *, by: Actor) -> list[Forum]:
    """Create many forums from unsaved rows, in the order given and in few statements.

    Each gets `edition` and, where it has none, the next position. Records one audit entry, announces ForumsChanged.
    Raises InvalidInput and AddressTaken; then nothing is created.
    """
    with recording():
        taken = set(Forum.objects.filter(edition=edition).values_list("slug", flat=True))
        for place, forum in enumerate(forums, len(taken)):
            forum.edition = edition
            forum.slug = forum.slug or free_address(forum.title, taken, "forum")
            taken.add(forum.slug)
            forum.position = forum.position or place
            require(by, "create", forum)
            check_plain_fields(forum)
        with unique_address():
            created = Forum.objects.bulk_create(forums)
        if len(created) == 1:
            record("programme.forum.created", by=by, obj=created[0], after={"slug": created[0].slug})
        else:
            record("programme.forums.created", by=by, edition_id=edition.pk, count=len(created))
        _changed(edition.pk, created, by)
    return created


def update_forum(forum: Forum, *, by: Actor, **values: Any) -> Forum:
    """Change fields of a forum. Equal values change nothing and leave no trace.

    Announces ForumsChanged. Raises InvalidInput, and StaleState where somebody else changed the same field.
    """
    require(by, "edit", forum)
    with recording():
        if change_in_forum(forum, forum, values, by=by, audit="programme.forum.updated"):
            _changed(forum.edition_id, [forum], by)
    return forum


def set_forum_organisers(
    forum: Forum, organisers: Sequence[tuple[Organisation, OrganiserRole]], *, by: Actor
) -> list[ForumOrganiser]:
    """Make `organisers`, in this order, all the institutions of a forum. Announces ForumsChanged."""
    require(by, "edit", forum)
    with recording():
        check_open(forum, by)
        before = list(forum.organisers.values_list("organisation_id", "role"))
        wanted = [(organisation.pk, str(role)) for organisation, role in organisers]
        if before == wanted:
            return list(forum.organisers.all())
        forum.organisers.all().delete()
        rows = _set_organisers([(forum, organisation, role) for organisation, role in organisers])
        record(
            "programme.forum.organisers_set",
            by=by,
            obj=forum,
            before={"organisers": before},
            after={"organisers": wanted},
            count=len(rows),
        )
        _changed(forum.edition_id, [forum], by)
    return rows


def add_forum_organisers(
    edition: Edition, organisers: Sequence[tuple[Forum, Organisation, OrganiserRole]], *, by: Actor
) -> list[ForumOrganiser]:
    """Add institutions to many forums at once, after those each has already. Announces ForumsChanged."""
    forums = list({forum.pk: forum for forum, _organisation, _role in organisers}.values())
    for forum in forums:
        if forum.edition_id != edition.pk:
            raise ForeignObject
        require(by, "edit", forum)
    with recording():
        rows = _set_organisers(organisers)
        record("programme.forums.organisers_added", by=by, edition_id=edition.pk, count=len(rows))
        _changed(edition.pk, forums, by)
    return rows


def _set_organisers(organisers: Sequence[tuple[Forum, Organisation, OrganiserRole]]) -> list[ForumOrganiser]:
    rows = [
        ForumOrganiser(forum=forum, organisation=organisation, role=role, position=place)
        for place, (forum, organisation, role) in enumerate(organisers)
    ]
    with unique_address():
        return ForumOrganiser.objects.bulk_create(rows)


def _changed(edition_id: int, forums: Sequence[Forum], by: Actor) -> None:
    touch_content(edition_id)
    announce(ForumsChanged(by=by, edition_id=edition_id, forum_ids=tuple(forum.pk for forum in forums)))
