"""Who may do what with measures and observations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from summitry.editions.permissions import DIRECTOR, STAFF
from summitry.foundation.access import ScopedPolicy
from summitry.insight.models import Measure, Observation


class MeasurePolicy(ScopedPolicy[Measure]):
    """Definitions are everybody's to read and the administrators' to write."""

    model = Measure
    verbs = ("view", "edit")
    public: ClassVar[Mapping[str, Any] | None] = {}


class ObservationPolicy(ScopedPolicy[Observation]):
    """Observations of public editions, and of the series, are public; directors record their own edition's."""

    model = Observation
    verbs = ("view", "record")
    paths: ClassVar[Mapping[str, str]] = {"edition": "edition_id"}
    allowed: ClassVar[Mapping[str, frozenset[str]]] = {"view": STAFF, "record": frozenset({DIRECTOR.code})}
    public: ClassVar[Mapping[str, Any] | None] = {"is_public": True}
