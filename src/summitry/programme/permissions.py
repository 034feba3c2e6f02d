"""Who may do what with forums, sessions and the schedule; and when the public may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from summitry.editions.permissions import DIRECTOR, EDITOR, STAFF
from summitry.foundation import clock
from summitry.foundation.access import Actor, Role, ScopedPolicy
from summitry.programme.enums import PUBLIC_ROLES
from summitry.programme.models import (
    Appearance,
    Capacity,
    Contribution,
    Forum,
    Material,
    Session,
    Slot,
    Speaker,
    Version,
)

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
        if self._sees_all(actor):
            return queryset
        return queryset.filter(self.worked_on(actor) | self.published())

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


class PartPolicy(PublishedPolicy[M]):
    """A part of a session is as public as the session; its forum's editors see and edit it before."""

    verbs = ("view", "create", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "session__edition_id", "forum": "session__forum_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS,
        "create": FORUM_EDITORS,
        "edit": FORUM_EDITORS,
    }
    shown = {
        "session__is_public": True,
        "session__forum__is_public": True,
        "session__edition__is_public": True,
    }


class ContributionPolicy(PartPolicy[Contribution]):
    """Contributions; what is under embargo is nobody's outside before its hour."""

    model = Contribution
    owner = "session__contributions"

    def published(self) -> Q:
        return super().published() & (Q(embargo_until=None) | Q(embargo_until__lte=clock.now()))


class AppearancePolicy(PartPolicy[Appearance]):
    """Who appears, in the roles that the public knows; interpreters are for those who work on the forum."""

    model = Appearance
    owner = "session__appearances"
    shown = {**PartPolicy.shown, "role__in": PUBLIC_ROLES}


class SlotPolicy(ScopedPolicy[Slot]):
    """Slots of published versions are public with their session; the draft's are for who works on the forum."""

    model = Slot
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "version__edition_id",
        "forum": "session__forum_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS}
    public: ClassVar[Mapping[str, Any] | None] = {
        "version__number__isnull": False,
        "session__is_public": True,
        "session__forum__is_public": True,
        "session__edition__is_public": True,
    }


class MaterialPolicy(ScopedPolicy[Material]):
    """Files handed in are for who works on the forum, never for the public."""

    model = Material
    verbs = ("view", "create", "edit")
    paths = PartPolicy.paths
    allowed = PartPolicy.allowed


class SpeakerPolicy(ScopedPolicy[Speaker]):
    """A speaker's record is for the edition's staff, and for the editors of every forum in which she appears."""

    model = Speaker
    verbs = ("view", "create", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed = PartPolicy.allowed

    def may(self, actor: Actor, verb: str, obj: Speaker | None = None) -> bool:
        if super().may(actor, verb, obj):
            return True
        return obj is not None and self._in_forums(actor, verb).filter(pk=obj.pk).exists()

    def worked_on(self, actor: Actor) -> Q:
        return super().worked_on(actor) | Q(pk__in=self._in_forums(actor, "view").values("pk"))

    def _in_forums(self, actor: Actor, verb: str) -> QuerySet[Speaker]:
        if not self._token_allows(actor, verb):
            return Speaker.objects.none()
        forums = actor.scope_ids("forum", self.allowed.get(verb, frozenset()))
        part = Appearance.objects.filter(
            session__edition=OuterRef("edition"), person=OuterRef("person"), session__forum__in=forums
        )
        return Speaker.objects.filter(Exists(part)) if forums else Speaker.objects.none()


class VersionPolicy(ScopedPolicy[Version]):
    """Everybody sees published versions of public editions; the draft is for the edition's staff."""

    model = Version
    verbs = ("view", "edit", "schedule", "publish")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": STAFF,
        "edit": EDITORS,  # whoever has the board open and may move things is seen there by the others
        "schedule": EDITORS,
        "publish": EDITORS,
    }
    public: ClassVar[Mapping[str, Any] | None] = {"number__isnull": False, "edition__is_public": True}


class CapacityPolicy(ScopedPolicy[Capacity]):
    """How many teams, crews and links there are: for the edition's staff; its editors plan with them."""

    model = Capacity
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF, "edit": EDITORS}


POLICIES = (
    CapacityPolicy,
    ForumPolicy,
    SessionPolicy,
    ContributionPolicy,
    AppearancePolicy,
    SlotPolicy,
    MaterialPolicy,
    SpeakerPolicy,
    VersionPolicy,
)
