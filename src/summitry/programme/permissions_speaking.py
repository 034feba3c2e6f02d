"""Who may do what with speakers' records and files; what the link of a speaker's page opens, and nothing beyond it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import ADMINISTRATOR, Actor, ScopedPolicy
from summitry.programme.models import Appearance, Material, Session, Slot, Speaker, Substitution, Version
from summitry.programme.permissions import (
    BY_LINK,
    EDITORS,
    FORUM_EDITORS,
    READERS,
    ROOM_OPERATOR,
    SELF,
    STREAM_CREW,
    TRAVEL_DESK,
)

# Who gets the files of the sessions in her rooms. Interpreters get theirs in confidence, with the preparation packs.
HANDLERS = frozenset({ROOM_OPERATOR.code})


class SpeakerPolicy(ScopedPolicy[Speaker]):
    """A speaker's record is hers, her assistant's, the staff's, and of the editors of every forum in which she appears.

    `link` shows and renews the links of her page and names her assistant: whoever opens them sees what she does in other
    institutions' forums as well, so that forum editors may only `send` it to her own address. `sign` is her approval, which
    the secretariat notes where she gave it otherwise. `travel` is for few.
    """

    model = Speaker
    verbs = ("view", "edit", "sign", "link", "send", "test", "travel")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "speaker": "pk"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | {STREAM_CREW.code, TRAVEL_DESK.code} | BY_LINK,
        "edit": FORUM_EDITORS | BY_LINK,
        "sign": EDITORS | BY_LINK,
        "link": EDITORS | {SELF},
        "send": FORUM_EDITORS,
        "test": FORUM_EDITORS | {STREAM_CREW.code} | BY_LINK,
        "travel": frozenset({DIRECTOR.code, TRAVEL_DESK.code}) | BY_LINK,
    }

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


class MaterialPolicy(ScopedPolicy[Material]):
    """Files are for who works on the forum, for the operators of its rooms, and each speaker's own; never public."""

    model = Material
    verbs = ("view", "create", "edit")
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "session__edition_id",
        "forum": "session__forum_id",
        "speaker": "speaker_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": READERS | BY_LINK,
        "create": FORUM_EDITORS | BY_LINK,
        "edit": FORUM_EDITORS | BY_LINK,
    }

    def may(self, actor: Actor, verb: str, obj: Material | None = None) -> bool:
        if super().may(actor, verb, obj):
            return True
        if obj is None or verb != "view":
            return False
        return Session.objects.filter(self.handled(actor), pk=obj.session_id).exists()

    def worked_on(self, actor: Actor) -> Q:
        return super().worked_on(actor) | Q(session__in=Session.objects.filter(self.handled(actor)))

    def sessions(self, actor: Actor, rows: QuerySet[Session]) -> QuerySet[Session]:
        """Return the sessions whose files `actor` gets."""
        if self._sees_all(actor):
            return rows
        if not self._token_allows(actor, "view"):
            return rows.none()
        roles = READERS | {ADMINISTRATOR}
        staff = Q(edition__in=actor.scope_ids("edition", roles)) | Q(
            forum__in=actor.scope_ids("forum", roles)
        )
        return rows.filter(staff | self.handled(actor))

    def handled(self, actor: Actor) -> Q:
        """Return the condition under which a session stands where `actor` handles its files."""
        if not self._token_allows(actor, "view"):
            return Q(pk__in=[])
        rooms = actor.scope_ids("room", frozenset({ROOM_OPERATOR.code}))
        editions = actor.scope_ids("edition", HANDLERS)
        if not rooms and not editions:
            return Q(pk__in=[])
        placed = placed_slots().filter(Q(room__in=rooms) | Q(version__edition__in=editions))
        return Q(pk__in=placed.values("session_id"))


def placed_slots() -> QuerySet[Slot]:
    """Return where sessions stand now: in the draft, or in their edition's last published version."""
    last = Version.objects.filter(edition=OuterRef("version__edition"), number__isnull=False)
    newest = last.order_by("-number").values("pk")[:1]
    return Slot.objects.filter(Q(version__number=None) | Q(version=newest), is_cancelled=False)


class SubstitutionPolicy(ScopedPolicy[Substitution]):
    """A proposal is for the speaker who made it, and for those who decide about the forum's sessions."""

    model = Substitution
    verbs = ("view", "edit")
    paths: ClassVar[Mapping[str, str]] = {
        "edition": "session__edition_id",
        "forum": "session__forum_id",
        "speaker": "speaker_id",
    }
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": READERS | BY_LINK, "edit": FORUM_EDITORS}


POLICIES = (SpeakerPolicy, MaterialPolicy, SubstitutionPolicy)
