"""Who may do what with measures, observations and the conflicts between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q, QuerySet

from summitry.editions.models import Edition
from summitry.editions.permissions import DIRECTOR, STAFF
from summitry.foundation.access import Actor, ScopedPolicy, policy_for, visible
from summitry.insight.models import Conflict, Measure, Observation


class MeasurePolicy(ScopedPolicy[Measure]):
    """Definitions are everybody's to read and the administrators' to write."""

    model = Measure
    verbs = ("view", "edit")
    public: ClassVar[Mapping[str, Any] | None] = {}


class ConflictPolicy(ScopedPolicy[Conflict]):
    """Descriptions of conflicts are everybody's to read and the administrators' to write."""

    model = Conflict
    verbs = ("view", "edit")
    public: ClassVar[Mapping[str, Any] | None] = {}


class ObservationPolicy(ScopedPolicy[Observation]):
    """An observation is public with its edition, or with the series, unless it is withheld itself.

    Directors record their own edition's; what concerns a whole series is the administrators' to record.
    """

    model = Observation
    verbs = ("view", "record")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF, "record": frozenset({DIRECTOR.code})}
    public: ClassVar[Mapping[str, Any] | None] = {"is_public": True}

    def may(self, actor: Actor, verb: str, obj: Observation | None = None) -> bool:
        edition = obj.edition if obj is not None else None
        if verb == "view" and edition is not None and not policy_for(Edition).may(actor, "view", edition):
            return False
        return super().may(actor, verb, obj)

    def visible(self, actor: Actor, queryset: QuerySet[Observation]) -> QuerySet[Observation]:
        shown = visible(actor, Edition.objects.order_by())
        return super().visible(actor, queryset).filter(Q(edition__isnull=True) | Q(edition__in=shown))


POLICIES = (MeasurePolicy, ConflictPolicy, ObservationPolicy)
