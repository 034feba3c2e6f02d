"""Who may do what with forums, sessions and the schedule; and when the public may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.editions.permissions import DIRECTOR, EDITOR, STAFF
from summitry.foundation.access import Actor, Role, ScopedPolicy
from summitry.programme.models import Forum, Session, Slot, Version

FORUM_EDITOR = Role(
    "forum_editor",
    ("forum",),
    _("Forum editor"),
    _("A co-organiser's person: edits the texts, sessions and speakers of one forum."),
)
ROLES = (FORUM_EDITOR,)
EDITORS = frozenset({DIRECTOR.code, EDITOR.code})
FORUM_EDITORS = EDITORS | {FORUM_EDITOR.code}
READERS = STAFF | {FORUM_EDITOR.code}

M = TypeVar("M", bound=Model)


class PublishedPolicy(ScopedPolicy[M]):
    """A scoped policy whose public part asks the database: everybody sees what stands in a published version.

    `shown` is what else must hold of a row, `owner` the lookup that leads from a slot to the row.
    """

    shown: ClassVar[Mapping[str, Any]]
    owner: ClassVar[str]

    def visible(self, actor: Actor, queryset: QuerySet[M]) -> QuerySet[M]:
        if actor.is_system:
            return queryset
        inside = super().visible(actor, self.model._default_manager.all())
        return queryset.filter(Q(pk__in=inside.values("pk")) | self.published())

    def published(self) -> Q:
        """Return the condition under which everybody sees a row."""
        return Q(**self.shown, pk__in=published_slots().values(self.owner))

    def _is_public(self, obj: M) -> bool:
        return self.model._default_manager.filter(self.published(), pk=obj.pk).exists()


def published_slots() -> QuerySet[Slot]:
    """Return the slots of public sessions in published versions; a later version keeps all of an earlier one's."""
    return Slot.objects.filter(version__number__isnull=False, session__is_public=True)


class ForumPolicy(PublishedPolicy[Forum]):
    """Public once one of its sessions is; its editors see and edit it before."""

    model = Forum
    owner = "session__forum_id"
    verbs = ("view", "view_draft", "create", "edit", "submit", "sign")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "forum": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS,
        "view_draft": READERS,
        "create": EDITORS,
        "edit": FORUM_EDITORS,
        "submit": FORUM_EDITORS,
        "sign": EDITORS,
    }
    shown = {"is_public": True, "edition__is_public": True}


class SessionPolicy(PublishedPolicy[Session]):
    """Public once it stands in a published version; its forum's editors see and edit it before."""

    model = Session
    owner = "session_id"
    verbs = ("view", "create", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "forum": "forum_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS,
        "create": FORUM_EDITORS,
        "edit": FORUM_EDITORS,
    }
    shown = {"is_public": True, "forum__is_public": True, "edition__is_public": True}


class VersionPolicy(ScopedPolicy[Version]):
    """Everybody sees published versions of public editions; the draft is for the edition's staff."""

    model = Version
    verbs = ("view", "schedule", "publish")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF, "schedule": EDITORS, "publish": EDITORS}
    public: ClassVar[Mapping[str, Any] | None] = {"number__isnull": False, "edition__is_public": True}
