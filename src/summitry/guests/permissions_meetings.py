"""Who may see meetings: whoever answers for one of the two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db.models import Q

from summitry.foundation.access import Actor, ScopedPolicy
from summitry.guests.models import Meeting
from summitry.guests.permissions import ACCREDITATION, FOCAL_POINT, OFFICE


class MeetingPolicy(ScopedPolicy[Meeting]):
    """Meetings: the offices see all, a focal point those of her delegation’s guests, whichever side they are on."""

    model = Meeting
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id", "delegation": "asker__delegation_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {
        "view": OFFICE | {ACCREDITATION.code, FOCAL_POINT.code}
    }

    def may(self, actor: Actor, verb: str, obj: Meeting | None = None) -> bool:
        if super().may(actor, verb, obj):
            return True
        return verb == "view" and obj is not None and obj.asked.delegation_id in _own(actor)

    def worked_on(self, actor: Actor) -> Q:
        return super().worked_on(actor) | Q(asked__delegation__in=_own(actor))


def _own(actor: Actor) -> frozenset[int]:
    return actor.scope_ids("delegation", frozenset({FOCAL_POINT.code}))


POLICIES = (MeetingPolicy,)
