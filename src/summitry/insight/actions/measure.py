"""Defining what is counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.i18n import Text
from summitry.insight.actions.checking import fitting
from summitry.insight.enums import MeasureGroup, MeasureUnit
from summitry.insight.models import Measure

FIELDS = ("name", "definition", "unit", "group", "is_headline", "position")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A measure as it shall be: the words, what is counted, and where it stands."""

    key: str
    name: Text
    unit: MeasureUnit
    group: MeasureGroup
    definition: Text = field(default_factory=Text)
    is_headline: bool = False
    position: int = 0


def define_measures(definitions: Iterable[Definition], *, by: Actor) -> list[Measure]:
    """Define measures, or redefine those that exist under the same keys; return those that are new or changed.

    Defining the same twice changes nothing. Raises PermissionRefused unless `by` may edit measures, InvalidInput for
    a definition that does not fit. Takes five statements at most, whatever the number.
    """
    require(by, "edit", model=Measure)
    wanted = {given.key: given for given in definitions}
    with recording():
        present = {m.key: m for m in Measure.objects.select_for_update().filter(key__in=wanted)}
        new = [_filled(Measure(key=key), given) for key, given in wanted.items() if key not in present]
        changed = [
            _filled(measure, wanted[key])
            for key, measure in present.items()
            if _differs(measure, wanted[key])
        ]
        Measure.objects.bulk_create(new)
        if changed:
            Measure.objects.bulk_update(changed, FIELDS)
        if new or changed:
            after = {"new": [m.key for m in new], "changed": [m.key for m in changed]}
            record("insight.measures.defined", by=by, count=len(new) + len(changed), after=after)
    return [*new, *changed]


def _differs(measure: Measure, given: Definition) -> bool:
    return any(getattr(measure, name) != getattr(given, name) for name in FIELDS)


def _filled(measure: Measure, given: Definition) -> Measure:
    for name in FIELDS:
        setattr(measure, name, getattr(given, name))
    return fitting(measure)
