"""Who may do what with forums, sessions and the schedule; and when the public may see them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, Q, QuerySet
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
    Session,
    Slot,
    Version,
)

FORUM_EDITOR = Role(
    "forum_editor",
    ("forum",),
    _("Forum editor"),
    _("A co-organiser's person: edits the texts, sessions and speakers of one forum."),
)
ROOM_OPERATOR = Role(
    "room_operator",
    ("edition", "room"),
    _("Room operator"),
    _(
        "Gets the files of the sessions in a room, or in all rooms of an edition, and nothing else of the programme."
    ),
)
INTERPRETER = Role(
    "interpreter",
    ("edition",),
    _("Interpreter"),
    _("Prepares with the files of an edition's sessions, in confidence."),
)
STREAM_CREW = Role(
    "stream_crew",
    ("edition",),
    _("Stream crew"),
    _("Tests the links of remote speakers and notes how it went."),
)
TRAVEL_DESK = Role(
    "travel_desk",
    ("edition",),
    _("Travel desk"),
    _("Sees which speakers need a visa or travel; every look is recorded."),
)
ROLES = (FORUM_EDITOR, ROOM_OPERATOR, INTERPRETER, STREAM_CREW, TRAVEL_DESK)
EDITORS = frozenset({DIRECTOR.code, EDITOR.code})
FORUM_EDITORS = EDITORS | {FORUM_EDITOR.code}
READERS = STAFF | {FORUM_EDITOR.code}
# What a link of a speaker's page gives, in the scope of that one record. Nobody can grant these.
SELF, ASSISTANT = "speaker_self", "speaker_assistant"
BY_LINK = frozenset({SELF, ASSISTANT})

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
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        **PartPolicy.allowed,
        "view": READERS | {STREAM_CREW.code, TRAVEL_DESK.code},
    }


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
    VersionPolicy,
)
